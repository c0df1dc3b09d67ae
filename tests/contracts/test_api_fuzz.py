"""The API keeps what its document promises, whatever is sent: no 5xx, no undocumented status, bodies in their shape.

The requests come from schemathesis; half of those about a session are turned towards one that exists.
`FUZZ_EXAMPLES=500 pytest tests/contracts/test_api_fuzz.py` for more of them.
"""

import asyncio
import os
import random
import threading
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import allow_header_conformance, positive_data_acceptance

from mockloop.accounts.passwords import argon2id
from mockloop.app import create_app
from mockloop.db.engine import open_database
from mockloop.runner.scripted import ScriptedRunner
from mockloop.settings import Settings
from tests.support.candidate import PASSWORD
from tests.support.database import delete_rows

pytestmark = pytest.mark.timeout(400)

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
"""Generated requests for an operation, on top of those that schemathesis derives from the limits in the document."""

NOT_PROMISED = [
    # A schema cannot say that a username is taken, a password too common, or a question unknown.
    positive_data_acceptance,
    # The framework's 405 names the methods of one route, and a path has one route for each method.
    allow_header_conformance,
]

schema = schemathesis.openapi.from_dict(create_app(Settings()).openapi())


class Api:
    """The served app, and people with sessions in every state."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.ada = Person(url)
        self.bob = Person(url)
        self._ended = self.ada.new_session()
        self.ada.end(self._ended)
        self._theirs = self.bob.new_session()

    def some_session(self) -> str:
        """A session to try things on: one that runs, has not begun, is over, or is somebody else's."""
        return random.choice((self.ada.running, self.ada.unstarted, lambda: self._ended, lambda: self._theirs))()


class Person:
    """Somebody who is signed in, by token."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url)
        self.sign_up()

    def sign_up(self) -> None:
        body = {"username": f"user-{uuid4().hex[:12]}", "password": PASSWORD, "client": "program"}
        answer = self.http.post("/api/users/create", json=body)
        assert answer.status_code == 201, answer.text
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": self.http.headers["Authorization"]}

    def new_session(self) -> str:
        """A session that has not begun; one that was open is ended for it."""
        answer = self.http.post("/api/sessions", json={"question": "pair-within-budget"})
        if answer.status_code == 409:
            self.end(answer.json()["details"]["session_id"])
            answer = self.http.post("/api/sessions", json={"question": "pair-within-budget"})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def end(self, session_id: str) -> None:
        assert self.http.patch(f"/api/sessions/{session_id}/end").status_code == 200

    def unstarted(self) -> str:
        return self._open("created") or self.new_session()

    def running(self) -> str:
        session_id = self._open("in_progress") or self.new_session()
        assert self.http.patch(f"/api/sessions/{session_id}/start").status_code == 200
        return session_id

    def _open(self, status: str) -> str | None:
        newest = self.http.get("/api/sessions", params={"limit": 1}).json()["sessions"]
        return str(newest[0]["id"]) if newest and newest[0]["status"] == status else None


@pytest.fixture(scope="module")
def api(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The app on the real database, in a thread of its own: schemathesis waits for each answer."""
    wanted = Settings(data_dir=tmp_path_factory.mktemp("fuzz"), sessions_per_hour=100_000, runs_per_minute=100_000)
    fast_hasher = argon2id(passes=1, memory_kib=8, lanes=1)
    app = create_app(wanted, database_url, runner=ScriptedRunner(), hasher=fast_hasher)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, name="fuzzed server")
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield Api(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join()
        asyncio.run(_empty(database_url))


async def _empty(database_url: str) -> None:
    database = open_database(database_url)
    await delete_rows(database)
    await database.close()


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_documented(case: schemathesis.Case[Any], api: Api) -> None:
    if "session_id" in case.path_parameters and random.random() < 0.5:
        case.path_parameters["session_id"] = api.some_session()
    case.call_and_validate(base_url=api.url, headers=api.ada.headers, excluded_checks=NOT_PROMISED)
    if case.operation.path == "/api/users/logout":
        api.ada.sign_up()
