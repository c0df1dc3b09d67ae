"""Where an objection points: the passages of the session that it quotes. Pure. Its other words are never evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockloop.judging.record import Message
from mockloop.language import Span, sentences, words_of

QUOTED_WORDS = 4
"""So many of one's own words in a row point to the passage that they stand in."""

MOST_PASSAGES = 4
"""Longer quotes first; whoever quotes everything points to nothing."""


@dataclass(frozen=True)
class Passage:
    """Whole sentences of one message: its place among the messages, and the characters `start` to `end` of its text."""

    index: int
    message: Message
    span: Span
    words: int
    """How many words in a row were quoted."""

    @property
    def text(self) -> str:
        return self.message.text[self.span.start : self.span.end]


def passages_pointed_at(objection: str, said: Sequence[Message]) -> tuple[Passage, ...]:
    """The passages quoted, in the order of the session. Case, white space and punctuation do not matter."""
    quoted = [word.text for word in words_of(objection)]
    places: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(quoted) - QUOTED_WORDS + 1):
        places.setdefault(tuple(quoted[i : i + QUOTED_WORDS]), []).append(i)
    if not places:
        return ()
    found = [passage for index, message in enumerate(said) for passage in _in_message(index, message, quoted, places)]
    chosen = sorted(found, key=lambda passage: (-passage.words, passage.index, passage.span.start))[:MOST_PASSAGES]
    return tuple(sorted(chosen, key=lambda passage: (passage.index, passage.span.start)))


def _in_message(
    index: int, message: Message, quoted: Sequence[str], places: dict[tuple[str, ...], list[int]]
) -> list[Passage]:
    words = words_of(message.text)
    texts = [word.text for word in words]
    found: dict[Span, Passage] = {}
    i = 0
    while i <= len(texts) - QUOTED_WORDS:
        starts = places.get(tuple(texts[i : i + QUOTED_WORDS]), ())
        length = max((_length(texts, i, quoted, start) for start in starts), default=0)
        if length:
            span = _whole_sentences(message.text, words[i].start, words[i + length - 1].end)
            known = found.get(span)
            found[span] = Passage(index, message, span, max(length, known.words if known else 0))
        i += max(1, length)
    return list(found.values())


def _length(texts: Sequence[str], i: int, quoted: Sequence[str], j: int) -> int:
    length = 0
    while i + length < len(texts) and j + length < len(quoted) and texts[i + length] == quoted[j + length]:
        length += 1
    return length


def _whole_sentences(text: str, start: int, end: int) -> Span:
    """A "not" before the quote belongs to it, so a passage never begins or ends within a sentence."""
    touched = [span for span in sentences(text) if span.start < end and start < span.end]
    return Span(min([start, *(span.start for span in touched)]), max([end, *(span.end for span in touched)]))
