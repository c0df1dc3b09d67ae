"""Envelopes open with the right key, in the right place, and never otherwise."""

import base64
import multiprocessing
import os
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from mockloop.crypto import (
    BadMasterKeys,
    MasterKeys,
    Place,
    Sealed,
    Unreadable,
    UserKey,
    Wrapped,
    blind_index,
    master_keys_in,
    new_master_key_entry,
    new_secret,
    parse_master_keys,
)

PLACE = Place("session_events", "body", "s1/7")


def a_key(*versions: int) -> UserKey:
    return UserKey(uuid4(), {version: AESGCM(new_secret()) for version in versions or (1,)})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_again_and_is_31_bytes_longer(text: str) -> None:
    key = a_key()
    sealed = key.seal(PLACE, text)
    assert key.open(PLACE, sealed) == text
    assert len(sealed) == len(text.encode()) + 31


def test_the_same_text_never_looks_the_same() -> None:
    key = a_key()
    assert key.seal(PLACE, "two pointers") != key.seal(PLACE, "two pointers")


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("session_events", "body", "s1/8"),
        Place("session_events", "note", "s1/7"),
        Place("other_events", "body", "s1/7"),
        Place("session_event", "sbody", "s1/7"),  # the same letters, cut differently
    ],
)
def test_a_text_moved_to_another_place_does_not_open(elsewhere: Place) -> None:
    key = a_key()
    sealed = key.seal(PLACE, "two pointers")
    assert key.open(PLACE, sealed) == "two pointers"
    with pytest.raises(Unreadable):
        key.open(elsewhere, sealed)


def test_another_user_s_key_does_not_open_it_even_with_the_same_secret() -> None:
    secret = AESGCM(new_secret())
    mine, theirs = UserKey(uuid4(), {1: secret}), UserKey(uuid4(), {1: secret})
    with pytest.raises(Unreadable):
        theirs.open(PLACE, mine.seal(PLACE, "two pointers"))


@given(st.integers(0, 42), st.integers(1, 255))
def test_one_changed_bit_is_noticed(position: int, change: int) -> None:
    key = a_key()
    envelope = bytearray(key.seal(PLACE, "two pointers"))
    envelope[position] ^= change
    with pytest.raises(Unreadable):
        key.open(PLACE, Sealed(envelope))


@pytest.mark.parametrize(
    "garbage", [b"", b"\x01", b"two pointers", os.urandom(64)], ids=["empty", "short", "text", "noise"]
)
def test_what_is_no_envelope_is_unreadable(garbage: bytes) -> None:
    with pytest.raises(Unreadable):
        a_key().open(PLACE, Sealed(garbage))


def test_the_newest_version_seals_and_older_ones_still_open() -> None:
    old = a_key(1)
    sealed = old.seal(PLACE, "two pointers")
    both = UserKey(old.user_id, old.versions | {2: AESGCM(new_secret())})
    assert both.open(PLACE, sealed) == "two pointers"
    assert both.seal(PLACE, "more").key_version == 2
    with pytest.raises(Unreadable):
        old.open(PLACE, both.seal(PLACE, "more"))


def test_nothing_that_is_printed_shows_a_key_or_a_text() -> None:
    entry = new_master_key_entry("k1")
    keys, key = parse_master_keys(entry), a_key()
    sealed = key.seal(PLACE, "two pointers")
    shown = f"{keys!r} {key!r} {sealed!r} {sealed}"
    assert entry.split(":")[1] not in shown
    assert "two pointers" not in shown
    assert "AESGCM" not in shown


def test_a_wrapped_key_belongs_to_its_owner_version_and_master_key() -> None:
    keys, owner, secret = parse_master_keys(new_master_key_entry("k1")), uuid4(), new_secret()
    wrapped = keys.wrap(owner, 1, secret)
    assert keys.unwrap(owner, 1, wrapped) == secret
    for other, version in ((uuid4(), 1), (owner, 2)):
        with pytest.raises(Unreadable):
            keys.unwrap(other, version, wrapped)
    stranger = parse_master_keys(new_master_key_entry("k1"))
    with pytest.raises(Unreadable):
        stranger.unwrap(owner, 1, wrapped)
    with pytest.raises(Unreadable):
        keys.unwrap(owner, 1, Wrapped("k0", wrapped.blob))


def test_the_first_master_key_wraps_and_all_unwrap() -> None:
    old, new = new_master_key_entry("old"), new_master_key_entry("new")
    owner, secret = uuid4(), new_secret()
    wrapped = parse_master_keys(old).wrap(owner, 1, secret)
    both = parse_master_keys(f"{new},{old}")
    assert both.unwrap(owner, 1, wrapped) == secret
    assert both.wrap(owner, 1, secret).kek_id == "new"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "at least one"),
        ("k1", "id:base64key"),
        ("k1:abc", "not base64"),
        (f"k1:{base64.b64encode(b'short').decode()}", "5 bytes instead of 32"),
        (f"{new_master_key_entry('k1')},{new_master_key_entry('k1')}", "the same id"),
        ("a key:" + base64.b64encode(bytes(32)).decode(), "id:base64key"),
    ],
    ids=["nothing", "no key", "no base64", "short key", "same id twice", "space in id"],
)
def test_unusable_master_keys_are_explained(text: str, reason: str) -> None:
    with pytest.raises(BadMasterKeys, match=reason):
        parse_master_keys(text)


def test_the_key_file_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "master.key"
    first = master_keys_in(path)
    assert path.stat().st_mode & 0o777 == 0o600
    owner, secret = uuid4(), new_secret()
    assert master_keys_in(path).unwrap(owner, 1, first.wrap(owner, 1, secret)) == secret
    assert [entry.name for entry in path.parent.iterdir()] == ["master.key"]


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    master_keys_in(path)
    path.chmod(0o640)
    with pytest.raises(BadMasterKeys, match="chmod 600"):
        master_keys_in(path)


def _wrap(path: Path) -> bytes:
    return master_keys_in(path).wrap("race", 0, b"s" * 32).blob


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    with multiprocessing.get_context("fork").Pool(4) as pool:
        blobs = pool.map(_wrap, [path] * 8)
    keys: MasterKeys = master_keys_in(path)
    assert {keys.unwrap("race", 0, Wrapped("k1", blob)) for blob in blobs} == {b"s" * 32}


def test_a_blind_index_is_the_same_for_the_same_text_and_key_only() -> None:
    one, other = new_secret(), new_secret()
    assert blind_index(one, "ada") == blind_index(one, "ada")
    assert blind_index(one, "ada") != blind_index(one, "adb")
    assert blind_index(one, "ada") != blind_index(other, "ada")
