"""Modes as files: what a model is told and what it may do, from `interviewer/modes/*.md`. Read by `context`.

A file is a TOML head between `+++` lines, the instructions, a line `+++ turn`, and the text that ends every prompt.
`{{name}}` stands for an input; every input is declared and used, and everything used is declared.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mockloop.interviewer.model.actions import ActionKind
from mockloop.sessions.formats import Stage

InputType = Literal["line", "text", "number"]

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_NAME = re.compile(r"[a-z][a-z_]*")
_BRACES = re.compile(r"\{\{|\}\}")


class BadMode(ValueError):
    """A mode's file cannot be used; the message says why."""


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
class Template:
    """A text with typed, strict placeholders."""

    text: str
    inputs: Mapping[str, InputType]

    def render(self, **values: str | int) -> str:
        """The text with every placeholder filled, once. Raises `BadMode` for a missing, unknown or ill-typed value."""
        wrong = set(values) ^ set(self.inputs)
        if wrong:
            raise BadMode(f"missing or unknown inputs: {', '.join(sorted(wrong))}")
        for name, kind in self.inputs.items():
            value = values[name]
            if isinstance(value, int) != (kind == "number"):
                raise BadMode(f"{name} must be a {kind}")
            if kind == "line" and "\n" in str(value):
                raise BadMode(f"{name} must be one line")
        return _PLACEHOLDER.sub(lambda found: str(values[found.group(1)]), self.text)


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
    return parse_mode((files("mockloop.interviewer") / "modes" / f"{name}.md").read_text("utf-8"), name)


def parse_mode(text: str, name: str) -> Mode:
    """The mode that a file's text means. Raises `BadMode`."""
    head_text, instructions, turn = _divided(text, name)
    try:
        head = _Head.model_validate(tomllib.loads(head_text))
    except ValueError as error:
        raise BadMode(f"{name}: {error}") from error
    if head.id != name:
        raise BadMode(f"{name}: its id says {head.id}")
    templates = [_template(part, head.inputs, name) for part in (instructions, turn)]
    unused = set(head.inputs) - {used for template in templates for used in template.inputs}
    if unused:
        raise BadMode(f"{name}: inputs that are not used: {', '.join(sorted(unused))}")
    return Mode(
        id=head.id,
        version=head.version,
        hash=sha256(text.encode()).hexdigest()[:12],
        words=head.words,
        most_words=head.most_words,
        max_tokens=head.max_tokens,
        stages=head.stages,
        budget=head.budget,
        instructions=templates[0],
        turn=templates[1],
    )


def _divided(text: str, name: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"\+\+\+\n(.*?)\n\+\+\+\n(.*?)\n\+\+\+ turn\n(.*)", text, re.DOTALL)
    if found is None:
        raise BadMode(f"{name}: expected a head between +++ lines, instructions, and a line '+++ turn'")
    return found.group(1), found.group(2).strip(), found.group(3).strip()


def _template(text: str, inputs: Mapping[str, InputType], name: str) -> Template:
    used = _PLACEHOLDER.findall(text)
    if _BRACES.search(_PLACEHOLDER.sub("", text)) or not all(_NAME.fullmatch(one) for one in used):
        raise BadMode(f"{name}: a placeholder is written {{{{name}}}}")
    unknown = sorted(set(used) - set(inputs))
    if unknown:
        raise BadMode(f"{name}: placeholders that no input declares: {', '.join(unknown)}")
    return Template(text, {one: inputs[one] for one in dict.fromkeys(used)})
