"""A candidate for journeys: the real socket, the real app, real Postgres; reads like a person's afternoon.

async with candidate_at(house) as ada:
    await ada.begins("pair-sum")
    await ada.says("Can the list be empty?")
    await ada.hears("empty")
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

import uvicorn
from fastapi import FastAPI

from mockloop.client import ApiError, Client, LiveSession
from mockloop.rooms import protocol as p
from mockloop.runner.contract import Language

PASSWORD = "a-long-quiet-river"


class Address(Protocol):
    """Whatever is served somewhere."""

    @property
    def url(self) -> str: ...


@dataclass
class House:
    """A served app: where it is, and the app itself."""

    url: str
    app: FastAPI
    server: uvicorn.Server


@asynccontextmanager
async def served(app: FastAPI, port: int = 0) -> AsyncIterator[House]:
    """The app on a real port, for as long as the block lasts."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        if task.done():
            task.result()
            raise RuntimeError("the server did not start")
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield House(f"http://127.0.0.1:{port}", app, server)
    finally:
        server.should_exit = True
        await task


class Candidate:
    """One person with one open session at a time."""

    def __init__(self, client: Client, name: str) -> None:
        self.client = client
        self.name = name
        self.session: dict[str, Any] = {}
        self._live: LiveSession | None = None

    @property
    def live(self) -> LiveSession:
        assert self._live is not None, "begin a session first"
        return self._live

    @property
    def session_id(self) -> str:
        return str(self.session["id"])

    async def sets_up(self, question: str | None = None, **wanted: Any) -> dict[str, Any]:
        """Create a session; its clock does not run yet."""
        self.session = await self.client.create_session(**{"question": question, **wanted})
        return self.session

    async def begins(self, question: str | None = None, **wanted: Any) -> None:
        """Create a session, start it, and follow it."""
        await self.sets_up(question, **wanted)
        await self.starts()

    async def starts(self) -> None:
        await self.client.request("PATCH", f"/api/sessions/{self.session_id}/start")
        await self.comes_in()

    async def comes_in(self) -> None:
        """Follow the session, as a fresh tab does."""
        self._live = self.client.live(self.session_id)
        await self._live.__aenter__()

    async def goes_away(self) -> None:
        """Close the laptop."""
        if self._live is not None:
            await self._live.__aexit__(None, None, None)
            self._live = None

    async def says(self, text: str) -> None:
        await self.live.say(text)

    async def asks_for_a_hint(self) -> None:
        await self.live.perform(p.AskHint(client_id=uuid4()))

    async def asks_to_repeat(self) -> None:
        await self.live.perform(p.AskRepeat(client_id=uuid4()))

    async def moves_on(self) -> None:
        await self.live.perform(p.EnterNextSegment(client_id=uuid4()))

    async def resizes(self, minutes: float) -> None:
        await self.live.perform(p.ResizeSegment(client_id=uuid4(), minutes=minutes))

    async def writes(self, text: str, language: Language = "python", *, force: bool = False) -> None:
        """Save the solution on top of what this candidate has seen."""
        present = self.live.state.solutions.get(language)
        edit = p.EditFile(
            client_id=uuid4(),
            file="solution",
            language=language,
            text=text,
            base_seq=present.seq if present else 0,
            force=force,
        )
        await self.live.perform(edit)

    async def notes(self, text: str) -> None:
        edit = p.EditFile(client_id=uuid4(), file="notes", text=text, base_seq=self.live.state.notes.seq)
        await self.live.perform(edit)

    async def runs(self, code: str, *, kind: str = "tests", language: str = "python", **rest: Any) -> dict[str, Any]:
        """Run code and wait for the report."""
        body = {"code": code, "kind": kind, "language": language, "client_id": str(uuid4()), **rest}
        report: dict[str, Any] = await self.client.request("POST", f"/api/sessions/{self.session_id}/code", body)
        return report

    async def ends(self) -> None:
        await self.client.request("PATCH", f"/api/sessions/{self.session_id}/end")

    async def hears(self, *words: str, timeout_s: float = 10) -> str:
        """Wait until the interviewer has said something with one of the words since the candidate's last act."""
        await self.is_answered(timeout_s)
        last = [m for m in self.live.state.messages if m.speaker == "interviewer"][-1]
        if words:
            assert any(word.casefold() in last.text.casefold() for word in words), (words, last.text)
        return last.text

    async def is_answered(self, timeout_s: float = 10) -> None:
        """Wait until the interviewer owes nothing."""
        await self.live.until(lambda: not self.live.state.owes_turn and self.live.state.answered_seq > 0, timeout_s)

    async def sees(self, status: str, timeout_s: float = 10) -> None:
        """Wait until the session has this status."""
        await self.live.until(lambda: self.live.state.status == status, timeout_s)

    async def reads_scorecard(self, timeout_s: float = 20) -> dict[str, Any]:
        """The scorecard, as soon as it stands."""
        async with asyncio.timeout(timeout_s):
            while True:
                try:
                    card = await self.client.request("GET", f"/api/sessions/{self.session_id}/feedback")
                except ApiError as error:
                    if error.code != "not_judged_yet":
                        raise
                    await asyncio.sleep(0.05)
                    continue
                assert isinstance(card, dict)
                return card


@asynccontextmanager
async def candidate_at(
    house: Address, name: str = "ada", *, sign_up: bool = True, others: Sequence[str] = ()
) -> AsyncIterator[Candidate]:
    """A signed-in person, at a house; `others` are addresses to go to when it does not answer."""
    async with Client(house.url, others=others) as client:
        await (client.sign_up if sign_up else client.log_in)(name, PASSWORD)
        person = Candidate(client, name)
        try:
            yield person
        finally:
            await person.goes_away()
