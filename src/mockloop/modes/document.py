"""The text of a mode's file: a TOML head between `+++` lines, the instructions, and what is said at every call.

After the instructions, `+++ before` (not needed) begins what stands before the material, `+++ turn` what ends a prompt.
"""

import re
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel

from mockloop.modes.template import BadMode

Head = TypeVar("Head", bound=BaseModel)

_FILE = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n(.*?)\n(?:\+\+\+ before\n(.*?)\n)?\+\+\+ turn\n(.*)", re.DOTALL)


@dataclass(frozen=True)
class Document:
    """A mode's file, divided. `hash` is of the whole file and goes with every call."""

    name: str
    head: str
    instructions: str
    before: str
    turn: str
    hash: str

    def head_as(self, model: type[Head]) -> Head:
        """The head, checked against its model, whose `id` must be the file's name. Raises `BadMode`."""
        try:
            head = model.model_validate(tomllib.loads(self.head))
        except ValueError as error:
            raise BadMode(f"{self.name}: {error}") from error
        if getattr(head, "id", None) != self.name:
            raise BadMode(f"{self.name}: its id is another")
        return head


def text_of(package: str, name: str) -> str:
    """The text of `modes/<name>.md` in a package. Raises `BadMode` when it is not there."""
    try:
        return (files(package) / "modes" / f"{name}.md").read_text("utf-8")
    except FileNotFoundError as error:
        raise BadMode(f"{name}: {package} has no such mode") from error


def divided(text: str, name: str) -> Document:
    """The parts of a file's text. Raises `BadMode`."""
    found = _FILE.fullmatch(text)
    if found is None:
        raise BadMode(f"{name}: expected a head between +++ lines, instructions, and a line '+++ turn'")
    head, instructions, before, turn = (part or "" for part in found.groups())
    version = sha256(text.encode()).hexdigest()[:12]
    return Document(name, head, instructions.strip(), before.strip(), turn.strip(), version)
