"""Carries out what candidates ask and what time demands, and gives the interviewer its turns.

Write, commit, publish, in that order. Nothing slow runs inside a transaction. A crash between any two steps leaves
a log that says what is owed (`state.owes_turn`, `timing.due_events`); `attend` goes on from there, on any instance.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.interviewer import port
from mockloop.jobs.queue import Jobs
from mockloop.judging.follow_ups import left_with
from mockloop.judging.opinions.service import request as request_opinions
from mockloop.rooms import protocol as p
from mockloop.rooms.answers import events_for, is_answer_to
from mockloop.rooms.errors import ClientIdReused, RoomBusy
from mockloop.rooms.hints import Hints
from mockloop.rooms.room import Room
from mockloop.rooms.rooms import Rooms
from mockloop.rooms.turns import events_of, foreseen_view_of, view_of
from mockloop.sessions import events as e
from mockloop.sessions.errors import LostRace, SessionAlreadyStarted, SessionOver
from mockloop.sessions.log import New
from mockloop.sessions.schedule import laid_out
from mockloop.sessions.state import SessionState, fold
from mockloop.sessions.tables import SessionRow
from mockloop.sessions.timing import due_events, next_due_at

APPEND_TRIES = 8
TURN_LEASE = timedelta(seconds=5)
"""After this long a turn that is owed is taken up by whichever instance's timer sees it first."""

LONGEST_UNSEEN = timedelta(minutes=10)

TURN_LIMIT_S = 120.0
"""An interviewer that has not finished a turn by then is given up; the turn stays owed and is begun anew."""

TURNS_IN_A_ROW = 20
"""More turns than this without a pause would be a loop between the interviewer and its own words."""

log = structlog.get_logger(__name__)


class TurnTooLong(Exception):
    """The interviewer did not finish its turn. Never reaches a client."""


class Conductor:
    """The one writer of logs on this instance."""

    def __init__(
        self,
        database: Database,
        rooms: Rooms,
        hints: Hints,
        interviewer: port.Interviewer,
        jobs: Jobs,
        clock: Clock,
    ) -> None:
        self._database = database
        self._hints = hints
        self._interviewer = interviewer
        self._foresight = interviewer if isinstance(interviewer, port.Foresighted) else None
        self._jobs = jobs
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._foreseeing: set[asyncio.Task[None]] = set()
        self.rooms = rooms

    async def perform(self, session_id: UUID, command: p.Command) -> Sequence[e.Entry]:
        """Carry out a candidate's command; the entries it led to, now or the first time it was sent.

        Raises the errors of `rooms.errors` and `sessions.errors`.
        """
        room = await self.rooms.open(session_id)
        entries = await self.append(
            room, lambda state: events_for(command, state, self._clock.now()), client_id=command.client_id
        )
        if entries and not is_answer_to(command, entries[0].event):
            raise ClientIdReused
        self.go_on(room)
        return entries

    async def append(
        self, room: Room, decide: Callable[[SessionState], list[e.Event]], *, client_id: UUID | None = None
    ) -> Sequence[e.Entry]:
        """Append what `decide` makes of the present state, commit, and show it to everyone. Decides anew if it lost.

        `client_id` goes with the first event. Raises what `decide` raises, `SessionOver`, `RoomBusy`.
        """
        async with room.lock:
            for _ in range(APPEND_TRIES):
                known = self._asked_before(room, client_id)
                if known:
                    return known
                events = decide(room.state)
                if not events:
                    return ()
                new = [New(event, client_id if i == 0 else None) for i, event in enumerate(events)]
                try:
                    entries = await self._write(room, new)
                except (LostRace, IntegrityError):
                    await self.rooms.catch_up(room)
                    continue
                self._publish(room, entries)
                return entries
        raise RoomBusy

    async def start(self, session_id: UUID) -> Room:
        """Let the clock run. Starting twice is harmless while the session runs. Raises `SessionOver`."""
        room = await self.rooms.open(session_id)
        async with room.lock:
            for _ in range(APPEND_TRIES):
                if room.state.ended:
                    raise SessionOver
                if room.state.status == "in_progress":
                    break
                try:
                    self._publish(room, await self._start(room))
                    break
                except LostRace:
                    await self.rooms.catch_up(room)
            else:
                raise SessionAlreadyStarted
        self.go_on(room)
        return room

    async def end(self, session_id: UUID) -> Room:
        """End it because the candidate asks. Ending twice is harmless."""
        room = await self.rooms.open(session_id)
        await self._finish(room, e.SessionCompleted())
        return room

    async def _start(self, room: Room) -> Sequence[e.Entry]:
        assert room.state.setup is not None
        schedule = laid_out(room.state.setup.segments, self._clock.now())
        event = e.SessionStarted(schedule=schedule, deadline_at=schedule[-1].ends_at)
        async with self._database.begin() as db:
            return await room.log.start(
                db,
                event,
                after=room.state.last_seq,
                deadline_at=event.deadline_at,
                look_at=self._clock.now() + TURN_LEASE,
            )

    async def _finish(self, room: Room, event: e.SessionCompleted | e.SessionExpired) -> None:
        """Append the end, and queue its judgement in the same transaction."""
        async with room.lock:
            for _ in range(APPEND_TRIES):
                if room.state.ended:
                    return
                begun = room.state.started_at is not None
                try:
                    async with self._database.begin() as db:
                        write = room.log.complete if isinstance(event, e.SessionCompleted) else room.log.expire
                        entries = await write(db, event, after=room.state.last_seq)
                        if begun:
                            await self._jobs.enqueue(db, "session.judge", session_id=room.session_id)
                except LostRace:
                    await self.rooms.catch_up(room)
                    continue
                except SessionOver:
                    # The candidate ends it in the second in which its time is up: then time has ended it.
                    event = e.SessionExpired()
                    continue
                self._publish(room, entries)
                return
        raise RoomBusy

    def go_on(self, room: Room) -> None:
        """Give the interviewer its turn in the background."""
        task = asyncio.create_task(self._take_turns_or_log(room))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def attend(self, session_id: UUID) -> None:
        """Do what time and crashes left to do in a session, then say when to look again. Called by the timers."""
        room = await self.rooms.open(session_id)
        await self.rooms.catch_up(room)
        try:
            await self._catch_up_with_time(room)
        except SessionOver:
            return  # the deadline has passed by the database's clock; `expire` is what the timers call for that
        # In the background: a slow interviewer must not keep the timers from other sessions. Whoever holds the turn
        # here looks for itself whether more is owed.
        if room.state.owes_turn and not room.turn_lock.locked():
            self.go_on(room)
        await self._look_again(room)

    def look_ahead(self) -> None:
        """Have the turns prepared that the clock will soon cause, where somebody is connected. Called by the timers."""
        if self._foresight is None:
            return
        for room in self.rooms:
            if room.state.ended and room.foreseen is not None:
                room.foreseen = None
                self._foresight.forget(str(room.session_id))
                continue
            view = None if room.empty else foreseen_view_of(room, self._clock.now())
            if view is not None and room.foreseen != view.state.segment_id:
                room.foreseen = view.state.segment_id
                task = asyncio.create_task(self._begin_part_or_log(self._foresight, room, view))
                self._foreseeing.add(task)
                task.add_done_callback(self._foreseeing.discard)

    async def _begin_part_or_log(self, foresight: port.Foresighted, room: Room, view: port.View) -> None:
        try:
            foresight.prepare(view)
            await self._clock.sleep((view.now - self._clock.now()).total_seconds())
            # In the very second and not at the timers' next look: at another instance nothing is prepared.
            if await self.append(room, lambda state: due_events(state, max(view.now, self._clock.now()))):
                self.go_on(room)
        except SessionOver:
            return
        except Exception:
            # The timers of any instance begin the part, and its turn finds words as always.
            log.exception("interviewer.not_prepared", session_id=str(room.session_id))

    async def _catch_up_with_time(self, room: Room) -> None:
        """Append what time has caused, one event after the other, because each may move the next."""

        def due(state: SessionState) -> list[e.Event]:
            return due_events(state, self._clock.now())

        for _ in range(TURNS_IN_A_ROW):
            if not await self.append(room, due):
                return

    async def expire(self, session_id: UUID) -> None:
        """End a session whose deadline has passed, started or not."""
        await self._finish(await self.rooms.open(session_id), e.SessionExpired())

    async def _look_again(self, room: Room) -> None:
        turn_at = self._clock.now() + TURN_LEASE if room.state.owes_turn else None
        moments = [at for at in (next_due_at(room.state), room.state.deadline_at, turn_at) if at is not None]
        if moments:
            async with self._database.begin() as db:
                await db.execute(
                    update(SessionRow)
                    .where(SessionRow.id == room.session_id, SessionRow.last_seq == room.state.last_seq)
                    .values(attention_at=min(moments))
                )

    async def _take_turns_or_log(self, room: Room) -> None:
        try:
            await self._take_turns(room)
        except Exception:
            # The turn stays owed in the log, and the timers come back to it within `TURN_LEASE`.
            log.exception("interviewer.turn_failed", session_id=str(room.session_id))

    async def _take_turns(self, room: Room) -> None:
        async with room.turn_lock:
            for _ in range(TURNS_IN_A_ROW):
                if not room.state.owes_turn:
                    return
                await self._take_turn(room)
        log.error("interviewer.loop", session_id=str(room.session_id))

    async def _take_turn(self, room: Room) -> None:
        """One turn, answering everything up to now. Nothing is held while the interviewer thinks."""
        view = view_of(room, self._clock.now())
        trigger, seen = room.state.trigger_seq, room.state.last_seq
        holding = asyncio.create_task(self._hold(room))
        try:
            final = await self._spoken(room, view, trigger)
            if final is None:
                raise TurnTooLong
        except BaseException:
            room.whisper(p.Reset(turn=trigger))  # no half words before the turn that comes instead
            raise
        finally:
            holding.cancel()

        def answer(state: SessionState) -> list[e.Event]:
            # Someone else has answered, or the candidate went on meanwhile: these words are stale.
            if state.ended or state.trigger_seq != trigger or state.answered_seq >= trigger:
                return []
            return events_of(final, state, seen=seen, segment_id=view.state.segment_id, now=self._clock.now())

        entries: Sequence[e.Entry] = ()
        try:
            entries = await self.append(room, answer)
        except SessionOver:
            pass
        finally:
            if not entries:  # not wanted any more, or they could not be saved and the turn begins anew
                room.whisper(p.Reset(turn=trigger))
        await self._have_answer_judged(room, entries)

    async def _have_answer_judged(self, room: Room, entries: Sequence[e.Entry]) -> None:
        """Ask for an opinion on the answer from which these words went on. If this is lost, the judge asks later."""
        if not entries or not left_with(room.entries, room.question, entries[0].seq):
            return
        try:
            async with self._database.begin() as db:
                await request_opinions(self._jobs, db, room.session_id)
        except Exception as error:
            log.warning("opinions.not_requested", session_id=str(room.session_id), error=type(error).__name__)

    async def _hold(self, room: Room) -> None:
        """While the interviewer speaks, keep the timers of all instances from taking the turn up a second time."""
        while True:
            await self._clock.sleep(TURN_LEASE.total_seconds() / 2)
            try:
                await self._look_again(room)
            except Exception as error:
                # Then another instance may speak too, and the log takes the words of the faster one.
                log.warning("interviewer.not_held", session_id=str(room.session_id), error=type(error).__name__)

    async def _spoken(self, room: Room, view: port.View, trigger: int) -> port.Said | port.Passed | None:
        """What the interviewer says, shown as it comes; None when it takes longer than `TURN_LIMIT_S`."""

        listening = asyncio.create_task(self._heard(room, view, trigger))
        limit = asyncio.create_task(self._clock.sleep(TURN_LIMIT_S))
        try:
            await asyncio.wait({listening, limit}, return_when=asyncio.FIRST_COMPLETED)
            return listening.result() if listening.done() else None
        finally:
            listening.cancel()
            limit.cancel()

    async def _heard(self, room: Room, view: port.View, trigger: int) -> port.Said | port.Passed:
        """The turn, once it is whole; or as soon as another instance has answered: then nobody needs the rest."""
        turn = self._interviewer.turn(view)
        try:
            async for piece in turn:
                if room.state.answered_seq >= trigger:
                    return port.Passed("answered: by another instance")
                match piece:
                    case port.Delta(text=text):
                        room.whisper(p.Delta(turn=trigger, text=text))
                    case port.Reset():
                        room.whisper(p.Reset(turn=trigger))
                    case port.Said() | port.Passed():
                        return piece
        finally:
            if isinstance(turn, AsyncGenerator):
                await turn.aclose()
        raise AssertionError("an interviewer's turn ends with Said or Passed")

    async def _write(self, room: Room, new: Sequence[New]) -> Sequence[e.Entry]:
        async with self._database.one_statement() as db:
            return await room.log.append(db, new, after=room.state.last_seq, look_at=self._look_at(room, new))

    def _look_at(self, room: Room, new: Sequence[New]) -> datetime:
        """When the timers have to look after these events, at the latest: soon when they call for a turn."""
        now = self._clock.now()
        following = fold(
            (
                e.Entry(seq=room.state.last_seq + 1 + i, at=now, client_id=n.client_id, event=n.event)
                for i, n in enumerate(new)
            ),
            room.state,
        )
        if following.owes_turn:
            return now + TURN_LEASE
        return next_due_at(following) or now + LONGEST_UNSEEN

    def _publish(self, room: Room, entries: Sequence[e.Entry]) -> None:
        room.take(entries)
        self._hints.tell(room.session_id, room.state.last_seq)

    @staticmethod
    def _asked_before(room: Room, client_id: UUID | None) -> Sequence[e.Entry]:
        if client_id is None:
            return ()
        return tuple(entry for entry in room.entries if entry.client_id == client_id)

    async def aclose(self) -> None:
        """Wait for the turns that are being taken; what does not finish is owed, and taken up by others."""
        for task in self._foreseeing:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
        await asyncio.gather(*self._foreseeing, return_exceptions=True)
        if self._foresight is not None:
            await self._foresight.aclose()
