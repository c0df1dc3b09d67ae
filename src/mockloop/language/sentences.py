"""Where sentences begin and end, for quoting them. No mark depends on it."""

import re
from typing import NamedTuple

_END = re.compile(r"(?:(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s|$))|\n+")
"""Looks only at the beginning of a run of full stops, or a long one would be looked at from each of its stops."""
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp)|\b[a-z])\.$", re.IGNORECASE)
_ABBREVIATION_LENGTH = 9
"""Characters that the longest abbreviation needs, with its full stop and what stands before it."""


class Span(NamedTuple):
    """Characters `start` to `end` of a text."""

    start: int
    end: int


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, without the white space around them; a line break ends one too."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        tail = text[max(start, match.end() - _ABBREVIATION_LENGTH) : match.end()]
        if "\n" not in match.group() and _ABBREVIATION.search(tail):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if piece.strip():
        lead = len(piece) - len(piece.lstrip())
        spans.append(Span(start + lead, start + len(piece.rstrip())))


def quote_around(text: str, start: int, end: int, limit: int = 160) -> str:
    """The sentence around `start`..`end`, word for word as in `text`; a long one is cut at word boundaries.

    The result is always a substring of `text` and always contains the characters asked for, whatever the limit.
    """
    touched = [span for span in sentences(text) if span.start < end and start < span.end]
    first = min([start, *(span.start for span in touched)])
    last = max([end, *(span.end for span in touched)])
    if last - first <= limit:
        return text[first:last].strip()
    spare = max(0, limit - (end - start))
    left, right = max(first, start - spare // 2), min(last, end + spare - spare // 2)
    while left > first and left < start and not text[left - 1].isspace():
        left += 1
    while right < last and right > end and not text[right].isspace():
        right -= 1
    return text[left:right].strip()
