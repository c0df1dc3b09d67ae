"""The judge: a task in, a grade out. The mark is computed here from credits, floors and examples; nothing is obeyed."""

from dataclasses import dataclass
from functools import lru_cache

from mockloop.judging.answers import weights as w
from mockloop.judging.answers.advice import feedback_of
from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.clarity import clarity_of
from mockloop.judging.answers.confidence import band_of, confidence_of
from mockloop.judging.answers.examples import with_examples
from mockloop.judging.answers.floors import Floors, floors_of
from mockloop.judging.answers.kinds import kind_of
from mockloop.judging.answers.levels import level_of
from mockloop.judging.answers.likeness import likeness
from mockloop.judging.answers.marks import mark10, scaled
from mockloop.judging.answers.points import make_point
from mockloop.judging.answers.quoting import quotes_of
from mockloop.judging.answers.rubric import Judged, Scored, judge_criteria
from mockloop.judging.answers.task import CriterionGrade, FollowUpGrade, Grade, Met, Task


@dataclass(frozen=True, slots=True)
class _Marked:
    mark: float
    flags: tuple[str, ...]


def grade(task: Task) -> Grade:
    """Mark an answer. The same task always gives the same grade; case, spacing and punctuation move no mark."""
    task = task.model_copy(update={"kind": kind_of(task)})
    answer = Answer(task.answer)
    floors = floors_of(task, answer)
    judged = judge_criteria(task, answer)
    marked = _mark(task, answer, judged, floors)
    most = _most_met(floors, marked.flags)
    criteria = tuple(_criterion(answer, one, most) for one in judged.criteria)
    confidence = confidence_of(answer, judged, marked.flags)
    if task.kind is None:
        raise AssertionError("the kind was just set")
    return Grade(
        id=task.id,
        kind=task.kind,
        mark=marked.mark,
        mark10=mark10(marked.mark),
        confidence=confidence,
        band=band_of(marked.mark, confidence),
        criteria=criteria,
        missing=tuple(one.text for one in criteria if one.met == "no"),
        flags=marked.flags + (("low_confidence",) if confidence < 0.5 else ()),
        feedback=feedback_of(criteria, marked.flags, marked.mark, confidence, clarity_of(answer)),
        level=level_of(answer) if task.kind in ("behavioural", "about_yourself", "design") else None,
        follow_ups=_follow_ups(task, criteria),
    )


def _mark(task: Task, answer: Answer, judged: Judged, floors: Floors) -> _Marked:
    flags = tuple(dict.fromkeys(floors.flags + judged.flags))
    mark = with_examples(task, answer, 100.0 * scaled(judged.mark) * floors.factor, _own_mark)
    wrong = _wrong_claims(task, answer)
    mark -= w.WRONG_CLAIM * len(wrong)
    caps = [floors.cap, *(w.CAPS[flag] for flag in judged.flags if flag in w.CAPS)]
    return _Marked(round(min(max(mark, 0.0), 100.0, *caps), 1), flags + wrong)


@lru_cache(maxsize=256)
def _own_mark(task: Task) -> float:
    """The mark of a graded example, kept because every answer to its question asks for it again."""
    answer = Answer(task.answer)
    return _mark(task, answer, judge_criteria(task, answer), floors_of(task, answer)).mark


def _wrong_claims(task: Task, answer: Answer) -> tuple[str, ...]:
    """The common wrong claims that the answer makes itself, by their number, counted from 1."""
    found = []
    for number, claim in enumerate(task.wrong_claims, 1):
        like = likeness(make_point("claim", claim, task.question), answer.said)
        if like.near >= w.CLAIMED and like.pairs >= w.CLAIMED_TOGETHER:
            found.append(f"wrong_claim_{number}")
    return tuple(found)


def _most_met(floors: Floors, flags: tuple[str, ...]) -> float:
    """The highest credit that a criterion can be shown with: none in what is denied, shuffled or no answer."""
    if floors.cap <= w.NO_EVIDENCE or not w.NOTHING_MET.isdisjoint(flags):
        return 0.0
    return w.MET - 0.01 if not w.PARTLY_AT_MOST.isdisjoint(flags) else 1.0


def _criterion(answer: Answer, one: Scored, most: float) -> CriterionGrade:
    credit = min(one.credit, most)
    met: Met = "yes" if credit >= w.MET else "partly" if credit >= w.PARTLY_MET else "no"
    spans = quotes_of(answer, one.places) if met != "no" else ()
    return CriterionGrade(
        id=one.id,
        text=one.text,
        met=met,
        credit=round(credit, 3) if met != "no" else 0.0,
        weight=one.weight,
        quotes=tuple(answer.text[start:end] for start, end in spans),
        spans=tuple((start, end) for start, end in spans),
    )


def _follow_ups(task: Task, before: tuple[CriterionGrade, ...]) -> tuple[FollowUpGrade, ...]:
    """The grades of the answer together with each reply to a follow-up question, in order."""
    found = []
    text = task.answer
    credits = {one.id: one.credit for one in before}
    for one in task.follow_ups:
        text = f"{text}\n{one.answer}"[: w.LONGEST_ANSWER]
        now = grade(task.model_copy(update={"answer": text, "follow_ups": ()}))
        added = tuple(c.id for c in now.criteria if c.credit > credits.get(c.id, 0.0) + 0.1)
        found.append(FollowUpGrade(mark=now.mark, mark10=now.mark10, added=added))
        credits = {c.id: c.credit for c in now.criteria}
    return tuple(found)
