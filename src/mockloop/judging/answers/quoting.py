"""From the words that carry a point to verbatim quotes: the sentences around them, in order, without overlaps."""

from collections.abc import Sequence

from mockloop.judging.answers.answer import Answer
from mockloop.language import Span

_TOGETHER = 14
"""Words closer than this belong to one quote."""


def quotes_of(answer: Answer, places: Sequence[int]) -> tuple[Span, ...]:
    """The spans of the answer to quote for words at `places`. Every span lies in the text and holds one of them."""
    spans: list[Span] = []
    for first, last in _groups(places):
        span = answer.quote(first, last)
        if spans and span.start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, span.end))
        else:
            spans.append(span)
    return tuple(spans)


def _groups(places: Sequence[int]) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    for place in places:
        if groups and place - groups[-1][1] <= _TOGETHER:
            groups[-1] = (groups[-1][0], place)
        else:
            groups.append((place, place))
    return groups
