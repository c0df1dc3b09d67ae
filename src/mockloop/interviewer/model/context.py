"""Packs what a model sees at a turn: rules and question first, which stay the same, then what changes.

Never in it: reference solutions, hidden tests, the rubric, marks, and hints above the one that may be given now.
"""

from collections.abc import Iterable
from functools import lru_cache

from mockloop.bank.question import CodingQuestion
from mockloop.interviewer.model.actions import Permission
from mockloop.interviewer.model.modes import Mode
from mockloop.interviewer.model.transcript import transcript_of
from mockloop.interviewer.model.work import changes_of, code_of, runs_of
from mockloop.interviewer.port import Said, View
from mockloop.llm.port import Prompt
from mockloop.modes.diagram import changes, diagram_lines
from mockloop.modes.facts import job_facts, resume_facts
from mockloop.modes.fencing import clipped, fenced, tokens
from mockloop.modes.mode import Packed
from mockloop.sessions.state import SessionState

_STANDING = {
    "best": "as good as any known",
    "acceptable": "acceptable",
    "brute_force": "works, too slow",
    "wrong": "does not work",
}

_TITLES = {
    "resume": "facts of the résumé",
    "job": "facts of the job description",
    "changes": "changes to the code since you last spoke",
    "runs": "the latest runs of the code",
    "diagram_changes": "changes to the diagram since you last spoke",
}

_of_resume = lru_cache(maxsize=64)(resume_facts)
_of_job = lru_cache(maxsize=64)(job_facts)
"""Both stay the same in a session and are asked for at each of its turns."""


def packed(mode: Mode, view: View, planned: Said, permission: Permission, nonce: str) -> Packed:
    """The prompt for a turn for which the built-in interviewer would say `planned`."""
    budget = mode.budget
    instructions = mode.instructions.render(style=" ".join(view.style.summary.split()), words=mode.words)
    question = "\n\n".join(
        (
            f"The problem, {view.question.title}:\n{clipped(view.question.statement, budget.statement)}",
            f"Answers to common questions:\n{clipped(_facts(view.question), budget.facts)}",
            "Private guidance, known approaches (never name one that the candidate has not):\n"
            + clipped(_approaches(view.question), budget.approaches),
        )
    )
    material = {part: fenced(_TITLES.get(part, part), text, nonce) for part, text in _sources(mode, view) if text}
    turn = _turn(mode, view, planned, permission, nonce)
    by_part = {"instructions": instructions, "question": question, **material, "turn": turn}
    return Packed(
        Prompt(
            instructions=instructions,
            parts=(question, *material.values(), turn),
            max_tokens=mode.max_tokens,
            mode=mode.id,
            version=mode.hash,
        ),
        {part: tokens(text) for part, text in by_part.items()},
    )


def _sources(mode: Mode, view: View) -> Iterable[tuple[str, str]]:
    """Material by part, what stays the same in a session first, so that providers can keep it in their cache."""
    budget = mode.budget
    talk = transcript_of(view.state.messages, recent=budget.recent, earlier=budget.earlier)
    yield "resume", _of_resume(view.resume, budget.resume)
    yield "job", _of_job(view.job, budget.job)
    yield "conversation", talk or "nothing was said yet"
    yield "code", code_of(view, budget.code)
    yield "changes", changes_of(view, budget.changes)
    yield "runs", runs_of(view, budget.runs)
    yield "diagram", clipped("\n".join(diagram_lines(view.diagram)), budget.diagram)
    if view.diagram_before:
        redrawn = "\n".join(changes(view.diagram_before, view.diagram))
        yield "diagram_changes", clipped(redrawn, budget.diagram_changes)


def _facts(question: CodingQuestion) -> str:
    return "\n".join(f"- {fact.asks[0]} {fact.answer}" for fact in question.facts)


def _approaches(question: CodingQuestion) -> str:
    return "\n".join(
        f"- {one.title} ({_STANDING[one.standing]}): time {one.time[0]}, space {one.space[0]}. {one.remark}"
        for one in question.approaches
    )


def _turn(mode: Mode, view: View, planned: Said, permission: Permission, nonce: str) -> str:
    state = view.state
    segment = state.segment
    following = state.next_segment_id
    setup = state.setup
    titles = {one.id: f"{one.title}: {one.purpose}" for one in setup.segments} if setup else {}
    level = permission.hint
    due = planned.move.replace("_", " ")
    if planned.advance:
        due += "; the next part begins after your message in any case, so say that it does"
    return mode.turn.render(
        turn_stages=f"{segment.title} ({', '.join(segment.stages)})" if segment else "none",
        part_left=_left(view, state.slot.ends_at.timestamp() if state.slot else None),
        session_left=_left(view, state.deadline_at.timestamp() if state.deadline_at else None),
        next_part=_one_line(titles.get(following or "", "none, this is the last")),
        actions=permission.offered(),
        hint=f"if it helps, this and no more: {view.question.hints[level - 1]}" if level else "none",
        due=due,
        # It may quote the candidate.
        plain_words=fenced("plain words", planned.text, nonce),
    )


def _left(view: View, until: float | None) -> str:
    if until is None:
        return "unknown"
    return f"{max(0, round((until - view.now.timestamp()) / 60))} min"


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def next_rung(state: SessionState) -> int:
    """The rung of the ladder after the highest one given; 5 when all were."""
    spoken = (message.hint_level or 0 for message in state.messages if message.speaker == "interviewer")
    return max(state.hints_given, max(spoken, default=0)) + 1
