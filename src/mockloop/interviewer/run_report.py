"""What a run of the candidate's code says, reduced to the one thing worth talking about."""

import re
from dataclasses import dataclass
from typing import Literal

from mockloop.sessions.events import CodeRan

TroubleKind = Literal["none", "compile_error", "crashed", "timed_out", "out_of_memory", "too_much_output", "refused",
                      "visible_failed", "hidden_failed"]  # fmt: skip

_ERROR_NAME = re.compile(r"\b([A-Z][A-Za-z]{2,30}(?:Error|Exception|Warning|Exit))\b")


@dataclass(frozen=True)
class Trouble:
    """`line` is the candidate's own, `error` the name of the exception, `test` the number of a visible test, from 1."""

    kind: TroubleKind
    line: int | None = None
    error: str = ""
    test: int | None = None
    edges: tuple[str, ...] = ()

    def same_as(self, other: "Trouble") -> bool:
        """Whether nothing has changed from a talker's point of view."""
        if self.kind != other.kind:
            return False
        if self.kind == "hidden_failed":
            return set(self.edges) == set(other.edges)
        return (self.error, self.test) == (other.error, other.test)


def trouble_of(run: CodeRan, failed_edges: tuple[str, ...]) -> Trouble:
    """The first thing that went wrong: the program itself, then a visible test, then those kept back."""
    if run.outcome != "ok":
        text = f"{run.message}\n{run.stderr[-2000:]}"
        return Trouble(run.outcome, run.line, _error_name(text))
    for test in run.tests:
        match test.outcome:
            case "passed" | "not_run":
                continue
            case "failed":
                return Trouble("visible_failed", test=test.index + 1)
            case outcome:
                return Trouble(outcome, run.line, _error_name(test.message), test.index + 1)
    if failed_edges or run.hidden_passed < run.hidden_total:
        return Trouble("hidden_failed", edges=failed_edges)
    return Trouble("none")


def _error_name(text: str) -> str:
    names = _ERROR_NAME.findall(text)
    return names[-1] if names else ""
