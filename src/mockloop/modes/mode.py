"""A mode that returns fields: what a model is told, what it sees and what it returns, read from one file.

The live interviewer, which speaks, has a head of its own: `interviewer.model.modes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mockloop.llm.port import Prompt, Role
from mockloop.modes.document import divided, text_of
from mockloop.modes.fencing import clipped, fenced, harmless, tokens
from mockloop.modes.returns import Returned, schema_of
from mockloop.modes.template import BadMode, InputType, Template, require_all_used, template


class Seen(BaseModel):
    """Material: text that somebody wrote, fenced as data. `budget` in tokens, at four characters a token."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    budget: int = Field(gt=0)
    keep: Literal["start", "end"] = "start"
    optional: bool = False


class _Head(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: int = Field(ge=1)
    role: Role
    max_tokens: int = Field(gt=0)
    inputs: dict[str, InputType]
    sees: dict[str, Seen]
    returns: dict[str, Returned] = Field(min_length=1)


@dataclass(frozen=True)
class Packed:
    """A prompt, and the estimate of its tokens by part."""

    prompt: Prompt
    tokens_by_part: Mapping[str, int]

    @property
    def estimate(self) -> int:
        return sum(self.tokens_by_part.values())


@dataclass(frozen=True)
class Mode:
    """One file. `hash` is of the whole file and goes with every call; `schema` is what the model must return."""

    id: str
    version: int
    hash: str
    role: Role
    max_tokens: int
    instructions: Template
    before: Template
    turn: Template
    sees: Mapping[str, Seen]
    returns: Mapping[str, Returned]
    schema: type[BaseModel]

    def packed(self, inputs: Mapping[str, str | int], material: Mapping[str, str], nonce: str) -> Packed:
        """The prompt: instructions, what stands before the material, the material in the file's order, the turn.

        Inputs lose whatever could pass for markup of the prompt: some of them are words of users too.

        Raises `BadMode` for inputs or material that the file does not declare, and for what is missing.
        """
        wrong = set(inputs) ^ {name for one in (self.instructions, self.before, self.turn) for name in one.inputs}
        unknown = set(material) - set(self.sees)
        missing = {name for name, seen in self.sees.items() if not seen.optional and not material.get(name)}
        if wrong | unknown | missing:
            raise BadMode(f"{self.id}: missing or unknown: {', '.join(sorted(wrong | unknown | missing))}")
        parts = {"instructions": _filled(self.instructions, inputs), "before": _filled(self.before, inputs)}
        for name, seen in self.sees.items():
            if text := material.get(name):
                parts[name] = fenced(seen.title, clipped(text, seen.budget, keep=seen.keep, line=None), nonce)
        parts["turn"] = _filled(self.turn, inputs)
        prompt = Prompt(
            instructions=parts["instructions"],
            parts=tuple(text for name, text in parts.items() if text and name != "instructions"),
            max_tokens=self.max_tokens,
            mode=self.id,
            version=self.hash,
        )
        return Packed(prompt, {name: tokens(text) for name, text in parts.items() if text})


def _filled(text: Template, inputs: Mapping[str, str | int]) -> str:
    values = {name: inputs[name] for name in text.inputs}
    return text.render(**{name: harmless(one) if isinstance(one, str) else one for name, one in values.items()})


@lru_cache(maxsize=64)
def load_mode(package: str, name: str) -> Mode:
    """The mode of this name in a package's folder `modes`. Raises `BadMode`."""
    return parse_mode(text_of(package, name), name)


def parse_mode(text: str, name: str) -> Mode:
    """The mode that a file's text means. Raises `BadMode`."""
    document = divided(text, name)
    head = document.head_as(_Head)
    instructions, before, turn = (
        template(part, head.inputs, name) for part in (document.instructions, document.before, document.turn)
    )
    require_all_used(head.inputs, (instructions, before, turn), name)
    if twice := sorted(set(head.inputs) & set(head.sees)):
        raise BadMode(f"{name}: both input and material: {', '.join(twice)}")
    known = set(head.inputs) | set(head.sees)
    for field, one in _all_returned(head.returns):
        if not known.issuperset(one.grounded_in) or one.quoted_from not in ("", *head.sees):
            raise BadMode(f"{name}: {field} is grounded in, or quoted from, what the mode does not know")
    return Mode(
        id=head.id,
        version=head.version,
        hash=document.hash,
        role=head.role,
        max_tokens=head.max_tokens,
        instructions=instructions,
        before=before,
        turn=turn,
        sees=head.sees,
        returns=head.returns,
        schema=schema_of(head.id, head.returns),
    )


def _all_returned(returned: Mapping[str, Returned]) -> list[tuple[str, Returned]]:
    found = list(returned.items())
    return [*found, *(pair for _, one in found for pair in _all_returned(one.fields))]
