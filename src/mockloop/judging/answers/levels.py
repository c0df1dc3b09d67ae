"""The level at which an answer speaks: own tasks (L4), across teams (L5A), for the organisation (L5B)."""

from typing import Literal

from mockloop.judging.answers.answer import Answer

Level = Literal["L4", "L5A", "L5B"]

_ORGANISATION, _TEAMS = 2, 2
"""Different signals of a level that must be heard before it is believed; one name dropped is none."""


def level_of(answer: Answer) -> Level:
    """The highest level with enough different signals in the answer."""
    if _signals(answer, "levels.L5B") >= _ORGANISATION:
        return "L5B"
    if _signals(answer, "levels.L5A") >= _TEAMS:
        return "L5A"
    return "L4"


def _signals(answer: Answer, name: str) -> int:
    words = answer.reading.words
    return len({tuple(words[i].stem for i in range(cue.first, cue.last + 1)) for cue in answer.cued(name)})
