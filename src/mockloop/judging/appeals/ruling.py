"""Judges a session afresh beside an objection, and says which of the two marks counts: the higher one. Pure but for the
runs of the code, which `coding.examine` has made."""

from collections.abc import Sequence

from mockloop.judging.appeals.pointing import Passage, passages_pointed_at
from mockloop.judging.appeals.rereading import READ_AS_A_WHOLE, Reread, reread, rests_on_words
from mockloop.judging.appeals.schemas import Counts, Objection, Result, Ruling
from mockloop.judging.coding import Examined, card_of, decided, dimensions_of
from mockloop.judging.communication import summary_of
from mockloop.judging.evidence import NEVER, check_evidence, code_at, mark_of
from mockloop.judging.feedback import did_well, to_improve
from mockloop.judging.process import fixes
from mockloop.judging.scorecard import (
    CriterionMark,
    Dimension,
    DimensionId,
    Evidence,
    Outcome,
    Readiness,
    Remark,
    Scorecard,
)
from mockloop.judging.weights import CAP_FACTOR
from mockloop.language import order_spans
from mockloop.language.sentences import quote_around

MEASURED = ("visible-tests", "hidden-tests", "measured-growth")
"""Criteria that rest on runs of the final code, which an appeal makes anew."""

_CAPPED = ("efficiency", "quality")
_OUTCOMES: tuple[Outcome, ...] = ("No Hire", "Hire", "Strong Hire")
_READINESS: tuple[Readiness, ...] = ("Needs Practice", "Almost Ready", "Ready")
_BELONGS_TO_TESTS = ("edges", "tests_passed", "tests_total")


def decide_appeal(objection: Objection, card: Scorecard, examined: Examined) -> tuple[Ruling, Scorecard]:
    """Both judgements, and the scorecard that counts from now on. `card` is the one that counts so far."""
    fresh = dimensions_of(examined, objection.reason)
    plain = criterion_in(fresh, objection.dimension, objection.criterion)
    said = [one.message for one in examined.messages]
    passages = passages_pointed_at(objection.reason, said)
    again: list[Reread] = []
    if plain is not None and rests_on_words(objection.dimension, objection.criterion):
        again = list(reread(examined, passages, objection.dimension, objection.criterion, objection.reason))
    second = _best([mark for mark in (plain, *(one.mark for one in again)) if mark is not None])
    first = objection.first
    if second is not None:
        second = _out_of_as_many(second, first)
    if second is None:  # the question has lost this criterion since
        second = first.model_copy(update={"points": 0.0, "met": "not_assessed", "evidence": ()})
        counts: Counts = "first"
    else:
        fresh = with_mark(fresh, objection.dimension, second)
        counts = which_counts(card.dimensions, objection.dimension, second)
    second_card = card_of(examined, fresh)
    check_evidence(second_card, examined.record.entries)
    after = _in_force(card, second_card, examined, objection, second) if counts == "second" else card
    why = (*_what_was_done(objection, examined, passages, again), _what_counts(first, second, counts))
    result = Result(
        first=first, second=second, counts=counts, why=why, overall_before=card.overall, overall_after=after.overall,
        outcome_before=card.outcome, outcome_after=after.outcome,
    )  # fmt: skip
    return Ruling(result=result, first=card, second=second_card), after


def criterion_in(dimensions: Sequence[Dimension], dimension: DimensionId, criterion: str) -> CriterionMark | None:
    """The mark of this criterion, if the dimension has it."""
    return next(
        (mark for one in dimensions if one.id == dimension for mark in one.criteria if mark.id == criterion), None
    )


def _best(marks: Sequence[CriterionMark]) -> CriterionMark | None:
    """The mark with most points; of equals the earlier one, so that nothing is read into a passage without need."""
    return max(marks, key=lambda mark: mark.points / mark.out_of, default=None)


def _out_of_as_many(mark: CriterionMark, first: CriterionMark) -> CriterionMark:
    """In the points of the first judgement, if a newer judge gives this criterion others."""
    if mark.out_of == first.out_of:
        return mark
    points = round(mark.points / mark.out_of * first.out_of, 2)
    return mark.model_copy(update={"points": points, "out_of": first.out_of})


def with_mark(dimensions: Sequence[Dimension], dimension: DimensionId, mark: CriterionMark) -> tuple[Dimension, ...]:
    """The dimensions with one criterion's mark replaced, and every mark that follows from it."""
    changed = [_replaced(one, mark) if one.id == dimension else one for one in dimensions]
    touched = {dimension} | (set(_CAPPED) if dimension == "correctness" else set())
    correctness = next((mark_of(one.criteria) for one in changed if one.id == "correctness"), 100.0)
    cap = round(min(100.0, correctness * CAP_FACTOR), 1)
    return tuple(
        one.model_copy(update={"mark": min(mark_of(one.criteria), cap if one.id in _CAPPED else 100.0)})
        if one.id in touched
        else one
        for one in changed
    )


def _replaced(dimension: Dimension, mark: CriterionMark) -> Dimension:
    """The dimension with this criterion's mark; its explanation follows where it repeats the criterion's."""
    criteria = tuple(mark if old.id == mark.id else old for old in dimension.criteria)
    explanation = dimension.explanation
    for old in dimension.criteria:
        if old.id == mark.id and old.explanation:
            explanation = explanation.replace(old.explanation, mark.explanation)
    return dimension.model_copy(update={"criteria": criteria, "explanation": explanation})


def which_counts(dimensions: Sequence[Dimension], dimension: DimensionId, second: CriterionMark) -> Counts:
    """The higher one by what it makes of its dimension. What could not be assessed never replaces what could."""
    first = criterion_in(dimensions, dimension, second.id)
    if first is None or second.met == "not_assessed":
        return "first"
    before = next(mark_of(one.criteria) for one in dimensions if one.id == dimension)
    after = next(mark_of(one.criteria) for one in with_uncapped(dimensions, dimension, second))
    return "second" if after > before or (after == before and second.points > first.points) else "first"


def with_uncapped(dimensions: Sequence[Dimension], dimension: DimensionId, mark: CriterionMark) -> list[Dimension]:
    """Only the dimension concerned, with the mark replaced; its criteria decide, not a cap."""
    return [one for one in with_mark(dimensions, dimension, mark) if one.id == dimension]


def _in_force(
    card: Scorecard, second: Scorecard, examined: Examined, objection: Objection, mark: CriterionMark
) -> Scorecard:
    """The scorecard as it stood, with the one mark raised and everything that follows from it."""
    dimensions = with_mark(card.dimensions, objection.dimension, mark)
    dimensions = tuple(
        one.model_copy(update={"explanation": summary_of(examined.record.question, one.criteria)})
        if one.id == objection.dimension == "communication"
        else one
        for one in dimensions
    )
    changes: dict[str, object] = {
        **_never_lower(card, decided(examined, dimensions)),
        "dimensions": dimensions,
        "did_well": did_well(dimensions, fixed=bool(fixes(examined.record))),
        "improve": to_improve(dimensions),
    }
    if objection.dimension == "correctness":
        changes |= {name: getattr(second, name) for name in _BELONGS_TO_TESTS}
    if objection.criterion == "measured-growth":
        changes |= {"complexity": second.complexity, "caveats": second.caveats}
    after = card.model_copy(update=changes)
    check_evidence(after, examined.record.entries)
    return after


def _never_lower(card: Scorecard, changes: dict[str, object]) -> dict[str, object]:
    """What follows from the raised mark. Tests that a slower machine failed this time cost neither step."""
    for name, order in (("outcome", _OUTCOMES), ("readiness", _READINESS)):
        before, after = getattr(card, name), changes[name]
        if before is not None and order.index(after) < order.index(before):
            changes = {key: value for key, value in changes.items() if not key.startswith(name)}
    return changes


def _what_was_done(
    objection: Objection, examined: Examined, passages: Sequence[Passage], again: Sequence[Reread]
) -> list[Remark]:
    done = []
    if objection.criterion in MEASURED:
        done.append(_measured_again(examined))
    if rests_on_words(objection.dimension, objection.criterion):
        done += _read_again(passages, again)
    elif objection.criterion in READ_AS_A_WHOLE:
        text = "This mark is a measure over everything you said, so it was taken again over all of it."
        done.append(Remark(text=text, evidence=(_anything_said(examined),)))
    elif objection.criterion not in MEASURED:
        text = "This mark rests on your code and on what you did, not on words; both were read again from the log."
        done.append(Remark(text=text, evidence=objection.first.evidence[:2] or (NEVER,)))
    if order_spans(objection.reason):
        text = "Part of the objection tells the judge what to do. It counts neither for nor against you."
        done.append(Remark(text=text, evidence=(NEVER,)))
    return done


def _measured_again(examined: Examined) -> Remark:
    checked = examined.checked
    if checked is None:
        return Remark(text="There is no code that could be run again.", evidence=(NEVER,))
    text = f"Your final code was run and timed again: {checked.passed} of {len(checked.all)} tests pass."
    return Remark(text=text, evidence=(code_at(checked.version.seq, checked.version.text),))


def _read_again(passages: Sequence[Passage], again: Sequence[Reread]) -> list[Remark]:
    if not passages:
        text = (
            "The objection does not quote four or more of your own words in a row, so everything was read again as "
            "before. What an objection says itself is no evidence."
        )
        return [Remark(text=text, evidence=(NEVER,))]
    return [_about(passage, [one for one in again if one.passage == passage]) for passage in passages]


def _about(passage: Passage, readings: Sequence[Reread]) -> Remark:
    """What came of one passage: the better of its two readings."""
    quote = quote_around(passage.message.text, passage.span.start, passage.span.start + 1)
    pointed = Evidence(kind="said", seq=passage.message.seq, quote=quote)
    if not readings:
        text = "What you point to stands beside words that deny it or claim something else, so it shows nothing alone."
        return Remark(text=text, evidence=(pointed,))
    best = max(readings, key=lambda one: one.mark.points)
    how = "Together with the messages beside it" if best.joined else "On its own"
    ruling = {
        "yes": "shows this in full",
        "partly": "shows this in part",
        "no": "does not show this",
        "not_assessed": "could not be assessed",
    }[best.mark.met]
    return Remark(text=f"{how}, what you point to {ruling}.", evidence=(pointed,))


def _what_counts(first: CriterionMark, second: CriterionMark, counts: Counts) -> Remark:
    before, after = (f"{mark.points:g} of {mark.out_of:g}" for mark in (first, second))
    if counts == "second":
        text = f"The second mark, {after} points, counts; the first was {before}."
    elif second.met == "not_assessed":
        text = f"The second time this could not be assessed, so the first mark, {before} points, counts."
    elif second.points < first.points:
        text = f"The second mark would be lower, {after} points; the first, {before}, counts."
    else:
        text = f"Both times the mark is {before} points; it stands."
    mark = second if counts == "second" else first
    return Remark(text=text, evidence=mark.evidence[:2] or (NEVER,))


def _anything_said(examined: Examined) -> Evidence:
    first = next(iter(examined.record.said), None)
    return NEVER if first is None else Evidence(kind="said", seq=first.seq)
