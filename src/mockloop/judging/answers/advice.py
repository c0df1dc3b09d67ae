"""Feedback from a grade: what is good with its quote, what is missing by name, and one next step."""

from collections.abc import Sequence

from mockloop.judging.answers.task import CriterionGrade, Feedback, Remark

_MOST = 3
_FLAGS = {
    "empty": "There is no answer yet.",
    "orders_only": "This speaks to whoever marks and not to the question.",
    "orders_ignored": "Part of the text tells the marker what to do. It counts neither for nor against you.",
    "dont_know": "You say that you do not know.",
    "echo": "This repeats the question.",
    "noise": "This does not read as language.",
    "too_short": "One or two words cannot be marked.",
    "keywords": "These are keywords. A list shows that you have heard of them, not what they do.",
    "shuffled": "The words are in no order that makes sentences.",
    "denied": "Nearly everything is denied. Say what is true, not only what is not.",
    "vague": "Most of this praises or announces and says nothing that could be wrong.",
    "off_topic": "Little of this belongs to the question.",
    "no_story": "This talks about the subject in general. The question asks for something that happened.",
    "unaided": "There is no reference for this question, so only the form was judged.",
}
_STEPS = {
    "empty": "Say the first true sentence about it that comes to mind, then the reason for it.",
    "orders_only": "Answer the question in three sentences.",
    "dont_know": "Say what you do know nearby, and how you would find out the rest.",
    "echo": "Begin with the answer itself, without the question.",
    "noise": "Answer in whole sentences.",
    "too_short": "Say it in three sentences: the claim, the reason, an example.",
    "keywords": "Take three of the words and say for each what it does here and why.",
    "shuffled": "Say it aloud once and write down what you said.",
    "denied": "Turn each sentence round: what does happen, and why?",
    "vague": "Replace one general sentence by a mechanism, a number or an example.",
    "off_topic": "Read the question again and answer it in the first sentence.",
    "no_story": "Pick one day on which it happened: where were you, what did you do, how did it end?",
    "unaided": "Compare it with a good source, then answer again without looking.",
}
_PARTS = {
    "situation": "Begin with where and when it was and what was at stake, in one sentence.",
    "task": "Say in one sentence what you had to achieve.",
    "action": "Say what you did yourself, step by step; begin the sentences with “I”.",
    "result": "End with what came of it.",
    "impact": "Put a number on the effect, or name what is different since.",
    "detail": "Add what you saw, said or decided at the turning point.",
    "relevance": "Say in the first sentence how this story answers the question.",
    "past": "Begin with two sentences on where you come from.",
    "present": "Say what you do now.",
    "future": "End with what you want next and why here.",
    "proof": "Name one thing you achieved, with a number.",
    "trade-offs": "Name what you give up for what you gain.",
    "failures": "Say what happens when a part of it fails.",
    "requirements": "Ask how much and how fast before you build.",
    "reasons": "Add one “because” to your main claim.",
    "example": "Add one example with concrete values.",
}


def feedback_of(
    criteria: Sequence[CriterionGrade],
    flags: Sequence[str],
    mark: float,
    confidence: float,
    clarity: Sequence[Remark] = (),
) -> Feedback:
    """Only what has a quote is praised; only what a criterion names is missed."""
    good = sorted(
        (one for one in criteria if one.met == "yes" and one.quotes), key=lambda one: -one.weight * one.credit
    )
    short = sorted((one for one in criteria if one.met != "yes"), key=lambda one: -one.weight * (1 - one.credit))
    improve = [Remark(text=_FLAGS[flag]) for flag in flags if flag in _FLAGS]
    improve += [_gap(one) for one in short]
    if confidence < 0.5 and "unaided" not in flags:
        improve.append(Remark(text="The marker is not sure here: your words differ much from those expected."))
    step = next((_STEPS[flag] for flag in flags if flag in _STEPS), None)
    return Feedback(
        did_well=tuple(Remark(text=_praise(one), quote=one.quotes[0], criterion=one.id) for one in good[:_MOST]),
        improve=(*improve[: _MOST + 1], *clarity[:2]),
        next_step=step or _next(short, mark),
    )


def _praise(one: CriterionGrade) -> str:
    return f"You cover this: {one.text}"


def _gap(one: CriterionGrade) -> Remark:
    if one.met == "partly" and one.quotes:
        return Remark(text=f"Only touched on: {one.text}", quote=one.quotes[0], criterion=one.id)
    return Remark(text=f"Missing: {one.text}", criterion=one.id)


def _next(short: Sequence[CriterionGrade], mark: float) -> str:
    if short:
        known = _PARTS.get(str(short[0].id))
        return known or f"Say one sentence on this, with its reason: {short[0].text}"
    return "Say it again in half the time." if mark >= 80 else "Say it again, and add a reason to each claim."
