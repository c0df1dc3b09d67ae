"""Builds session logs for the judge's tests, minute by minute, and answers runs as a sandbox would."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from mockloop.bank.question import CodingQuestion
from mockloop.runner.contract import CallResult, Language, RunResult, Script, Solution
from mockloop.runner.scripted import ScriptedRunner
from mockloop.sessions import events as e
from mockloop.sessions.events import Entry, Move
from mockloop.sessions.formats import Segment

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Solve = Callable[..., Any]


class SessionLog:
    """A log that grows; `minute` is the time of the next entry, and moves on a little with each."""

    def __init__(self, question: CodingQuestion, language: Language = "python", length_min: float = 30) -> None:
        self.question = question
        self.language: Language = language
        self.entries: list[Entry] = []
        self.minute = 0.0
        segment = Segment(
            id="code", title="Code", purpose="Write it.", stages=("code",), minutes=30, min_minutes=1, max_minutes=60
        )
        self.add(
            e.SessionCreated(
                format_id="coding-30",
                session_type="coding",
                title="Coding interview",
                question_id=question.id,
                company_style="generic",
                difficulty=question.difficulty,
                language=language,
                segments=(segment,),
            )
        )
        deadline = START + timedelta(minutes=length_min)
        slot = e.Slot(segment_id="code", starts_at=START, ends_at=deadline)
        self.add(e.SessionStarted(schedule=(slot,), deadline_at=deadline))

    def add(self, event: e.Event) -> int:
        seq = len(self.entries) + 1
        self.entries.append(Entry(seq=seq, at=START + timedelta(minutes=self.minute), event=event))
        return seq

    def wait(self, minutes: float) -> "SessionLog":
        self.minute += minutes
        return self

    def says(self, text: str) -> int:
        self.wait(0.5)
        return self.add(e.CandidateSaid(text=text))

    def hears(self, text: str, move: Move = "acknowledge", about: str = "") -> int:
        return self.add(e.InterviewerSaid(text=text, move=move, about=about, answers_seq=len(self.entries)))

    def writes(self, text: str, language: Language | None = None) -> int:
        self.wait(2)
        return self.add(e.FileEdited(file="solution", language=language or self.language, text=text, base_seq=0))

    def switches(self, language: Language) -> int:
        self.language = language
        return self.add(e.LanguageChosen(language=language))

    def hint(self, level: int = 1) -> int:
        self.add(e.HintAsked())
        return self.add(
            e.InterviewerSaid(text=f"Hint {level}.", move="hint", hint_level=level, answers_seq=len(self.entries))
        )

    def runs_tests(self, source: str, visible: Sequence[bool], hidden: int = 0, hidden_total: int = 10) -> int:
        """A run of the tests, with which visible ones passed and how many hidden ones did."""
        self.wait(0.5)
        run_id = UUID(int=len(self.entries))
        self.add(e.CodeRunAsked(run_id=run_id, kind="tests", language=self.language, source=source))
        tests = tuple(
            e.TestRun(index=index, outcome="passed" if passed else "failed", wall_s=0.001)
            for index, passed in enumerate(visible)
        )
        return self.add(
            e.CodeRan(
                run_id=run_id, kind="tests", outcome="ok", tests=tests, hidden_passed=hidden, hidden_total=hidden_total
            )
        )

    def runs_script(self, source: str, stdin: str = "", outcome: Any = "ok", stdout: str = "1\n") -> int:
        self.wait(0.5)
        run_id = UUID(int=len(self.entries))
        self.add(e.CodeRunAsked(run_id=run_id, kind="script", language=self.language, source=source, stdin=stdin))
        return self.add(e.CodeRan(run_id=run_id, kind="script", outcome=outcome, stdout=stdout))

    def ends(self) -> list[Entry]:
        self.add(e.SessionCompleted())
        return self.entries


def answering(
    question: CodingQuestion,
    right: Callable[[int], bool] = lambda index: True,
    seconds: Callable[[int], float] = lambda size: 2e-6 * size,
    reference_seconds: Callable[[int], float] = lambda size: 2e-6 * size,
    load_error: Callable[[str], str] = lambda source: "",
) -> ScriptedRunner:
    """A runner in which test `index` (visible ones first) passes if `right`, and size n takes `seconds(n)`.

    The question's own reference takes `reference_seconds(n)`.
    `load_error` says why a source does not load, "" when it does.
    """
    tests = (*question.visible_tests, *question.hidden_tests)

    def answer(job: Script | Solution) -> RunResult:
        assert isinstance(job, Solution)
        error = load_error(job.source)
        if error:
            return RunResult(outcome="compile_error", message=error, line=1)
        if len(job.calls) == len(tests) and job.calls == tuple(tuple(test.args) for test in tests):
            calls = [
                CallResult(index=i, outcome="returned", value=test.expected if right(i) else "surely not", wall_s=0.001)
                for i, test in enumerate(tests)
            ]
        else:
            limit = job.limits_per_call_s or 10
            timed = reference_seconds if job.source in question.references.values() else seconds
            calls = [_timed(i, timed(_size(call)), limit) for i, call in enumerate(job.calls)]
        return RunResult(outcome="ok", calls=tuple(calls))

    return ScriptedRunner([answer])


def _timed(index: int, wall_s: float, limit_s: float) -> CallResult:
    outcome = "timed_out" if wall_s > limit_s else "returned"
    return CallResult(index=index, outcome=outcome, wall_s=min(wall_s, limit_s))


def _size(call: Sequence[Any]) -> int:
    """The length of the longest argument."""
    return max((len(argument) for argument in call if isinstance(argument, list | str)), default=1)
