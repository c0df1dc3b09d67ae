"""Marking statements: which points of the reference or the rubric an answer makes, and how far it is on the subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockloop.judging.answers import weights as w
from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.likeness import Likeness, likeness
from mockloop.judging.answers.marks import ramp
from mockloop.judging.answers.objection import pointed_at
from mockloop.judging.answers.points import Point, alternatives_of, make_point, points_of_reference
from mockloop.judging.answers.task import Task
from mockloop.judging.answers.terms import stems_of
from mockloop.judging.answers.topic import Topic, topic_of
from mockloop.language import find_phrase


@dataclass(frozen=True, slots=True)
class Made:
    """A point with the credit it earned, 0 to 1, and the words of the answer that carry it."""

    point: Point
    credit: float
    own: float
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """All points. `topic` is the likeness to the subject; `on_topic`, `detail` and `mark` run from 0 to 1.

    `copied`: how many of the reference's words are there; `together`: how many of its neighbours are. `against`: of
    what it says on the points, the share that it denies or turns round.
    """

    made: tuple[Made, ...]
    topic: float
    on_topic: float
    detail: float
    mark: float
    copied: float
    together: float
    against: float


def mark_statements(task: Task, answer: Answer) -> Statements | None:
    """Mark against the criteria, else against the reference; None when the task has neither."""
    criteria = tuple(
        make_point(one.id, one.text, task.question, weight=one.weight, phrases=one.any_of) for one in task.criteria
    )
    subjects = list(alternatives_of(task.reference)) if task.reference else []
    if not subjects and not criteria:
        return None
    rubric = "\n".join(sorted(" ".join((point.text, *point.phrases)) for point in criteria))
    found = [_against(task, answer, criteria, subject or rubric) for subject in subjects or [""]]
    return max(found, key=lambda one: (one.mark, one.topic))


def _against(task: Task, answer: Answer, criteria: Sequence[Point], subject: str) -> Statements:
    """Mark against one subject: a reference, or the text of the rubric where there is none."""
    stated = points_of_reference(subject, task.question) or (make_point("reference-1", subject, ""),)
    about = [likeness(point, answer.said) for point in stated]
    topic = topic_of(answer, task.question, subject)
    likely = _topic(stated, about, topic)
    size = len(stems_of(subject))
    short = ramp(w.SHORT_REFERENCE - size, 0, w.SHORT_REFERENCE - w.SHORTEST_REFERENCE)
    on_topic = ramp(likely, w.OFF_TOPIC + w.SHORT_OFF_TOPIC * short, w.ON_TOPIC + w.SHORT_ON_TOPIC * short)
    expected = w.FULL_LENGTH * size if task.reference else w.EXPECTED_WORDS[task.kind or "concept"] * 0.6
    detail = ramp(len(answer.telling), 0, max(1.0, expected))
    full = ramp(likely, 0, w.FULL_TOPIC + w.SHORT_FULL_TOPIC * short)
    shared = (1 - w.TOPIC_SHARE - w.LENGTH_SHARE) + w.TOPIC_SHARE * full + w.LENGTH_SHARE * detail
    points, likes = (criteria, [likeness(point, answer.said) for point in criteria]) if criteria else (stated, about)
    full_own = w.OWN_FULL + w.OWN_FULL_SHORT * short
    pointed = pointed_at(task, answer)
    made = tuple(
        _made(
            point, like, answer, on_topic, shared, full_own if pointed.isdisjoint(like.places) else full_own * w.REREAD
        )
        for point, like in zip(points, likes, strict=True)
    )
    copied = sum(like.whole for like in about) / len(about) if task.reference else 0.0
    together = sum(like.pairs for like in about) / len(about)
    against = _against_share(stated, about)
    return Statements(made, likely, on_topic, detail, _mean(made, task.needs), copied, together, against)


def _topic(points: Sequence[Point], likes: Sequence[Likeness], topic: Topic) -> float:
    total = sum(point.weight for point in points) or 1.0
    mean = sum(
        point.weight
        * (
            w.TOPIC["near"] * like.near
            + w.TOPIC["whole"] * like.whole
            + w.TOPIC["grams"] * like.grams
            + w.TOPIC["pairs"] * like.pairs
        )
        for point, like in zip(points, likes, strict=True)
    )
    return mean / total + w.TOPIC["density"] * topic.density + w.TOPIC["asked"] * topic.asked


def _against_share(points: Sequence[Point], likes: Sequence[Likeness]) -> float:
    pairs = list(zip(points, likes, strict=True))
    agreed = sum(point.weight * like.near for point, like in pairs)
    against = sum(point.weight * like.against for point, like in pairs)
    said = (agreed + against) / (sum(point.weight for point in points) or 1.0)
    return against / (agreed + against) if said >= w.SAID_ENOUGH else 0.0


def _own(like: Likeness) -> float:
    return (
        w.LIKENESS["near"] * like.near
        + w.LIKENESS["grams"] * like.grams
        + w.LIKENESS["pairs"] * like.pairs
        + w.LIKENESS["against"] * like.against
    )


def _made(point: Point, like: Likeness, answer: Answer, on_topic: float, shared: float, full_own: float) -> Made:
    """The credit of one point: mostly what the whole answer deserves, the rest by what it says on the point itself."""
    own = ramp(_own(like), 0, full_own)
    places = like.places
    named = _named(point, answer)
    if named:
        own, places = max(own, w.NAMED), tuple(sorted({*places, *named}))
    if not places:
        return Made(point, 0.0, 0.0, ())
    return Made(point, on_topic * (w.SHARED * shared + (1 - w.SHARED) * own), own, places)


def _named(point: Point, answer: Answer) -> tuple[int, ...]:
    """The words of the first phrase of the criterion that is said and not denied."""
    reading = answer.reading
    for phrase in point.phrases:
        for hit in find_phrase(reading, phrase):
            if not hit.negated and not reading.in_order(hit.start):
                return tuple(i for i, word in enumerate(reading.words) if hit.start <= word.start < hit.end)
    return ()


def _mean(made: Sequence[Made], needs: int | None) -> float:
    """The weighted mean of the credits; of the best `needs` points where that is enough."""
    ranked = sorted(made, key=lambda one: (-one.credit, -one.point.weight, str(one.point.id)))[: needs or len(made)]
    total = sum(one.point.weight for one in ranked)
    return sum(one.credit * one.point.weight for one in ranked) / total if total else 0.0
