"""Running a candidate's code in a session: asked (logged), run (in no transaction), answered (logged).

Hidden tests run with the visible ones; the candidate learns how many passed, the interviewer which edge cases failed.
"""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from mockloop.bank.calling import solution_of, verdicts_of
from mockloop.bank.question import CodingQuestion, TestCase
from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.db.orm import sql_now
from mockloop.rooms.answers import require_code_size, require_open, require_running
from mockloop.rooms.conductor import Conductor
from mockloop.rooms.errors import ClientIdReused, RunInterrupted, RunnerDown, TooManyRuns
from mockloop.rooms.place import Place
from mockloop.rooms.protocol import Queued
from mockloop.rooms.room import Room
from mockloop.runner.contract import Runner, RunnerUnavailable, RunResult, Script, Solution
from mockloop.runner.queue import QueueFull
from mockloop.runner.verdicts import Verdict
from mockloop.sessions import events as e
from mockloop.sessions.state import Run, SessionState
from mockloop.sessions.tables import EventRow, SessionRow

SHOWN_VALUE_CHARACTERS = 400
PER_CALL_S = 2.0
MINUTE = timedelta(minutes=1)


class Runs:
    """Runs code for rooms. One per instance."""

    def __init__(
        self, database: Database, conductor: Conductor, runner: Runner, clock: Clock, *, per_minute: int
    ) -> None:
        self._database = database
        self._conductor = conductor
        self._runner = runner
        self._clock = clock
        self._per_minute = per_minute
        self._under_way: dict[tuple[UUID, UUID], asyncio.Task[e.CodeRan]] = {}

    async def run(self, session_id: UUID, asked: e.CodeRunAsked) -> e.CodeRan:
        """Run code and log what came of it. The same `run_id` again gives the same result.

        Goes on when the caller goes away. Raises `TooManyRuns`, `RunnerDown`, `RunInterrupted`, `CodeTooLong`,
        `ClientIdReused` and what `require_open` raises.
        """
        require_code_size(asked.source)
        require_code_size(asked.stdin)
        key = (session_id, asked.run_id)  # ids come from clients: the same one in another session is another run
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._run(session_id, asked))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(task)

    async def _run(self, session_id: UUID, asked: e.CodeRunAsked) -> e.CodeRan:
        room = await self._conductor.rooms.open(session_id)
        earlier = _run_in(room.state, asked.run_id)
        if earlier is not None and earlier.result is not None:
            return earlier.result
        if earlier is not None:
            raise RunInterrupted
        await self._refuse_too_many(room)

        def ask(state: SessionState) -> list[e.Event]:
            require_open(state)
            # Again, and now under the room's lock: many requests at once have all seen the same count above.
            self._refuse_too_many_here(state)
            return [asked]

        entries = await self._conductor.append(room, ask, client_id=asked.run_id)
        first = entries[0].event
        if not isinstance(first, e.CodeRunAsked):
            raise ClientIdReused
        if first is not asked:
            raise RunInterrupted  # another instance has been asked too, and runs it; this one must not run it again
        try:
            with Place(lambda ahead: room.whisper(Queued(run_id=asked.run_id, ahead=ahead))) as place:
                events = await self._results(room, asked, place)
        except (RunnerUnavailable, QueueFull) as error:
            await self._conductor.append(room, lambda _: [e.RunLost(run_id=asked.run_id, reason="runner unavailable")])
            raise RunnerDown from error

        def report(state: SessionState) -> list[e.Event]:
            require_running(state)
            return events

        await self._conductor.append(room, report)
        self._conductor.go_on(room)
        result = events[-1]
        assert isinstance(result, e.CodeRan)
        return result

    async def _results(self, room: Room, asked: e.CodeRunAsked, place: Place) -> list[e.Event]:
        owner = str(room.user_id)
        if asked.kind == "script":
            job = Script(language=asked.language, source=asked.source, stdin=asked.stdin)
            with place.part() as position:
                return [_report(asked, await self._runner.run(job, owner=owner, position=position))]
        # Two runs, because what a solution prints on a hidden test would show the test.
        question = room.question

        async def run_on(tests: Sequence[TestCase]) -> RunResult:
            with place.part() as position:
                return await self._runner.run(_job(question, asked, tests), owner=owner, position=position)

        visible_run, hidden_run = await asyncio.gather(run_on(question.visible_tests), run_on(question.hidden_tests))
        # In a thread: what a program returns may be large, and others wait for this event loop.
        visible = await asyncio.to_thread(verdicts_of, question, question.visible_tests, visible_run)
        hidden = await asyncio.to_thread(verdicts_of, question, question.hidden_tests, hidden_run)
        report = _report(
            asked,
            visible_run,
            tests=tuple(_shown(test, verdict) for test, verdict in zip(question.visible_tests, visible, strict=True)),
            hidden_passed=sum(verdict.outcome == "passed" for verdict in hidden),
            hidden_total=len(hidden),
        )
        edges = e.HiddenTestsRan(
            run_id=asked.run_id,
            failed_edges=_edges(question.hidden_tests, hidden, passed=False),
            passed_edges=_edges(question.hidden_tests, hidden, passed=True),
        )
        return [edges, report]

    def _refuse_too_many_here(self, state: SessionState) -> None:
        since = self._clock.now() - MINUTE
        recent = [run.asked_at for run in state.runs if run.asked_at > since]
        if len(recent) >= self._per_minute:
            raise TooManyRuns(retry_after_s=int((recent[0] - since).total_seconds()) + 1)

    async def _refuse_too_many(self, room: Room) -> None:
        """Over all sessions of the user."""
        now = sql_now(self._clock)
        async with self._database.begin() as db:
            count, oldest, at = (
                await db.execute(
                    select(func.count(), func.min(EventRow.at), func.max(now))
                    .join(SessionRow, SessionRow.id == EventRow.session_id)
                    .where(
                        SessionRow.user_id == room.user_id,
                        SessionRow.status == "in_progress",
                        EventRow.type == "CodeRunAsked",
                        EventRow.at > now - MINUTE,
                    )
                )
            ).one()
        if count >= self._per_minute:
            raise TooManyRuns(retry_after_s=int((oldest + MINUTE - at).total_seconds()) + 1)


def _job(question: CodingQuestion, asked: e.CodeRunAsked, tests: Sequence[TestCase]) -> Solution:
    return solution_of(question, asked.language, asked.source, [test.args for test in tests], PER_CALL_S)


def _edges(tests: Sequence[TestCase], verdicts: Sequence[Verdict], *, passed: bool) -> tuple[str, ...]:
    found = (
        test.edge for test, verdict in zip(tests, verdicts, strict=True) if (verdict.outcome == "passed") is passed
    )
    return tuple(dict.fromkeys(found))


def _report(asked: e.CodeRunAsked, result: RunResult, **tests: Any) -> e.CodeRan:
    return e.CodeRan(
        run_id=asked.run_id,
        kind=asked.kind,
        **result.model_dump(exclude={"calls"}),
        **tests,
    )


def _shown(test: TestCase, verdict: Verdict) -> e.TestRun:
    return e.TestRun(
        index=verdict.index,
        outcome=verdict.outcome,
        wall_s=verdict.wall_s,
        arguments=_short(test.args),
        expected=_short(test.expected),
        actual="" if verdict.outcome not in ("passed", "failed") else _short(verdict.actual),
        message=verdict.message,
    )


def _short(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= SHOWN_VALUE_CHARACTERS else shown[:SHOWN_VALUE_CHARACTERS] + " …"


def _run_in(state: SessionState, run_id: UUID) -> Run | None:
    return next((run for run in state.runs if run.run_id == run_id), None)
