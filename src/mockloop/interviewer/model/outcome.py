"""From a model's words and its action to a turn. What was due decides; an action can only change it where it may."""

from dataclasses import replace

from mockloop.interviewer.model.actions import Action, Ask, End, Flag, Hint, MoveOn, Permission, action_of, parted
from mockloop.interviewer.model.guard import Release
from mockloop.interviewer.model.kept_back import KeptBack
from mockloop.interviewer.port import Said
from mockloop.sessions.events import Move

ASKING: frozenset[Move] = frozenset({"ask_approach", "ask_complexity", "challenge", "probe", "nudge", "redirect"})
"""Moves that ask something anyhow; `probe` stands for any other question."""


def said_by(provider: str, release: Release, planned: Said, permission: Permission, kept_back: KeptBack) -> Said:
    """The turn, once all words were released."""
    words, line = parted(release.received)
    action = action_of(line) if line else None
    dropped = bool(line) and (action is None or not permission.permits(action))
    if dropped:
        action = None
    if permission.hint and not isinstance(action, Hint) and kept_back.hint_in(words, above=permission.hint - 1):
        action = Hint(action="hint", level=permission.hint)  # it gave the hint and did not say so
    said = replace(planned, text=words.strip(), source=f"model:{provider}")
    note = "; an action was not allowed" if dropped else ""
    return replace(_with(said, action), reason=f"{said.reason}{_noted(action)}{note}")


def _with(said: Said, action: Action | None) -> Said:
    match action:
        case Hint(level=level):
            return replace(said, move="hint", hint_level=level, about=f"hint:{level}", advance=False)
        case MoveOn():
            return replace(said, move="move_on", advance=True)
        case End():
            return replace(said, move="wrap_up", about="close")
        case Ask() if said.move not in ASKING and not said.advance:
            return replace(said, move="probe")
    return said


def _noted(action: Action | None) -> str:
    match action:
        case Flag(reason=reason):
            return f"; flagged: {' '.join(reason.split())}" if reason else "; flagged"
        case None:
            return ""
    return f"; the model chose {action.action}"
