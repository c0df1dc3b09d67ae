"""The live interviewer's mode: what a model may do at each stage, read from `interviewer/modes/*.md`.

How such a file is written: `mockloop.modes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from mockloop.interviewer.model.actions import ActionKind
from mockloop.modes.document import divided, text_of
from mockloop.modes.template import InputType, Template, require_all_used, template
from mockloop.sessions.formats import Stage


class Allowance(BaseModel):
    """What is allowed at a stage. `hints`: the highest rung of the ladder that the model may give there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    may: frozenset[ActionKind]
    hints: int = Field(ge=0, le=4)


class Budget(BaseModel):
    """The most tokens of each part of the context, at four characters a token."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statement: int = Field(gt=0)
    facts: int = Field(gt=0)
    approaches: int = Field(gt=0)
    earlier: int = Field(gt=0, description="older messages, each in a line")
    recent: int = Field(gt=0, description="the latest messages, whole")
    code: int = Field(gt=0)
    changes: int = Field(gt=0)
    runs: int = Field(gt=0)
    resume: int = Field(gt=0, description="facts of the résumé")
    job: int = Field(gt=0, description="facts of the job description")
    diagram: int = Field(gt=0)
    diagram_changes: int = Field(gt=0)


class _Head(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: int = Field(ge=1)
    words: int = Field(gt=0, description="told to the model")
    most_words: int = Field(gt=0, description="more than this is not shown")
    max_tokens: int = Field(gt=0)
    inputs: dict[str, InputType]
    stages: dict[Stage, Allowance]
    budget: Budget


@dataclass(frozen=True)
class Mode:
    """One file. `hash` is of the whole file and goes with every call."""

    id: str
    version: int
    hash: str
    words: int
    most_words: int
    max_tokens: int
    stages: Mapping[Stage, Allowance]
    budget: Budget
    instructions: Template
    turn: Template

    def allowance(self, stages: tuple[Stage, ...]) -> Allowance:
        """What a segment with these stages allows: whatever one of them does."""
        here = [self.stages[stage] for stage in stages if stage in self.stages]
        may: frozenset[ActionKind] = frozenset(kind for one in here for kind in one.may)
        return Allowance(may=may, hints=max((one.hints for one in here), default=0))


@lru_cache(maxsize=8)
def load_mode(name: str) -> Mode:
    """The mode of this name. Raises `BadMode`."""
    return parse_mode(text_of("mockloop.interviewer", name), name)


def parse_mode(text: str, name: str) -> Mode:
    """The mode that a file's text means. Raises `BadMode`."""
    document = divided(text, name)
    head = document.head_as(_Head)
    instructions = template(document.instructions, head.inputs, name)
    turn = template(document.turn, head.inputs, name)
    require_all_used(head.inputs, (instructions, turn), name)
    return Mode(
        id=head.id,
        version=head.version,
        hash=document.hash,
        words=head.words,
        most_words=head.most_words,
        max_tokens=head.max_tokens,
        stages=head.stages,
        budget=head.budget,
        instructions=instructions,
        turn=turn,
    )
