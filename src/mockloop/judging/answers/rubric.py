"""Every criterion of an answer with its credit: from statements, from the parts of a story, or from both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mockloop.judging.answers import weights as w
from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.relevance import Relevance
from mockloop.judging.answers.statements import Statements, mark_statements
from mockloop.judging.answers.stories import Part, Told, mark_introduction, mark_story, relevant_share
from mockloop.judging.answers.task import Task
from mockloop.judging.answers.terms import stems_of
from mockloop.language.words import sequences, words_of


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion: `credit` is what is shown for it, 0 to 1; `places` are the words that carry it."""

    id: str | int
    text: str
    weight: float
    credit: float
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The criteria, and the mark of the whole, 0 to 1. `statements` and `told` say how it was found."""

    criteria: tuple[Scored, ...]
    mark: float
    flags: tuple[str, ...] = ()
    statements: Statements | None = None
    told: Told | None = None


_PART_WORDS = {
    "situation": sequences("situation, context, scene, background, set up, sets scene, stake"),
    "task": sequences("task, goal, responsible, responsibility, achieve, what needed, objective"),
    "action": sequences("action, step, what did, own part, personally, speaker did, candidate did, approach, did"),
    "result": sequences("result, outcome, end, ended, resolve, consequence, came of"),
    "impact": sequences("number, measure, impact, effect, metric, quantify, learn, lesson, lasting, reflect"),
    "detail": sequences("specific, detail, concrete, real example, particular"),
    "past": sequences("past, background, experience, earlier, history, training"),
    "present": sequences("present, current, now, today"),
    "future": sequences("future, next, why role, why company, motivation, want, goal"),
    "proof": sequences("achievement, number, accomplish, result, example"),
}
_PART_STEMS = {
    name: frozenset(tuple(word.stem for word in words_of(" ".join(phrase))) for phrase in phrases)
    for name, phrases in _PART_WORDS.items()
}


def judge_criteria(task: Task, answer: Answer) -> Judged:
    """Judge an answer by its kind."""
    if task.kind in ("behavioural", "about_yourself"):
        return _stories(task, answer)
    statements = mark_statements(task, answer)
    return _statements(answer, statements) if statements else _unaided(task, answer)


def _statements(answer: Answer, found: Statements) -> Judged:
    criteria = tuple(
        Scored(made.point.id, made.point.text, made.point.weight, _shown(made.own, found), made.places)
        for made in found.made
    )
    flags: tuple[str, ...] = ()
    if found.on_topic <= w.SURELY_OFF and answer.words >= w.ENOUGH_WORDS:
        flags = ("off_topic",)
    elif found.copied > w.COPIED_FROM and found.together < w.COPIED_TOGETHER and answer.words >= w.COPIED_WORDS:
        flags = ("shuffled",)
    elif answer.words >= w.CONTRADICTED_WORDS and found.against > w.CONTRADICTED:
        flags = ("denied",)
    return Judged(criteria, found.mark, flags, statements=found)


def _shown(own: float, found: Statements) -> float:
    """What is shown for a criterion: mostly its own evidence, and a little of how sure the whole is on the subject."""
    return min(1.0, own * (w.SHOWN_OWN + w.SHOWN_WHOLE * found.on_topic)) if own >= w.SHOWN_FROM else 0.0


def _stories(task: Task, answer: Answer) -> Judged:
    told = (mark_story if task.kind == "behavioural" else mark_introduction)(answer, task.question)
    statements = mark_statements(task, answer) if task.criteria else None
    share = relevant_share(_with_criteria(told.relevance, statements), task.kind or "behavioural")
    flags: tuple[str, ...] = () if told.is_story else ("no_story",)
    if share <= w.SURELY_IRRELEVANT and answer.words >= w.ENOUGH_WORDS:
        flags += ("off_topic",)
    parts = tuple(Scored(part.id, part.text, part.weight, part.credit, part.places) for part in told.parts)
    if statements is None and task.kind == "about_yourself":
        return Judged(parts, told.mark * share, flags, told=told)
    if statements is None:
        asked = ", ".join(told.relevance.competencies[:2]).lower() or "what was asked"
        credit = min(1.0, share) if told.relevance.places else 0.0
        answers = Scored("relevance", f"Answers the question: {asked}.", 15, credit, told.relevance.places)
        return Judged((*parts, answers), told.mark * share, flags, told=told)
    criteria = tuple(
        _told_criterion(made.point.id, made.point.text, made.point.weight, made.own, made.places, told, share)
        for made in statements.made
    )
    total = sum(one.weight for one in criteria)
    rubric = sum(one.weight * one.credit for one in criteria) / total
    mark = (1 - w.RUBRIC_SHARE) * told.mark * share + w.RUBRIC_SHARE * rubric
    return Judged(criteria, mark, flags, statements=statements, told=told)


def _with_criteria(relevance: Relevance, statements: Statements | None) -> Relevance:
    """Whoever says what the question's own criteria ask for answers the question."""
    said = sum(made.own >= w.SAYS_IT for made in statements.made) if statements else 0
    return replace(relevance, score=relevance.score + w.SAID_COUNTS * said)


def _told_criterion(
    identifier: str | int, text: str, weight: float, own: float, places: tuple[int, ...], told: Told, share: float
) -> Scored:
    """A criterion of a story: what is said on it, or the part of the story that it speaks of, whichever is more."""
    part = _part_named(text, told.parts)
    credit = own
    if part is not None and part.credit * share > own:
        credit, places = part.credit * share, part.places
    if credit < told.mark * share * 0.6 and places:
        credit = told.mark * share * 0.6
    return Scored(identifier, text, weight, credit if places else 0.0, places)


def _part_named(text: str, parts: Sequence[Part]) -> Part | None:
    """The part of a story that a criterion speaks of, by its words; the one named first."""
    stems = tuple(word.stem for word in words_of(text))
    best: tuple[int, Part] | None = None
    for part in parts:
        for phrase in _PART_STEMS[part.id]:
            for i in range(len(stems) - len(phrase) + 1):
                if stems[i : i + len(phrase)] == phrase and (best is None or i < best[0]):
                    best = (i, part)
    return best[1] if best else None


_DESIGN_PARTS = (
    ("requirements", "Clears up what is needed and how much of it.", ("design.requirement", "design.estimate")),
    ("trade-offs", "Names a trade-off with both sides.", ("design.tradeoff",)),
    ("failures", "Says what happens when something fails.", ("design.failure",)),
    ("reasons", "Gives reasons.", ("design.reason",)),
)
_CONCEPT_PARTS = (
    ("reasons", "Gives a reason.", ("design.reason",)),
    ("example", "Gives an example.", ("design.example",)),
)


def _unaided(task: Task, answer: Answer) -> Judged:
    """Without a reference or criteria only the form can be judged: detail, reasons, examples, the question's words."""
    parts = _DESIGN_PARTS if task.kind == "design" else _CONCEPT_PARTS
    criteria = []
    for name, text, lists in parts:
        places = sorted({i for one in lists for cue in answer.cued(one) for i in range(cue.first, cue.last + 1)})
        criteria.append(Scored(name, text, 1.0, min(1.0, len(places) / 3), tuple(places)))
    asked = stems_of(task.question)
    named = 0.35 + 0.65 * min(1.0, len(asked & frozenset(answer.telling)) / max(1, min(len(asked), 4)))
    expected = w.EXPECTED_WORDS[task.kind or "concept"]
    detail = min(1.0, len(answer.telling) / expected)
    form = sum(one.credit for one in criteria) / len(criteria)
    mark = w.UNAIDED_MOST * named * (0.2 + 0.5 * detail + 0.3 * form)
    return Judged(tuple(criteria), mark, ("unaided",))
