"""The candidate's code and runs as a model sees them. Of tests kept back, only how many failed."""

import difflib
from collections.abc import Sequence

from mockloop.interviewer.port import View
from mockloop.modes.fencing import clipped
from mockloop.runner.contract import Language
from mockloop.sessions import events as e
from mockloop.sessions.state import Run

_RUNS_SHOWN = 2
_TESTS_SHOWN = 3


def code_of(view: View, budget: int) -> str:
    """The file in the language that is chosen, within a budget (tokens)."""
    language = view.state.language
    file = view.state.solutions.get(language)
    if file is None:
        return f"{language}: nothing but the starter code yet"
    return f"{language}:\n{clipped(file.text, budget)}"


def changes_of(view: View, budget: int) -> str:
    """What changed in that file since the interviewer last spoke, as a unified diff; empty when nothing did."""
    language = view.state.language
    spoke = max((m.seq for m in view.state.messages if m.speaker == "interviewer"), default=0)
    before = _text_at(view.entries, language, spoke) or view.question.starter.get(language, "")
    file = view.state.solutions.get(language)
    if file is None or file.text == before:
        return ""
    diff = difflib.unified_diff(before.splitlines(), file.text.splitlines(), "before", "now", lineterm="", n=2)
    return clipped("\n".join(diff), budget)


def _text_at(entries: Sequence[e.Entry], language: Language, seq: int) -> str | None:
    for entry in reversed(entries):
        event = entry.event
        edited = isinstance(event, e.FileEdited) and event.file == "solution" and event.language in (language, None)
        if edited and entry.seq < seq:
            assert isinstance(event, e.FileEdited)
            return event.text
    return None


def runs_of(view: View, budget: int) -> str:
    """The latest runs that have a result, the last one last."""
    ended = [run for run in view.state.runs if run.result is not None]
    texts = [_run(run, run.result) for run in ended[-_RUNS_SHOWN:] if run.result is not None]
    older = len(ended) - len(texts)
    if older > 0:
        texts.insert(0, f"... {older} earlier runs left out")
    return clipped("\n".join(texts), budget, keep="end")


def _run(run: Run, result: e.CodeRan) -> str:
    lines = [f"{'tests' if run.kind == 'tests' else 'own input'}: {result.outcome}, {result.wall_s:.2f} s"]
    if result.message:
        lines.append(f"message: {clipped(result.message, 100)}" + (f" (line {result.line})" if result.line else ""))
    failed = [test for test in result.tests if test.outcome != "passed"]
    lines += [
        f"visible test {test.index + 1} {test.outcome}: {test.arguments} gave {test.actual or '-'}, "
        f"expected {test.expected} {test.message}".rstrip()
        for test in failed[:_TESTS_SHOWN]
    ]
    if len(failed) > _TESTS_SHOWN:
        lines.append(f"... {len(failed) - _TESTS_SHOWN} more failed visible tests left out")
    if run.kind == "tests" and result.hidden_total:
        lines.append(f"tests kept back: {result.hidden_passed} of {result.hidden_total} passed")
    for name, text in (("output", result.stdout), ("error output", result.stderr)):
        if text.strip():
            lines.append(f"{name}:\n{clipped(text, 150, keep='end')}")
    return "\n".join(lines)
