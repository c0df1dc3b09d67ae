"""How far an answer makes a point: the features that `weights` combine, and the words that carry them."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockloop.judging.answers.points import Point
from mockloop.judging.answers.terms import Hit, Said

_WINDOW_FROM, _WINDOW_PER_TERM = 16, 3
"""A point must be made within so many words, or so many per term of it."""

_NEIGHBOURS = 7
"""Two terms said this close together are said of each other."""

_AS_GOOD, _MOST_REPEATS = 0.9, 5
"""Other windows with so much of the best one's weight are quoted too, at most so many."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What an answer shares with a point, each from 0 to 1.

    `whole`: the weight of the point's terms found anywhere. `near`: found together within a window. `grams`: sequences
    of four letters that the question has not. `pairs`: neighbouring terms of the point that are neighbours in the
    answer. `against`: terms of the window said with the opposite meaning. `places` are the words that carry the point.
    """

    whole: float
    near: float
    grams: float
    pairs: float
    against: float
    places: tuple[int, ...]


NOTHING_SHARED = Likeness(0.0, 0.0, 0.0, 0.0, 0.0, ())


def likeness(point: Point, said: Said) -> Likeness:
    """Compare a point with an answer."""
    worth = point.worth
    if not worth:
        return NOTHING_SHARED
    hits = sorted(
        ((hit, number) for number, term in enumerate(point.terms) for hit in said.hits(term)),
        key=lambda pair: (pair[0].at, pair[1]),
    )
    if not hits:
        return NOTHING_SHARED
    agreeing = [pair for pair in hits if not pair[0].against]
    whole = _best_of(agreeing)
    window = _window(point, hits)
    near = _best_of([pair for pair in window if not pair[0].against])
    against = {n for hit, n in window if hit.against} - set(near)
    return Likeness(
        whole=_weigh(point, whole) / worth,
        near=_weigh(point, near) / worth,
        grams=len(point.grams & said.grams) / len(point.grams) if point.grams else 0.0,
        pairs=_pairs(point, agreeing),
        against=sum(point.terms[n].weight for n in against) / worth,
        places=_places(point, hits, window),
    )


def _places(point: Point, hits: Sequence[tuple[Hit, int]], window: Sequence[tuple[Hit, int]]) -> tuple[int, ...]:
    """The words of the best window, and of others that say as much: without them the evidence is gone."""
    first = [pair for pair in window if not pair[0].against]
    enough = _AS_GOOD * _weigh(point, _best_of(first))
    places = {hit.at for hit, _ in first}
    rest = list(hits)
    for _ in range(_MOST_REPEATS):
        rest = [pair for pair in rest if pair[0].at not in places]
        again = [pair for pair in _window(point, rest) if not pair[0].against]
        if not again or _weigh(point, _best_of(again)) < enough:
            break
        places |= {hit.at for hit, _ in again}
    return tuple(sorted(places))


def _best_of(hits: Sequence[tuple[Hit, int]]) -> dict[int, float]:
    best: dict[int, float] = {}
    for hit, number in hits:
        best[number] = max(best.get(number, 0.0), hit.strength)
    return best


def _weigh(point: Point, found: dict[int, float]) -> float:
    return sum(point.terms[number].weight * strength for number, strength in found.items())


def _window(point: Point, hits: Sequence[tuple[Hit, int]]) -> list[tuple[Hit, int]]:
    """The hits of the stretch of words that holds most of the point, opposites against it; of equal ones the first."""
    length = max(_WINDOW_FROM, _WINDOW_PER_TERM * len(point.terms))
    best: list[tuple[Hit, int]] = []
    most = -1.0
    for first in range(len(hits)):
        if first and hits[first][0].at == hits[first - 1][0].at:
            continue
        end = hits[first][0].at + length
        inside = []
        for pair in hits[first:]:
            if pair[0].at >= end:
                break
            inside.append(pair)
        agreed = _best_of([pair for pair in inside if not pair[0].against])
        opposed = {number: 1.0 for hit, number in inside if hit.against and number not in agreed}
        weight = _weigh(point, agreed) - _weigh(point, opposed) / 2
        if weight > most + 1e-9:
            best, most = inside, weight
    return best


def _pairs(point: Point, hits: Sequence[tuple[Hit, int]]) -> float:
    """The share of neighbouring terms of the point that stand close together in the answer too."""
    if len(point.terms) < 2:
        return 0.0
    at: dict[int, list[int]] = {}
    for hit, number in hits:
        at.setdefault(number, []).append(hit.at)
    total = found = 0.0
    for left in range(len(point.terms) - 1):
        weight = (point.terms[left].weight * point.terms[left + 1].weight) ** 0.5
        total += weight
        if any(0 < abs(a - b) <= _NEIGHBOURS for a in at.get(left, ()) for b in at.get(left + 1, ())):
            found += weight
    return found / total
