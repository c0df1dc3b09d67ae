"""Texts with typed, strict placeholders: `{{name}}` stands for an input that is declared and used."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

InputType = Literal["line", "text", "number"]

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_NAME = re.compile(r"[a-z][a-z_]*")
_BRACES = re.compile(r"\{\{|\}\}")


class BadMode(ValueError):
    """A mode's file cannot be used; the message says why."""


@dataclass(frozen=True)
class Template:
    """A text and the inputs that it uses."""

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


def template(text: str, inputs: Mapping[str, InputType], name: str) -> Template:
    """A template over some of these inputs. Raises `BadMode`, with the mode's name, for a faulty placeholder."""
    used = _PLACEHOLDER.findall(text)
    if _BRACES.search(_PLACEHOLDER.sub("", text)) or not all(_NAME.fullmatch(one) for one in used):
        raise BadMode(f"{name}: a placeholder is written {{{{name}}}}")
    unknown = sorted(set(used) - set(inputs))
    if unknown:
        raise BadMode(f"{name}: placeholders that no input declares: {', '.join(unknown)}")
    return Template(text, {one: inputs[one] for one in dict.fromkeys(used)})


def require_all_used(inputs: Iterable[str], templates: Iterable[Template], name: str) -> None:
    """Raise `BadMode` for an input that no template uses."""
    unused = set(inputs) - {used for one in templates for used in one.inputs}
    if unused:
        raise BadMode(f"{name}: inputs that are not used: {', '.join(sorted(unused))}")
