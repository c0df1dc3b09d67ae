"""What is refused as a password, and that hashing does not block the others."""

import asyncio
import threading

import pytest

from mockloop.accounts.errors import (
    PasswordLikeUsername,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
)
from mockloop.accounts.passwords import HASHES_AT_ONCE, Hasher, Passwords, argon2id, check_password


@pytest.mark.parametrize(
    "password",
    [
        "password123", "P@ssw0rd2024", "qwertyuiop", "1234567890", "0987654321", "aaaaaaaaaaaa", "abcabcabcabc",
        "Welcome2024!", "iloveyou123", "letmein1234", "passwordpassword", "qwerty123456", "1q2w3e4r5t" * 2,
        "abcdefghijkl", "asdfghjkl123", "Summer2025!!", "interview123", "12341234123", "mockinterview1",
    ],
)  # fmt: skip
def test_what_others_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check_password(password, "ada")


@pytest.mark.parametrize(
    "password",
    [
        "seven green bottles", "correct horse staple", "xK9#mQ2$vL", "пароль мой длинный", "kitchen-table-42",
        "hunter of moonlight", "🦊🌲🌧🚲🎻🍞🧭🪁🛶🔭",
    ],
)  # fmt: skip
def test_what_only_its_owner_would_try_is_accepted(password: str) -> None:
    check_password(password, "ada")


def test_length_is_counted_in_characters_and_has_an_end() -> None:
    with pytest.raises(PasswordTooShort) as short:
        check_password("green bot", "ada")
    assert short.value.details == {"at_least": 10}
    with pytest.raises(PasswordTooLong):
        check_password("seven green bottles " * 20, "ada")


@pytest.mark.parametrize("password", ["ada.lovelace1", "Ada.Lovelace!!", "ada.lovelace@x.org"])
def test_the_username_with_little_around_it_is_refused(password: str) -> None:
    with pytest.raises(PasswordLikeUsername):
        check_password(password, "ada.lovelace@x.org")


async def test_the_same_letters_from_two_keyboards_are_the_same_password(hasher: Hasher) -> None:
    passwords = Passwords(hasher)
    composed, decomposed = "caf\u00e9 au lait", "cafe\u0301 au lait"
    assert await passwords.matches(decomposed, await passwords.hash(composed)) == (True, None)


async def test_a_hash_made_with_less_effort_is_replaced_at_the_next_login(hasher: Hasher) -> None:
    old = await Passwords(hasher).hash("seven green bottles")
    stronger = Passwords(argon2id(passes=2, memory_kib=16, lanes=1))
    same, better = await stronger.matches("seven green bottles", old)
    assert same
    assert better is not None
    assert await stronger.matches("seven green bottles", better) == (True, None)


def test_the_product_hashes_with_argon2id_and_64_mib() -> None:
    assert argon2id().hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


async def test_slow_hashes_run_beside_the_event_loop_a_few_at_once() -> None:
    class SlowHasher:
        def __init__(self) -> None:
            self.go_on = threading.Event()
            self.crowded = asyncio.Event()
            self._loop = asyncio.get_running_loop()
            self.running = self.most = 0

        def hash(self, password: str) -> str:
            self.running += 1
            self.most = max(self.most, self.running)
            if self.running == HASHES_AT_ONCE:
                self._loop.call_soon_threadsafe(self.crowded.set)
            self.go_on.wait(5)
            self.running -= 1
            return password

        def verify_and_update(self, password: str, hash: str) -> tuple[bool, str | None]:
            return True, None

    slow = SlowHasher()
    passwords = Passwords(slow)
    hashing = [asyncio.create_task(passwords.hash(f"{n}")) for n in range(6)]
    await slow.crowded.wait()  # the loop turns while they hash, or this would never end
    slow.go_on.set()
    assert await asyncio.gather(*hashing) == ["0", "1", "2", "3", "4", "5"]
    assert slow.most == HASHES_AT_ONCE
