"""`mockloop grade`: marks answers, one JSON object a line, without a key and without a network.

Exit status: 0 when every line was marked, 1 when a line was bad, 2 on bad usage.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from pydantic import ValidationError

if TYPE_CHECKING:
    from mockloop.judging.answers.task import Grade

MARKED, BAD_LINES, BAD_USAGE = 0, 1, 2
LONGEST_LINE = 4_000_000
"""Characters of a line; the largest task that is allowed is smaller."""

_MOST_FAULTS = 3


def grade_answers(
    file: Annotated[Path | None, typer.Argument(help="JSON lines; standard input when left out, or -.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object a line instead of a table.")] = False,
) -> None:
    """Mark answers: a line in is {"id", "question", "answer", "reference"?, "criteria"?, "examples"?, "kind"?}."""
    try:
        with _opened(file) as lines:
            status = _mark_all(lines, as_json)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = MARKED
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        print(f"mockloop grade: {file or 'standard input'}: {reason}", file=sys.stderr)
        status = BAD_USAGE
    raise typer.Exit(status)


@contextmanager
def _opened(file: Path | None) -> Iterator[TextIO]:
    if file is None or str(file) == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig")  # type: ignore[union-attr]  # a text stream, not a test's double
        yield sys.stdin
    else:
        with file.open(encoding="utf-8-sig") as lines:
            yield lines


def _mark_all(lines: TextIO, as_json: bool) -> int:
    from mockloop.judging.answers.grade import grade
    from mockloop.judging.answers.task import Task

    status = MARKED
    number = 0
    header = not as_json
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith("\n"):
                line = lines.readline(LONGEST_LINE)
            status = _complain(number, f"longer than {LONGEST_LINE:,} characters")
        elif line.strip():
            try:
                result = grade(Task.model_validate_json(line))
            except ValidationError as error:
                status = _complain(number, _faults(error))
            else:
                _show(result, as_json, header=header)
                header = False
    return status


def _complain(number: int, fault: str) -> int:
    print(f"mockloop grade: line {number}: {fault}", file=sys.stderr)
    return BAD_LINES


def _faults(error: ValidationError) -> str:
    """What is wrong with a line, in words: where it stands and what should be there."""
    told = []
    for fault in error.errors(include_url=False)[:_MOST_FAULTS]:
        place = ".".join(str(part) for part in fault["loc"] if part not in ("str", "int"))
        if fault["type"] == "json_invalid":
            told.append(f"not JSON: {fault['ctx']['error']}")
        elif fault["type"] == "missing":
            told.append(f'"{place}" is missing')
        elif fault["type"] == "extra_forbidden":
            told.append(f'"{place}" is not known')
        else:
            told.append(f'"{place}": {fault["msg"]}' if place else fault["msg"])
    return "; ".join(told)


_ROW = "{:<24} {:>4} {:>6} {:>7}  {:<14} {}"


def _show(result: "Grade", as_json: bool, *, header: bool) -> None:
    if as_json:
        print(json.dumps(result.model_dump(mode="json"), ensure_ascii=False))
        return
    if header:
        print(_ROW.format("id", "of10", "mark", "sure", "band", "next step"))
    print(
        _ROW.format(
            str(result.id)[:24],
            result.mark10,
            f"{result.mark:.1f}",
            f"{result.confidence:.0%}",
            result.band.name,
            result.feedback.next_step,
        )
    )
