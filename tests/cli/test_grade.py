"""`mockloop grade`: what goes in a line, what comes out of it, and what is said when a line is bad."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from mockloop.cli import app
from mockloop.cli.grade import LONGEST_LINE
from mockloop.judging.answers.grade import grade
from mockloop.judging.answers.task import Task
from tests.judging.answers.cases import NAMES, by_name

COMMAND = (sys.executable, "-m", "mockloop", "grade")
HEAP: dict[str, Any] = {
    "id": "heap",
    "question": "Why keep a heap of the end times?",
    "reference": "The smallest end time is on top, so one looks at it in constant time and frees that room first.",
    "answer": "Because the smallest end is always on top, so I see in constant time whether a room is free.",
}
STACK = {"id": 7, "question": "What is a stack?", "answer": "The last one in is the first one out, like plates."}


def lines(*tasks: dict[str, Any] | str) -> str:
    return "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in tasks)


def marked(text: str | bytes, *arguments: str) -> Result:
    """What the command says to this standard input."""
    return CliRunner().invoke(app, ["grade", *arguments], input=text)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_json_lines_have_the_documented_fields_and_the_judges_marks() -> None:
    result = marked(lines(HEAP, STACK), "--json")
    assert result.exit_code == 0
    assert not result.stderr
    first, second = objects(result)
    assert first == grade(Task.model_validate(HEAP)).model_dump(mode="json")
    assert (first["id"], second["id"]) == ("heap", 7)
    assert set(first) >= {"id", "mark", "mark10", "confidence", "criteria", "missing", "flags", "feedback"}
    assert set(first["criteria"][0]) >= {"id", "met", "quotes"}


def test_a_table_has_one_heading_and_a_row_an_answer() -> None:
    head, heap, stack = marked(lines(HEAP, STACK)).stdout.splitlines()
    assert head.split()[:3] == ["id", "of10", "mark"]
    mark = grade(Task.model_validate(HEAP))
    assert heap.split()[:3] == ["heap", str(mark.mark10), f"{mark.mark:.1f}"]
    assert stack.startswith("7 ")


def test_a_file_standard_input_and_a_dash_are_one(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(lines(HEAP), encoding="utf-8")
    plain = marked(lines(HEAP), "--json").stdout
    assert plain == marked(lines(HEAP), "--json", "-").stdout == marked("", "--json", str(file)).stdout


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ("not json", "not JSON"),
        ('{"question": "Q?"}', '"answer" is missing'),
        ('{"question": "Q?", "answer": "A", "rubric": 1}', '"rubric" is not known'),
        ('{"question": "Q?", "answer": 5}', '"answer"'),
        ('{"question": "Q?", "answer": "A", "kind": "poem"}', '"kind"'),
        ('{"question": "Q?", "answer": "A", "examples": [{"answer": "B", "mark": 101}]}', '"examples.0.mark"'),
        (
            '{"question": "Q?", "answer": "A", "criteria": [{"id": 1, "text": "x"}, {"id": 1, "text": "y"}]}',
            "two criteria have the same id",
        ),
        ("[]", "line 2: "),
        ("null", "line 2: "),
        ('{"question": "Q?", "answer": "' + "a" * 20_001 + '"}', '"answer"'),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_marked(bad: str, complaint: str) -> None:
    result = marked(lines(HEAP, bad, STACK), "--json")
    assert result.exit_code == 1
    assert [one["id"] for one in objects(result)] == ["heap", 7]
    said = result.stderr.splitlines()
    assert len(said) == 1
    assert said[0].startswith("mockloop grade: line 2: ")
    assert complaint in said[0]
    assert len(said[0]) < 500


def test_the_heading_stands_above_the_first_row_also_after_a_bad_line() -> None:
    result = marked(lines("not json", "", HEAP))
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["id", "heap"]


def test_a_line_that_is_too_long_is_skipped_as_one() -> None:
    result = marked(lines(HEAP, " " * (LONGEST_LINE + 10) + "{}", "{}", STACK), "--json")
    assert result.exit_code == 1
    assert [one["id"] for one in objects(result)] == ["heap", 7]
    numbers = [line.split(":")[1].strip() for line in result.stderr.splitlines()]
    assert numbers == ["line 2", "line 3"]


@pytest.mark.parametrize("nothing", ["", "\n", "\n  \n\n"])
def test_nothing_to_mark_is_no_fault(nothing: str) -> None:
    result = marked(nothing)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_lines_may_end_as_on_windows_and_the_last_one_not_at_all() -> None:
    assert len(objects(marked(lines(HEAP, STACK).replace("\n", "\r\n").rstrip(), "--json"))) == 2


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(lines(HEAP), encoding="utf-8-sig")
    for result in (marked("", "--json", str(file)), marked(file.read_bytes(), "--json")):
        assert objects(result)[0]["id"] == "heap"


def test_null_is_as_good_as_left_out() -> None:
    names = ("criteria", "needs", "wrong_claims", "examples", "follow_ups", "kind", "objection")
    nulls = {**HEAP, **dict.fromkeys(names)}
    assert objects(marked(lines(nulls), "--json")) == objects(marked(lines(HEAP), "--json"))
    assert objects(marked(lines({**STACK, "reference": None, "id": None}), "--json"))[0]["id"] == "answer"


def test_what_is_not_utf8_is_said(tmp_path: Path) -> None:
    file = tmp_path / "latin.jsonl"
    file.write_bytes('{"question": "Q?", "answer": "café"}\n'.encode("latin-1"))
    for result in (marked("", str(file)), marked(file.read_bytes())):
        assert result.exit_code == 2
        assert "no UTF-8" in result.stderr


@pytest.mark.parametrize("arguments", [("missing.jsonl",), (".",), ("--yaml",), ("a", "b")])
def test_bad_usage_is_status_two(arguments: tuple[str, ...]) -> None:
    result = marked("", *arguments)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_other_alphabets_come_out_as_they_went_in() -> None:
    task = {**HEAP, "id": "κουβάς 🪣", "answer": f"Ναι 🪣. {HEAP['answer']}"}
    result = marked(lines(task), "--json")
    assert result.exit_code == 0
    assert "κουβάς 🪣" in result.stdout
    quotes = [quote for one in objects(result)[0]["criteria"] for quote in one["quotes"]]
    assert quotes
    assert all(quote in task["answer"] for quote in quotes)


def test_it_needs_no_network_no_key_and_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in [name for name in os.environ if name.startswith("MOCKLOOP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MOCKLOOP_DATABASE_URL", "this is no address")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert marked(lines(HEAP), "--json").exit_code == 0


MEASURED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""
"""Starts a command and tells its largest memory. A process inherits the peak of the one that started it, so that one
must be small; the tests are not."""


def fresh(text: Path, out: Path, **environment: str) -> tuple[int, int]:
    """The exit status and the largest memory, in bytes, of a process of its own."""
    with text.open("rb") as source, out.open("wb") as sink:
        ran = subprocess.run(
            [sys.executable, "-S", "-c", MEASURED, *COMMAND, "--json"],
            stdin=source,
            stdout=sink,
            stderr=subprocess.PIPE,
            env={"PATH": os.defpath, **environment},
            check=True,
        )
    status, kilobytes = ran.stderr.split()
    return int(status), int(kilobytes) * 1024


def test_every_process_gives_the_same_marks_to_the_last_digit(tmp_path: Path) -> None:
    tasks = [by_name(name).task(by_name(name).data["answers"]["good"][0]) for name in NAMES]
    text = tmp_path / "in"
    text.write_text("".join(task.model_dump_json() + "\n" for task in tasks), encoding="utf-8")
    here = "".join(json.dumps(grade(task).model_dump(mode="json"), ensure_ascii=False) + "\n" for task in tasks)
    for seed in ("1", "77"):
        assert fresh(text, tmp_path / seed, PYTHONHASHSEED=seed)[0] == 0
        assert (tmp_path / seed).read_text(encoding="utf-8") == here


def test_two_thousand_lines_stream_in_little_memory(tmp_path: Path) -> None:
    """Each line is padded to 30 kB: whoever kept them all would hold 60 MB."""
    used = []
    for count in (20, 2000):
        text = tmp_path / f"in-{count}"
        with text.open("w", encoding="utf-8") as file:
            for number in range(count):
                task = {"id": number, "question": "What is a stack?", "answer": f"Plate {number} goes on top."}
                file.write(json.dumps(task) + " " * 30_000 + "\n")
        status, memory = fresh(text, tmp_path / f"out-{count}")
        assert status == 0
        answers = (tmp_path / f"out-{count}").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in answers] == list(range(count))
        used.append(memory)
    assert used[1] < used[0] + 25_000_000


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    text = tmp_path / "in"
    text.write_text(lines(STACK) * 300, encoding="utf-8")
    with text.open("rb") as source:
        child = subprocess.Popen([*COMMAND, "--json"], stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        complaint = child.stderr.read()
        child.stderr.close()
        assert (child.wait(), complaint) == (0, b"")
