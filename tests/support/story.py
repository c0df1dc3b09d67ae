"""Tells a session as a list of entries: `started().says("…").hears_from(interviewer)`. Pure, with its own clock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from mockloop.bank.question import CodingQuestion, CompanyStyle
from mockloop.interviewer.built_in import BuiltInInterviewer
from mockloop.interviewer.port import Passed, Said, View
from mockloop.runner.contract import Language, RunOutcome, VerdictOutcome
from mockloop.sessions import events as e
from mockloop.sessions.formats import load_formats
from mockloop.sessions.schedule import entered, laid_out
from mockloop.sessions.state import SessionState, apply
from mockloop.sessions.timing import due_events, next_due_at
from tests.support.questions import company_style, pair_sum

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Story:
    """A session as it grows. Every method that adds something returns the story; `hears_from` returns the turn."""

    def __init__(
        self,
        question: CodingQuestion | None = None,
        style: CompanyStyle | None = None,
        *,
        format_id: str = "coding-30",
        seed: str = "0190-story",
        language: Language = "python",
    ) -> None:
        self.question = question or pair_sum()
        self.style = style or company_style()
        self.seed = seed
        self.now = BEGIN
        self.entries: list[e.Entry] = []
        self.state = SessionState()
        self._format = load_formats()[format_id]
        self._runs = 0
        self._brought: dict[str, str] = {}
        self.adds(
            e.SessionCreated(
                format_id=format_id,
                session_type=self._format.type,
                title=self._format.title,
                question_id=self.question.id,
                company_style=self.style.id,
                difficulty=self.question.difficulty,
                language=language,
                segments=self._format.segments,
            )
        )

    def adds(self, event: e.Event) -> Self:
        """One more entry, a second after the last."""
        self.now += timedelta(seconds=1)
        entry = e.Entry(seq=len(self.entries) + 1, at=self.now, event=event)
        self.entries.append(entry)
        self.state = apply(self.state, entry)
        return self

    def started(self) -> Self:
        schedule = laid_out(self._format.segments, self.now)
        return self.adds(e.SessionStarted(schedule=schedule, deadline_at=schedule[-1].ends_at))

    def says(self, text: str) -> Self:
        return self.adds(e.CandidateSaid(text=text))

    def asks_hint(self) -> Self:
        return self.adds(e.HintAsked())

    def asks_repeat(self) -> Self:
        return self.adds(e.RepeatAsked())

    def writes(
        self, source: str = "def pair_sum(numbers, target):\n    seen = {}\n", language: Language = "python"
    ) -> Self:
        """Types into the editor; nobody is called for that."""
        return self.adds(e.FileEdited(file="solution", language=language, text=source, base_seq=0))

    def goes_quiet(self) -> Self:
        return self.adds(e.CandidateWentQuiet(quiet_s=150))

    def runs_tests(
        self,
        *,
        failing: Sequence[str] = (),
        visible: VerdictOutcome = "passed",
        outcome: RunOutcome = "ok",
        message: str = "",
        line: int | None = None,
    ) -> Self:
        """Runs the tests: all pass, or hidden ones of the `failing` edges do not, or the first visible one."""
        run_id = self._asks_run("tests")
        tests = (
            e.TestRun(index=0, outcome=visible, wall_s=0.01, message=message),
            e.TestRun(index=1, outcome="passed", wall_s=0.01),
        )
        total = len(self.question.hidden_tests)
        self.adds(e.HiddenTestsRan(run_id=run_id, failed_edges=tuple(failing), passed_edges=()))
        return self.adds(
            e.CodeRan(
                run_id=run_id,
                kind="tests",
                outcome=outcome,
                message=message,
                line=line,
                tests=tests if outcome == "ok" else (),
                hidden_passed=total - len(failing) if outcome == "ok" else 0,
                hidden_total=total,
            )
        )

    def runs_own_input(self, outcome: RunOutcome = "ok", message: str = "") -> Self:
        run_id = self._asks_run("script")
        return self.adds(e.CodeRan(run_id=run_id, kind="script", outcome=outcome, message=message, stderr=message))

    def _asks_run(self, kind: e.RunKind) -> UUID:
        self._runs += 1
        run_id = UUID(int=self._runs)
        source = self.state.solutions["python"].text if "python" in self.state.solutions else ""
        self.adds(e.CodeRunAsked(run_id=run_id, kind=kind, language="python", source=source))
        return run_id

    def enters(self, segment_id: str, by: str = "candidate") -> Self:
        schedule = entered(self.state.schedule, segment_id, self.now)
        return self.adds(e.SegmentEntered.model_validate({"segment_id": segment_id, "by": by, "schedule": schedule}))

    def works_until(self, segment_id: str) -> Self:
        """Goes on to a part without anybody saying so, as if the interviewer had led there."""
        while self.state.segment_id != segment_id:
            ids = [slot.segment_id for slot in self.state.schedule]
            self.enters(ids[ids.index(str(self.state.segment_id)) + 1], by="interviewer")
        return self

    def passes(self, *, minutes: float = 0, seconds: float = 0, answers: BuiltInInterviewer | None = None) -> Self:
        """Time passes; what is due by the clock happens, and `answers` takes its turns meanwhile."""
        until = self.now + timedelta(minutes=minutes, seconds=seconds)
        while self.happens_by(until):
            if answers is not None and self.state.owes_turn:
                self.hears_from(answers)
        self.now = max(self.now, until)
        return self

    def happens_by(self, until: datetime) -> bool:
        """The next thing that the clock causes by `until` happens; False when there is none."""
        due = due_events(self.state, until)
        if not due:
            return False
        due_at = next_due_at(self.state)
        assert due_at is not None
        self.now = max(self.now, due_at - timedelta(seconds=1))
        self.adds(due[0])
        return True

    def left_in_part(self, seconds: float) -> Self:
        """Moves the clock, and nothing else, to `seconds` before the end of the present part."""
        assert self.state.slot is not None
        self.now = self.state.slot.ends_at - timedelta(seconds=seconds)
        return self

    def ends_soon(self) -> Self:
        assert self.state.slot is not None
        self.left_in_part(60)
        return self.adds(e.SegmentEnding(segment_id=self.state.slot.segment_id, ends_at=self.state.slot.ends_at))

    def brings(self, **texts: str) -> Self:
        """Has a `resume`, a `job` or a `diagram` beside the talk, as `View` names them."""
        self._brought |= texts
        return self

    @property
    def view(self) -> View:
        return View(self.seed, self.question, self.style, self.state, tuple(self.entries), self.now, **self._brought)

    def hears_from(self, interviewer: BuiltInInterviewer) -> Said | Passed:
        """One turn, logged as the conductor logs it."""
        outcome = interviewer.answer(self.view)
        self.logs(outcome)
        return outcome

    def logs(self, outcome: Said | Passed) -> Self:
        """What an interviewer made of its turn, as the conductor logs it."""
        answers_seq = self.state.last_seq
        if isinstance(outcome, Passed):
            return self.adds(e.InterviewerPassed(reason=outcome.reason, answers_seq=answers_seq))
        self.adds(
            e.InterviewerSaid(
                text=outcome.text,
                move=outcome.move,
                about=outcome.about,
                reason=outcome.reason,
                hint_level=outcome.hint_level,
                answers_seq=answers_seq,
                source=outcome.source,
            )
        )
        if outcome.advance:
            ids = [slot.segment_id for slot in self.state.schedule]
            self.enters(ids[ids.index(str(self.state.segment_id)) + 1], by="interviewer")
        return self

    def transcript(self) -> str:
        """The story as a dialogue, with the moves, for reading."""
        lines: list[str] = []
        for entry in self.entries:
            match entry.event:
                case e.InterviewerSaid() as said:
                    lines.append(f"I [{said.move} · {said.about}] {said.text}\n      -- {said.reason}")
                case e.InterviewerPassed() as passed:
                    lines.append(f"I (silent: {passed.reason})")
                case e.CandidateSaid() as said_by:
                    lines.append(f"C {said_by.text}")
                case e.CodeRan() as ran:
                    lines.append(f"* run {ran.kind} {ran.outcome} {ran.message} {ran.hidden_passed}/{ran.hidden_total}")
                case e.SegmentEntered() as part:
                    lines.append(f"== {part.segment_id} (by {part.by})")
                case (
                    e.HintAsked()
                    | e.RepeatAsked()
                    | e.RetryAsked()
                    | e.CandidateWentQuiet()
                    | e.SegmentEnding()
                    | e.FileEdited()
                ):
                    lines.append(f"* {entry.event.type}")
        return "\n".join(lines)
