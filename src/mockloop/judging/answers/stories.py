"""Marking stories and introductions by what they do: set a scene, act, tell a result; past, present, future."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from mockloop.judging.answers import weights as w
from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.marks import ramp
from mockloop.judging.answers.relevance import Relevance, relevance_of

_OPENING = 60
"""The words at the beginning of an answer in which its scene is set."""

_CLOSING = 50
"""After so many words a story can come to its end. Counted from the beginning, so that saying more never hurts."""

_DEEDS = 3
"""Different things that the speaker did which make a full account of the action."""

_PAST_VERBS = 14
_STORY_VERBS = 4
_STORY_SHARE = 0.3
_NUMBERS = 2
_FULL_LENGTH = 95
_SHARED_CREDIT = 0.6
"""What "we did" is worth beside "I did"."""

RELEVANT_FROM, RELEVANT_SURE = -1.0, 0.9
_WORKING_LIFE = (0.4, 0.6, 0.85, 1.0)
"""The share that an answer keeps with so many different words of working life: a walk in the hills has none."""

_IRRELEVANT = 0.3
"""The share of its mark that a good story keeps which does not answer the question."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a story, its weight, how far it is there (0 to 1), and the words that show it."""

    id: str
    text: str
    weight: float
    credit: float
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The parts; `is_story` is false for talk in general; `relevance` says whether it answers the question."""

    parts: tuple[Part, ...]
    relevance: Relevance
    is_story: bool
    mark: float


STORY_TEXTS = {
    "situation": "Sets the scene: where, when, and what was at stake.",
    "task": "Says what the speaker had to achieve.",
    "action": "Says what the speaker did, step by step, as “I”.",
    "result": "Tells how it ended.",
    "impact": "Shows the effect with a number or a lasting change.",
    "detail": "Goes into enough detail to be believed.",
}
INTRODUCTION_TEXTS = {
    "past": "Says where one comes from: training, earlier work.",
    "present": "Says what one does now.",
    "future": "Says what one wants next and why here.",
    "proof": "Names something achieved, best with a number.",
    "detail": "Is long enough to give a picture.",
}


def mark_story(answer: Answer, question: str) -> Told:
    """Mark a story by situation, task, action, result and impact, and by whether it answers the question."""
    told = answer.narrative
    opening = [i for i in told.past if i <= _OPENING]
    closing = [i for i in told.past if i >= _CLOSING]
    numbers = [i for i in told.numbers if not answer.reading.in_order(answer.reading.words[i].start)]
    scene = _cued(answer, "story.situation")
    task = _cued(answer, "story.task")
    ending = _cued(answer, "story.result") + [i for i in _cued(answer, "impact.change") if i in set(told.past)]
    lasting = _cued(answer, "impact.quality", "story.lesson")
    deeds = len(told.own_actions) + _SHARED_CREDIT * min(2, len(told.group_actions))
    past = min(1.0, len(told.past) / _PAST_VERBS)
    action = 0.7 * min(1.0, deeds / _DEEDS) + 0.3 * past
    parts = (
        _part("situation", max(0.5 * bool(scene), min(1.0, len(opening) / 3)), scene + opening),
        _part("task", 1.0 if task else 0.7 * min(1.0, len(told.past) / _PAST_VERBS), task or opening[:3]),
        _part("action", action if deeds else 0.0, [*told.own_actions, *told.group_actions]),
        _part("result", max(0.6 * bool(ending), min(1.0, len(closing) / 3)), ending + closing),
        _part("impact", max(min(1.0, len(numbers) / _NUMBERS), 0.7 * bool(lasting)), numbers + lasting),
        _part("detail", min(1.0, len(answer.telling) / (0.7 * _FULL_LENGTH)) * past, list(told.past)),
    )
    is_story = (len(told.past) >= _STORY_VERBS and told.past_share >= _STORY_SHARE) or deeds >= _DEEDS
    return Told(parts, relevance_of(answer, question), is_story, _mark(parts))


def _part(name: str, credit: float, places: Iterable[int]) -> Part:
    return _shown(name, STORY_TEXTS[name], w.STORY[name], credit, places)


def _shown(name: str, text: str, weight: float, credit: float, places: Iterable[int]) -> Part:
    """A part with the words that show it, each once; without any there is no credit."""
    found = tuple(sorted(set(places)))
    return Part(name, text, weight, credit if found else 0.0, found)


def mark_introduction(answer: Answer, question: str) -> Told:
    """Mark "tell me about yourself" by past, present, future and proof."""
    told = answer.narrative
    past = _cued(answer, "about_yourself.past")
    present = _cued(answer, "about_yourself.present")
    future = _cued(answer, "about_yourself.future")
    proof = list(told.numbers) + _cued(answer, "impact.quality", "impact.metric")
    verbs = list(told.past)
    credits = {
        "past": (max(min(1.0, len(verbs) / 6), 0.6 * bool(past)), past + verbs),
        "present": (1.0 if present else 0.0, present),
        "future": (min(1.0, 0.7 * len(future)), future),
        "proof": (min(1.0, len(proof) / 3), proof),
        "detail": (min(1.0, len(answer.telling) / (0.55 * _FULL_LENGTH)), list(answer.said.kept)),
    }
    parts = tuple(
        _shown(name, INTRODUCTION_TEXTS[name], w.INTRODUCTION[name], credit, places)
        for name, (credit, places) in credits.items()
    )
    is_story = bool(past or present) or len(verbs) >= _STORY_VERBS
    return Told(parts, relevance_of(answer, question), is_story, _mark(parts))


def relevant_share(relevance: Relevance, kind: str = "behavioural") -> float:
    """The share of its mark that an answer keeps, by how far it answers the question.

    Whoever is asked for an introduction answers with any that is from working life.
    """
    if kind == "about_yourself":
        return _WORKING_LIFE[min(relevance.working_life, len(_WORKING_LIFE) - 1)]
    share = _IRRELEVANT + (1 - _IRRELEVANT) * sqrt(ramp(relevance.score, RELEVANT_FROM, RELEVANT_SURE))
    return share * _WORKING_LIFE[min(relevance.working_life, len(_WORKING_LIFE) - 1)]


def _mark(parts: Sequence[Part]) -> float:
    return sum(part.credit * part.weight for part in parts) / sum(part.weight for part in parts)


def _cued(answer: Answer, *names: str) -> list[int]:
    return [i for name in names for cue in answer.cued(name) for i in range(cue.first, cue.last + 1)]
