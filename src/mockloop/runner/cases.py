"""A file with tests, or one line of a batch, as a job: the shapes that `mockloop run` reads and writes.

A solution's file with tests is `{"entry_point", "compare"?, "tests": [{"args", "expected"}]}`; it may also name
`entry_kind`, `parameter_kinds`, `return_kind` and `limits_per_call_s`, and else they are guessed from the source.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mockloop.runner.contract import Language, Limits, RunResult, Script, Solution
from mockloop.runner.values import plain
from mockloop.runner.verdicts import UnknownComparator, Verdict, judge_calls, matches

Kind = Literal["plain", "list_node", "tree_node"]


class BadCases(ValueError):
    """The file or line is not what it should be; the text says where."""


class _Test(BaseModel):
    model_config = ConfigDict(extra="ignore")
    args: list[Any]
    expected: Any = None


class Cases(BaseModel):
    """What to call, and what should come back."""

    model_config = ConfigDict(extra="ignore")
    entry_point: str = Field(min_length=1, max_length=200)
    compare: str | dict[str, Any] = "exact"
    tolerance: float | None = Field(None, gt=0, description="for the comparator `float`")
    tests: list[_Test] = Field(min_length=1)
    entry_kind: Literal["function", "class"] | None = None
    parameter_kinds: list[Kind] | None = None
    return_kind: Kind = "plain"
    limits_per_call_s: float | None = None


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: Any = None
    language: Language
    source: str
    stdin: str = ""
    args: list[str] = []
    limits: dict[str, Any] = {}


@dataclass(frozen=True)
class Task:
    """A job with what is needed to judge it; `expected` is None for a script."""

    job: Script | Solution
    compare: str | dict[str, Any] = "exact"
    expected: list[Any] | None = None

    def judged(self, result: RunResult) -> list[Verdict]:
        return judge_calls(result, self.expected, self.compare) if self.expected is not None else []


def explain(error: ValidationError) -> str:
    """The first complaint of a validation, as `tests.0.args: Field required`."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])


def read_cases(value: Any) -> Cases:
    try:
        cases = Cases.model_validate(value)
        if cases.tolerance is not None and isinstance(cases.compare, str):
            cases.compare = {"kind": cases.compare, "tolerance": cases.tolerance}
        matches(None, None, cases.compare)
    except ValidationError as error:
        raise BadCases(explain(error)) from error
    except UnknownComparator as error:
        raise BadCases(f"compare: there is no comparator {error}") from error
    for at, test in enumerate(cases.tests):
        try:
            json.dumps(test.args, allow_nan=False)
        except ValueError as error:
            raise BadCases(f"tests.{at}.args: JSON has no NaN and no infinity") from error
        if _kind_of(cases.compare) == "any_of" and not isinstance(test.expected, list):
            raise BadCases(f"tests.{at}.expected: any_of asks for a list of acceptable values")
    return cases


def _kind_of(compare: str | dict[str, Any]) -> str:
    return compare.partition(":")[0] if isinstance(compare, str) else str(compare.get("kind"))


def solution_task(language: Language, source: str, cases: Cases, limits: Limits) -> Task:
    calls = tuple(tuple(test.args) for test in cases.tests)
    is_class = cases.entry_kind == "class" or (cases.entry_kind is None and _are_operations(cases))
    kinds = cases.parameter_kinds if cases.parameter_kinds is not None else _guess_kinds(source, cases)
    try:
        job = Solution(
            language=language,
            source=source,
            entry_point=cases.entry_point,
            entry_kind="class" if is_class else "function",
            calls=calls,
            parameter_kinds=() if is_class else tuple(kinds),
            return_kind=cases.return_kind,
            limits=limits,
            limits_per_call_s=cases.limits_per_call_s,
        )
    except ValidationError as error:
        raise BadCases(explain(error)) from error
    return Task(job, cases.compare, [test.expected for test in cases.tests])


def _are_operations(cases: Cases) -> bool:
    """Every test is `[[names], [argument lists]]`, and the first name is the class itself."""
    for test in cases.tests:
        if len(test.args) != 2 or not all(isinstance(part, list) for part in test.args):
            return False
        names, lists = test.args
        if not names or len(names) != len(lists) or names[0] != cases.entry_point:
            return False
        if not all(isinstance(name, str) for name in names) or not all(isinstance(one, list) for one in lists):
            return False
    return bool(cases.tests)


_TREE_NAME = re.compile(r"^(root|tree|node|p|q|sub_?root|sub_?tree)\d*$", re.IGNORECASE)
_LIST_NAME = re.compile(r"^(head|list|l|node|linked_?list)(_?[ab\d]+)?$", re.IGNORECASE)


def _guess_kinds(source: str, cases: Cases) -> list[Kind]:
    """Types in the signature tell; without them, under a comparator for structures, the usual parameter names do."""
    parameters = _parameters(source, cases.entry_point)
    compare = _kind_of(cases.compare)
    kinds: list[Kind] = []
    for at, parameter in enumerate(parameters):
        values = [test.args[at] for test in cases.tests if at < len(test.args)]
        name = re.split(r"[:=?\s]", parameter.strip(), maxsplit=1)[0].strip()
        kind: Kind = "plain"
        if all(value is None or isinstance(value, list) for value in values):
            if "TreeNode" in parameter or (compare in ("tree", "tree_node") and _TREE_NAME.match(name)):
                kind = "tree_node"
            elif "ListNode" in parameter or (compare in ("linked_list", "list_node") and _LIST_NAME.match(name)):
                kind = "list_node"
        kinds.append(kind)
    return kinds


def _parameters(source: str, entry_point: str) -> list[str]:
    """The parameters of the entry point as written, `self` left out; empty when no signature is found."""
    name = re.escape(entry_point)
    assigned = r"(?::[^=\n]*)?(?:=\s*(?:async\s*)?)?"
    found = re.search(rf"\b{name}\b\s*{assigned}\(", source)
    if found is None:
        return []
    depth, start, parts = 1, found.end(), []
    for at in range(found.end(), min(len(source), found.end() + 2000)):
        character = source[at]
        depth += (character in "([{<") - (character in ")]}>")
        if depth == 0 or (depth == 1 and character == ","):
            parts.append(source[start:at])
            start = at + 1
        if depth == 0:
            break
    return [part for part in parts if part.strip() and part.strip() != "self"]


def task_of_line(value: Any, usual: Limits) -> tuple[Any, Task]:
    """One line of a batch, already read as JSON: its id and the job, under the `usual` limits where it names none.

    Raises `BadCases`.
    """
    if not isinstance(value, Mapping):
        raise BadCases("a job is a JSON object")
    try:
        line = _Line.model_validate(value)
    except ValidationError as error:
        raise BadCases(explain(error)) from error
    try:
        limits = Limits(**{**usual.model_dump(), **line.limits})
    except ValidationError as error:
        raise BadCases(f"limits.{explain(error)}") from error
    if value.get("entry_point") is not None:
        return line.id, solution_task(line.language, line.source, read_cases(value), limits)
    script = Script(language=line.language, source=line.source, stdin=line.stdin, args=tuple(line.args), limits=limits)
    return line.id, Task(script)


def report(task: Task, result: RunResult) -> dict[str, Any]:
    """The one object that `mockloop run --json` prints."""
    shown = result.model_dump(include=set(_REPORTED))
    tests = [
        {
            "index": verdict.index,
            "outcome": verdict.outcome,
            "wall_s": verdict.wall_s,
            "actual": plain(verdict.actual),
            "message": verdict.message,
            "line": verdict.line,
        }
        for verdict in task.judged(result)
    ]
    return {**{name: shown[name] for name in _REPORTED}, "tests": tests}


def refused(message: str) -> dict[str, Any]:
    """What `report` gives, for what never became a job."""
    return report(Task(Script(language="python", source="")), RunResult(outcome="refused", message=message))


_REPORTED = (
    "outcome",
    "stdout",
    "stderr",
    "exit_code",
    "signal",
    "wall_s",
    "cpu_s",
    "memory_mb",
    "truncated",
    "message",
    "line",
)
