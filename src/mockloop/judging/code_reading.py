"""Reads code for what a reviewer would remark: size, names, repetition, leftovers. One list of findings per language.

Measures of functions come from lizard for all three languages; the rest from Python's own syntax tree (`python_code`)
or from tokens (`script_code`). Code is only read, never run, and may be hostile: whatever fails to parse gives none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import lizard

from mockloop.judging.findings import Finding
from mockloop.judging.python_code import read_python
from mockloop.judging.script_code import read_script
from mockloop.runner.contract import Language

_SUFFIX: dict[Language, str] = {"python": "a.py", "javascript": "a.js", "typescript": "a.ts"}
READ_LIMIT_CHARACTERS = 24_000
"""A solution is rarely a tenth of this; beyond it only the head is read, and the scorecard says so."""

_BRANCHES_FINE, _BRANCHES_HIGH = 10, 16
_LINES_FINE, _LINES_HIGH = 45, 80
_PARAMETERS_FINE = 5
_NESTING_FINE = 4
_DUPLICATE_LINES = 4


@dataclass(frozen=True)
class CodeReading:
    """What was found. `functions` and `longest` describe the code; `head_only` when it was too long to read whole."""

    findings: tuple[Finding, ...]
    functions: int
    most_branches: int
    longest: int
    head_only: bool = False


@lru_cache(maxsize=64)
def read_code(source: str, language: Language, entry_point: str) -> CodeReading:
    """Everything a reviewer would remark about this source."""
    head_only = len(source) > READ_LIMIT_CHARACTERS
    source = source[:READ_LIMIT_CHARACTERS]
    functions = _functions(source, language)
    findings = [finding for function in functions for finding in _of_function(function)]
    findings += _nesting(source, language)
    findings += _duplicates(source)
    findings += _long_lines(source)
    if language == "python":
        findings += read_python(source, entry_point)
    else:
        findings += read_script(source, language, entry_point)
    return CodeReading(
        findings=tuple(sorted(findings, key=lambda finding: (finding.line, finding.text))),
        functions=len(functions),
        most_branches=max((function.branches for function in functions), default=1),
        longest=max((function.lines for function in functions), default=0),
        head_only=head_only,
    )


@dataclass(frozen=True)
class _Function:
    name: str
    line: int
    branches: int
    lines: int
    parameters: int


def _functions(source: str, language: Language) -> list[_Function]:
    try:
        found = lizard.analyze_file.analyze_source_code(_SUFFIX[language], source).function_list
    except (RecursionError, ValueError, IndexError, AttributeError, KeyError, TypeError, StopIteration, RuntimeError):
        return []  # lizard was not made for hostile input
    return [
        _Function(
            name=str(function.name).rsplit("::", 1)[-1].rsplit(".", 1)[-1][:60],
            line=function.start_line,
            branches=function.cyclomatic_complexity,
            lines=function.nloc,
            parameters=function.parameter_count,
        )
        for function in found
    ]


def _of_function(function: _Function) -> list[Finding]:
    found = []
    where = f"`{function.name}`"
    if function.branches > _BRANCHES_FINE:
        cost = 0.6 if function.branches > _BRANCHES_HIGH else 0.3
        text = f"{where} has {function.branches} paths through it; {_BRANCHES_FINE} is what a reader can follow"
        found.append(Finding("complexity", cost, function.line, text))
    if function.lines > _LINES_FINE:
        cost = 0.5 if function.lines > _LINES_HIGH else 0.25
        text = f"{where} is {function.lines} lines long; parts of it want to be functions of their own"
        found.append(Finding("complexity", cost, function.line, text))
    if function.parameters > _PARAMETERS_FINE:
        text = f"{where} takes {function.parameters} parameters"
        found.append(Finding("complexity", 0.2, function.line, text))
    return found


def _nesting(source: str, language: Language) -> list[Finding]:
    deepest, line = _python_depth(source) if language == "python" else _brace_depth(source)
    if deepest <= _NESTING_FINE:
        return []
    text = f"blocks are nested {deepest} deep here; an early return or a function would flatten them"
    return [Finding("complexity", 0.3 if deepest <= 6 else 0.5, line, text)]


def _python_depth(source: str) -> tuple[int, int]:
    """The deepest indentation inside a function, by counting indentation levels; (levels, line)."""
    stack: list[int] = []
    deepest = (0, 1)
    for number, line in enumerate(source.split("\n"), 1):
        text = line.strip()
        if not text or text.startswith(("#", ")", "]", "}")):
            continue
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        while stack and stack[-1] >= indent:
            stack.pop()
        if re.match(r"(?:if|for|while|with|try|except|elif|else|match|case|async)\b", text):
            depth = len(stack) + 1
            stack.append(indent)
            deepest = max(deepest, (depth, number), key=lambda pair: pair[0])
    return deepest


def _brace_depth(source: str) -> tuple[int, int]:
    depth, deepest, line = 0, (0, 1), 1
    functions: list[bool] = []
    for match in re.finditer(r"\n|\{|\}|=>\s*\{|\bfunction\b|\bclass\b", source):
        sign = match.group()
        if sign == "\n":
            line += 1
        elif sign.endswith("{"):
            opens_block = bool(re.search(r"(?:\)|else|try|finally|do)\s*$", source[: match.start()][-40:]))
            functions.append(opens_block and sign == "{")
            depth += functions[-1]
            deepest = max(deepest, (depth - 1, line), key=lambda pair: pair[0])
        elif sign == "}" and functions:
            depth -= functions.pop()
    return deepest


def _duplicates(source: str) -> list[Finding]:
    """The first block of at least four telling lines that stands twice."""
    lines = [(number, re.sub(r"\s+", " ", line).strip()) for number, line in enumerate(source.split("\n"), 1)]
    telling = [
        (number, line) for number, line in lines if len(line) > 3 and not line.startswith(("#", "//", "*", "/*"))
    ]
    seen: dict[tuple[str, ...], int] = {}
    for i in range(len(telling) - _DUPLICATE_LINES + 1):
        block = tuple(line for _, line in telling[i : i + _DUPLICATE_LINES])
        number = telling[i][0]
        if block in seen and number - seen[block] >= _DUPLICATE_LINES:
            text = f"these lines repeat the ones from line {seen[block]} on; a function would hold them once"
            return [Finding("structure", 0.4, number, text)]
        seen.setdefault(block, number)
    return []


def _long_lines(source: str) -> list[Finding]:
    long = [number for number, line in enumerate(source.split("\n"), 1) if len(line.rstrip()) > 120]
    if not long:
        return []
    return [Finding("cleanliness", 0.1, long[0], f"{_lines(len(long))} longer than 120 characters")]


def _lines(count: int) -> str:
    return "a line is" if count == 1 else f"{count} lines are"


def by_criterion(findings: Sequence[Finding], criterion: str) -> list[Finding]:
    """The findings of one criterion, the costliest first."""
    return sorted((f for f in findings if f.criterion == criterion), key=lambda f: (-f.cost, f.line, f.text))
