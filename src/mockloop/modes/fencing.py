"""Keeps material apart from instructions, and within a budget. What is cut is said in the text, never silently."""

import hmac
import secrets
import unicodedata
from collections.abc import Callable
from typing import Literal

CHARACTERS_PER_TOKEN = 4
"""The estimate behind every budget."""

NonceOf = Callable[[str], str]
"""From a session's id to the id of its fences: the same for all its turns, so that providers can cache them."""

_LONGEST_LINE = 400


def open_nonces() -> NonceOf:
    """Ids that nobody can guess, from a secret of this process."""
    secret = secrets.token_bytes(32)
    return lambda seed: hmac.digest(secret, seed.encode(), "sha256").hex()[:16]


def tokens(*texts: str) -> int:
    """How many tokens texts come to, estimated."""
    return sum(map(len, texts)) // CHARACTERS_PER_TOKEN + 1


def harmless(text: str) -> str:
    """Without invisible characters, angle brackets, and the mark of an action line."""
    visible = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)
    return visible.replace("<", "‹").replace(">", "›").replace("@@", "@ @")


def fenced(title: str, text: str, nonce: str) -> str:
    """Text of the candidate as material, between lines that only we can write."""
    inside = harmless(text).replace(nonce, "")
    return f"<material id={nonce} what={title!r}>\n{inside}\n</material id={nonce}>"


def clipped(text: str, budget: int, *, keep: Literal["start", "end"] = "start", what: str = "lines") -> str:
    """As many whole lines as fit `budget` tokens, from the start or the end, and how many were left out."""
    room = budget * CHARACTERS_PER_TOKEN
    lines = [_shortened(line) for line in text.splitlines()]
    kept: list[str] = []
    for line in lines if keep == "start" else reversed(lines):
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    gone = len(lines) - len(kept)
    if keep == "end":
        kept.reverse()
    if not gone:
        return "\n".join(kept)
    note = f"... {gone} {'earlier' if keep == 'end' else 'more'} {what} left out"
    return "\n".join([note, *kept] if keep == "end" else [*kept, note])


def _shortened(line: str) -> str:
    if len(line) <= _LONGEST_LINE:
        return line
    return f"{line[:_LONGEST_LINE]} ... {len(line) - _LONGEST_LINE} more characters left out"
