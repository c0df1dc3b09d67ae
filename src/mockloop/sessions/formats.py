"""Formats as data: which segments, tools and questions a kind of session has. The folder of TOML files is the list."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mockloop.runner.contract import Language

Stage = Literal["clarify", "plan", "code", "review", "follow_up", "wrap_up"]
"""What a segment is for; the interviewer behaves accordingly."""


class Segment(BaseModel):
    """One timed part of a format. Its minutes may be set within min and max at the start; in the room, only the end
    of the session bounds them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    purpose: str
    stages: tuple[Stage, ...] = Field(min_length=1)
    minutes: float = Field(gt=0)
    min_minutes: float = Field(gt=0)
    max_minutes: float = Field(gt=0)

    @model_validator(mode="after")
    def _minutes_within(self) -> "Segment":
        if not self.min_minutes <= self.minutes <= self.max_minutes:
            raise ValueError(f"{self.id}: minutes must lie between min_minutes and max_minutes")
        return self


class Format(BaseModel):
    """A kind of session."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    type: Literal["coding", "drill"]
    title: str
    summary: str
    question_kind: Literal["coding"]
    tools: tuple[Literal["chat", "editor", "canvas"], ...]
    languages: tuple[Language, ...]
    segments: tuple[Segment, ...] = Field(min_length=1)

    @property
    def minutes(self) -> float:
        return sum(segment.minutes for segment in self.segments)


def load_formats() -> Mapping[str, Format]:
    """Read every format, by id. Raises `ValueError` naming the file that is wrong."""
    formats: dict[str, Format] = {}
    folder = files("mockloop.sessions") / "format_files"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            try:
                formats[name] = Format.model_validate({"id": name, **tomllib.loads(file.read_text("utf-8"))})
            except ValueError as wrong:
                raise ValueError(f"format {file.name}: {wrong}") from wrong
    return formats
