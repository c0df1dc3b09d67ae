"""What a full answer says, as points: the criteria of a rubric, or the statements of a reference answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mockloop.judging.answers.terms import Term, grams_of, stems_of, terms_of
from mockloop.language import sentences

MOST_POINTS = 24
_FEWEST_TERMS = 2
_MARKERS = re.compile(r"\s*(?:\|\||[●○•▪◦‣⁃]|(?:^|\s)[-*](?=\s)|(?:^|(?<=\s))\(?\d{1,2}[.)](?=\s)|;)\s*")
_ALTERNATIVES = "||"


@dataclass(frozen=True, slots=True)
class Point:
    """A statement to look for. `phrases` are wordings any one of which shows it."""

    id: str | int
    text: str
    weight: float
    terms: tuple[Term, ...]
    grams: frozenset[str]
    phrases: tuple[str, ...] = ()

    @property
    def worth(self) -> float:
        """The sum of the weights of its terms."""
        return sum(term.weight for term in self.terms)


@lru_cache(maxsize=256)
def points_of_reference(reference: str, question: str) -> tuple[Point, ...]:
    """The statements of a reference answer: its sentences and the items of its lists, weighed by what they tell."""
    asked = stems_of(question)
    texts = [piece for span in sentences(reference) for piece in _MARKERS.split(reference[span.start : span.end])]
    pieces: list[str] = []
    pending = ""
    for text in texts:
        pending = f"{pending} {text}".strip() if text else pending
        if sum(term.weight for term in terms_of(pending, asked)) >= _FEWEST_TERMS:
            pieces.append(pending)
            pending = ""
    if pending and pieces and not any(term.weight >= 1 for term in terms_of(pending, asked)):
        pieces[-1] = f"{pieces[-1]} {pending}"
    elif pending:
        pieces.append(pending)
    points = (make_point(f"reference-{number}", text, question) for number, text in enumerate(pieces[:MOST_POINTS], 1))
    return tuple(replace(point, weight=min(3.0, point.worth**0.5)) for point in points if point.terms)


def make_point(
    identifier: str | int, text: str, question: str, *, weight: float = 1.0, phrases: Sequence[str] = ()
) -> Point:
    """A point from its text; words of the question weigh little in it."""
    terms = terms_of(text, stems_of(question))
    return Point(identifier, text, weight, terms, grams_of(text) - grams_of(question), tuple(phrases))


def alternatives_of(reference: str) -> Sequence[str]:
    """References that each would be a full answer, where several are given with `||` between them."""
    return [part.strip() for part in reference.split(_ALTERNATIVES) if part.strip()]
