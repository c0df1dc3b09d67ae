"""Moves that answer: facts, questions about the interview, repeating in other words. Used by `policy`."""

import json
import re
from typing import Any

from mockloop.interviewer.moves import Turn
from mockloop.interviewer.phrasing import lowered, phrase, verbatim
from mockloop.interviewer.situation import Situation

_LEANS_ON_THE_LAST = re.compile(r"\b(then|in that case|there|in this case)\b")


def answer_facts(s: Situation) -> Turn:
    facts = {fact.id: fact for fact in s.question.facts}
    asked = [facts[act.about] for act in s.reading.all("asks_fact")][:3]
    parts = [verbatim(fact.answer, block=i > 0) for i, fact in enumerate(asked)]
    if s.does("asks_unknown"):
        parts.append(phrase("facts.unknown", block=True))
    return Turn(
        "answer",
        tuple(parts),
        about=" ".join(f"fact:{fact.id}" for fact in asked),
        detail=", ".join(f"`{fact.id}`" for fact in asked),
    )


def leave_open(s: Situation) -> Turn:
    """What the statement says where it seems to say something, else: choose an assumption."""
    latest = s.spoken[-1].about if s.spoken else ""
    facts = {f"fact:{fact.id}": fact for fact in s.question.facts}
    if s.reading.words <= 8 and latest in facts and any(_LEANS_ON_THE_LAST.search(text.lower()) for text in s.texts):
        return Turn("answer", (verbatim(facts[latest].answer),), about=latest, detail="asks on")
    stated = s.reading.all("asks_unknown")[0].about
    if stated:
        return Turn(
            "answer", (phrase("facts.stated", block=True), verbatim(stated, block=True)), about="fact:statement"
        )
    if s.in_stage("code", "review"):
        # By now it is their own code that they wonder about, and what it should do stands in the statement.
        return Turn("answer", (phrase("facts.turned_back"),), about="fact:none", detail="turned back")
    return Turn("answer", (phrase("facts.unknown"),), about="fact:none")


def answer_time(s: Situation) -> Turn:
    return Turn("answer", (phrase("facts.time", segment=_span(s.segment_left_s), total=_span(s.left_s)),), about="time")


def _span(seconds: float) -> str:
    if seconds < 50:
        return "less than a minute"
    minutes = round(seconds / 60)
    return "one minute" if minutes <= 1 else f"{minutes} minutes"


_LANGUAGES = {"python": "Python", "javascript": "JavaScript", "typescript": "TypeScript"}


def answer_house(s: Situation) -> Turn:
    """Questions about the interview itself."""
    for kind, key in (
        ("asks_language", "language"),
        ("asks_library", "library"),
        ("asks_procedure", "procedure"),
        ("asks_who", "who"),
    ):
        if s.does(kind):  # type: ignore[arg-type]
            part = phrase(f"facts.{key}", language=_LANGUAGES[s.state.language])
            return Turn("answer", (part,), about=f"house:{key}")
    raise AssertionError("no question about the interview was asked")


def return_cost_question(s: Situation) -> Turn:
    return Turn("answer", (phrase("complexity.return_question"),), about="fact:cost")


def repeat(s: Situation) -> Turn:
    """The last open question in other words; the task itself when there is none."""
    about = s.open_question
    follow_ups = {follow_up.id: follow_up for follow_up in s.question.follow_ups}
    kind, _, what = about.partition(":")
    if kind == "follow_up" and what in follow_ups:
        return Turn("repeat", (verbatim(follow_ups[what].ask),), about=about)
    if kind == "edge":
        probe = next((probe for probe in s.question.probes if probe.edge == what), None)
        if probe is not None:
            return Turn("repeat", (verbatim(*probe.nudges),), about=about)
    if about in _REASK:
        return Turn("repeat", (phrase(_REASK[about]),), about=about)
    if kind == "review" and what in _REVIEW:
        return Turn("repeat", (phrase(f"review.{what}"),), about=about)
    return restate_task(s)


_REASK = {
    "approach": "approach.ask",
    "approach:detail": "approach.detail",
    "approach:better": "approach.better",
    "approach:doubt": "approach.doubt",
    "complexity:time": "complexity.ask",
    "complexity:space": "complexity.ask_space",
    "stuck": "stuck.focus",
}
_REVIEW = ("unwritten", "unfinished", "edge_cases", "testing", "communication", "quality", "complexity")


def restate_task(s: Situation) -> Turn:
    question = s.question
    call = f"{question.entry_point}({', '.join(parameter.name for parameter in question.parameters)})"
    if question.entry_kind == "class":
        call = question.entry_point
    parts = [
        phrase("restate.task", summary=lowered(question.summary)),
        phrase("restate.call", call=call, optional=True),
    ]
    test = question.visible_tests[s.times("task") % len(question.visible_tests)]
    arguments, expected = _short(test.args), _short([test.expected])
    if question.entry_kind == "function" and question.comparison.kind != "any_of" and len(arguments + expected) < 80:
        parts.append(phrase("restate.example", arguments=arguments, expected=expected, optional=True))
    return Turn("repeat", tuple(parts), about="task")


def _short(values: Any) -> str:
    """Arguments as they would be written; a visible test, so nothing is given away."""
    return ", ".join(json.dumps(value) for value in values)
