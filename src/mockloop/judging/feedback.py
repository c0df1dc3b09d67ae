"""What went well, what to improve, and what to practise next. All of it comes from criteria."""

from collections.abc import Mapping, Sequence

from mockloop.bank.question import CodingQuestion
from mockloop.judging.scorecard import CriterionMark, Dimension, Evidence, Recommendation, Remark, Scorecard

MOST_REMARKS = 4
FOLLOW_UP = "follow-up-"
"""What the ids of criteria about follow-up questions begin with."""

_PRAISE: dict[str, str] = {
    "hidden-tests": "Your solution holds in every edge case that the tests know.",
    "measured-growth": "Your solution is as fast, as inputs grow, as the best known approach.",
    "stated-time": "You stated the running time of your code, and it is right.",
    "stated-space": "You stated the memory use of your code, and it is right.",
    "clarified": "You cleared up what was open before you wrote code.",
    "planned": "You explained your approach before you wrote it.",
    "tested": "You ran the tests and tried cases of your own.",
    "independence": "You got there without a hint.",
    "reasons": "You said why, and not only what.",
    "complexity": "Your functions are short and flat.",
    "structure": "Nothing in the code is repeated, unused or unreachable.",
}
_DEBUGGED = "You found what was wrong and mended it."

_ADVICE: dict[str, str] = {
    "visible-tests": "Run the examples of the statement by hand or with the button before you call it done.",
    "hidden-tests": "Before you finish, try the smallest input, a large one, one with repeats, one out of order.",
    "measured-growth": "Ask what the innermost loop repeats, and what a map, an order or a pointer would save.",
    "stated-time": "Say the running time aloud when the code stands, and name the step that decides it.",
    "stated-space": "Say what memory grows with the input, and leave out the input itself.",
    "complexity": "Move one decision into a function of its own, and return early instead of nesting.",
    "naming": "Name a value for what it holds, not for its type or its place.",
    "structure": "Read the code once from the top before you finish, and delete what nothing needs.",
    "cleanliness": "Remove debugging output and switched-off code before you say that you are done.",
    "clarified": "Ask two questions first: what is the smallest input, and do order or repeats matter?",
    "planned": "Before the first line, say in three sentences what you do, why it works, what it costs.",
    "tested": "Try one case of your own beside the given ones: an empty input, or one with repeats.",
    "debugged": "When a run fails, say what you expected, what came out, and change one thing at a time.",
    "independence": "Before taking a hint, try the smallest example by hand and watch what you do.",
    "time": "Leave the last fifth of the time for checking; write the plain version first.",
    "reasons": "After each step of your plan add one “because”.",
    "clarity": "Use whole, short sentences: first the idea, then the steps, then the cost.",
}


def did_well(dimensions: Sequence[Dimension], fixed: bool) -> tuple[Remark, ...]:
    """At most four things that are fully met, by how much they weigh. Each points to what it rests on."""
    found = []
    for dimension, mark, worth in _by_worth(dimensions):
        evidence = _real(mark.evidence)
        if mark.met != "yes" or not evidence:
            continue
        text = _DEBUGGED if mark.id == "debugged" and fixed else _PRAISE.get(mark.id)
        if mark.id.startswith(FOLLOW_UP):
            text = f"You answered well when asked further: “{mark.text.partition(': ')[2]}”"
        elif text is None and dimension.id == "communication" and mark.id not in _ADVICE:
            text = f"Your explanation did this: {_lower_first(mark.text)}"
        if text is not None and not (dimension.id == "quality" and dimension.mark < 60):
            found.append((worth, Remark(text=text, evidence=tuple(evidence[:2]))))
    return tuple(remark for _, remark in sorted(found, key=lambda pair: -pair[0])[:MOST_REMARKS])


def to_improve(dimensions: Sequence[Dimension]) -> tuple[Remark, ...]:
    """At most four things that cost most, each with what was seen and the next step."""
    found = []
    for _, mark, worth in _by_worth(dimensions):
        if mark.met in ("yes", "not_assessed"):
            continue
        lost = worth * (1 - mark.points / mark.out_of)
        advice = _ADVICE.get(mark.id)
        if mark.id.startswith(FOLLOW_UP):
            text = f"“{mark.text.partition(': ')[2]}” {mark.explanation}"
        elif advice is None:  # a criterion of the question's own rubric
            missing = "Only touched on in" if mark.met == "partly" else "Missing from"
            text = f"{missing} your explanation: {_lower_first(mark.text)} Say it aloud next time."
        else:
            text = f"{mark.explanation} {advice}"
        found.append((lost, Remark(text=text, evidence=mark.evidence[:2] or (Evidence(kind="absent", seq=None),))))
    return tuple(remark for _, remark in sorted(found, key=lambda pair: -pair[0])[:MOST_REMARKS])


_COMMUNICATION_SHARE = 12
"""What communication would weigh beside the others when remarks are put in order; its mark itself counts nothing."""


def _by_worth(dimensions: Sequence[Dimension]) -> list[tuple[Dimension, CriterionMark, float]]:
    """Every criterion with the overall points that it is worth."""
    found = []
    for dimension in dimensions:
        total = sum(mark.out_of for mark in dimension.criteria)
        for mark in dimension.criteria:
            weight = dimension.weight or _COMMUNICATION_SHARE
            found.append((dimension, mark, weight * mark.out_of / total))
    return found


def _real(evidence: Sequence[Evidence]) -> list[Evidence]:
    return [one for one in evidence if one.seq is not None]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def related(question: CodingQuestion, titles: Mapping[str, str]) -> tuple[Recommendation, ...]:
    """Questions that ask for similar ideas. `titles` name them by id."""
    return tuple(
        Recommendation(
            kind="related",
            text=f"Try “{titles.get(id) or id.replace('-', ' ').capitalize()}”: it asks for similar ideas.",
            question_id=id,
        )
        for id in question.related[:2]
    )


def redo(question_id: str, title: str, in_days: int, reviews: int, rating: str, card: Scorecard) -> Recommendation:
    """This question once more, when, and why then."""
    when = "tomorrow" if in_days == 1 else f"in {in_days} days"
    times = {1: "the first time", 2: "the second time", 3: "the third time"}.get(reviews, f"time {reviews}")
    mark = round(card.overall / 10, 1)
    shown = [one for remark in (*card.improve, *card.did_well) for one in _real(remark.evidence)]
    return Recommendation(
        kind="redo",
        text=f"Redo “{title}” {when}: {mark} of 10 counts as “{rating.lower()}”, and it was {times}.",
        question_id=question_id,
        in_days=in_days,
        evidence=tuple(shown[:2]) or (Evidence(kind="absent", seq=None),),
    )


def advice_for(criterion: str) -> str:
    """The next step for a criterion that every question has."""
    return _ADVICE.get(criterion, "")
