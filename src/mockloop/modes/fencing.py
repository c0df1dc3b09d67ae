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

LONGEST_LINE = 400
"""Characters of a line of code or output."""

_NOTE = 50
"""Characters that the note on a cut needs."""


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


def clipped(
    text: str,
    budget: int,
    *,
    keep: Literal["start", "end"] = "start",
    what: str = "lines",
    line: int | None = LONGEST_LINE,
) -> str:
    """As many whole lines as fit `budget` tokens, from the start or the end, and how many were left out.

    A line of more than `line` characters is cut; None: only where it is longer than the budget, as prose may be.
    """
    room = budget * CHARACTERS_PER_TOKEN
    longest = room - _NOTE if line is None else line
    lines = [_shortened(each, max(1, longest)) for each in text.splitlines()]
    kept: list[str] = []
    for each in lines if keep == "start" else reversed(lines):
        room -= len(each) + 1
        if room < 0:
            break
        kept.append(each)
    gone = len(lines) - len(kept)
    if keep == "end":
        kept.reverse()
    if not gone:
        return "\n".join(kept)
    note = f"... {gone} {'earlier' if keep == 'end' else 'more'} {what} left out"
    return "\n".join([note, *kept] if keep == "end" else [*kept, note])


def _shortened(line: str, longest: int) -> str:
    if len(line) <= longest:
        return line
    return f"{line[:longest]} ... {len(line) - longest} more characters left out"
