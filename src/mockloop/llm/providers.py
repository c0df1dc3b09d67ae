"""The protocols there are, and what each makes of a `Provider`. To add one: a file in `protocols` and a line here.

Imports both vendors' libraries (seconds), so it is itself imported by the first call only: see `orchestrator`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import httpx2
from pydantic_ai import NativeOutput, PromptedOutput, ToolOutput
from pydantic_ai.messages import UserContent
from pydantic_ai.models import Model
from pydantic_ai.output import OutputSpec
from pydantic_ai.settings import ModelSettings

from mockloop.llm.faults import Failed
from mockloop.llm.port import Provider, Role
from mockloop.llm.protocols import anthropic, openai

T = TypeVar("T")


@dataclass(frozen=True)
class Speech:
    """How one protocol is spoken."""

    model: Callable[[Provider, str, httpx2.AsyncClient], Model]
    """A model by its name. Nothing is sent."""
    settings: Callable[[], ModelSettings]
    """What is set beyond the limits that every call has."""
    content: Callable[[Sequence[str]], Sequence[UserContent]]
    """How the parts of a prompt are laid out."""


PROTOCOLS: dict[Literal["anthropic", "openai"], Speech] = {
    "anthropic": Speech(anthropic.model, anthropic.settings, anthropic.content),
    "openai": Speech(openai.model, openai.settings, openai.content),
}


def model_of(provider: Provider, role: Role, http: httpx2.AsyncClient) -> Model:
    """The model of `provider` for `role`. Raises `Failed` (bad_request) when it names none."""
    name = provider.models.get(role)
    if not name:
        raise Failed("bad_request")
    return PROTOCOLS[provider.protocol].model(provider, name, http)


def output_of(provider: Provider, output: type[T]) -> OutputSpec[T]:
    """How `provider` is asked for an `output`."""
    kinds: dict[str, Callable[[Any], OutputSpec[T]]] = {
        "tool": ToolOutput,
        "native": NativeOutput,
        "prompted": PromptedOutput,
    }
    return kinds[provider.structured](output)
