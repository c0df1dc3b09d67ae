"""The turns of phrase of `cues.toml`, by which `reading` tells what a sentence is for."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Cue:
    """Found where `find` matches and `unless` does not."""

    find: re.Pattern[str]
    unless: re.Pattern[str] | None

    def in_(self, plain: str) -> bool:
        return bool(self.find.search(plain)) and not (self.unless and self.unless.search(plain))


@lru_cache(maxsize=1)
def load_cues() -> Mapping[str, Cue]:
    """All cues by name."""
    table = tomllib.loads((files("mockloop.interviewer") / "cues.toml").read_text("utf-8"))
    return {
        name: Cue(_any(cue["find"]), _any(cue["unless"]) if "unless" in cue else None) for name, cue in table.items()
    }


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
