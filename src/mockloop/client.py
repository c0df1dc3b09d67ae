"""A client of the public API for programs: HTTP, and a socket that resumes by itself.

Used by `mockloop practice`, the tests and the benches. Every command is kept until its entry is seen, and sent
again after a reconnect, so nothing said is lost or doubled.
"""

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

import httpx
import websockets
from pydantic import TypeAdapter
from websockets.asyncio.client import ClientConnection, connect

from mockloop.rooms import protocol as p
from mockloop.sessions.state import SessionState, apply

_NOTICE: TypeAdapter[p.Notice] = TypeAdapter(p.Notice)

RECONNECT_FIRST_S = 0.1
RECONNECT_MOST_S = 2.0


class ApiError(Exception):
    """The server refused a request: `status`, and the body's `code`, `message` and `details`."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{status} {body.get('code')}: {body.get('message')}")
        self.status = status
        self.code = str(body.get("code", ""))
        self.message = str(body.get("message", ""))
        self.details: dict[str, Any] = body.get("details") or {}


class Client:
    """One signed-in program. Use as an async context manager.

    `others`: further addresses of the same service, to go to when the present one does not answer.
    """

    def __init__(
        self, url: str, *, others: Sequence[str] = (), transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.url = url.rstrip("/")
        self._others = [other.rstrip("/") for other in others]
        self.token = ""
        self._refresh_token = ""
        self._refreshing = asyncio.Lock()
        self.http = httpx.AsyncClient(base_url=self.url, timeout=60, transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.aclose()

    def go_elsewhere(self) -> None:
        """Use the next address from now on, if there are several."""
        if self._others:
            self._others.append(self.url)
            self.url = self._others.pop(0)
            self.http.base_url = self.url

    async def request(self, method: str, path: str, json: object = None, **query: object) -> Any:
        """The JSON answer. Raises `ApiError`, and httpx's errors when the server cannot be reached."""
        params = {name: str(value) for name, value in query.items() if value is not None}
        used = self.token
        answer = await self._sent(method, path, json, params)
        if answer.status_code == 401 and used and await self.refresh(used):
            answer = await self._sent(method, path, json, params)
        if answer.status_code >= 400:
            try:
                body = answer.json()
            except ValueError:
                body = {"code": "unreadable", "message": answer.text[:200]}
            raise ApiError(answer.status_code, body)
        return answer.json() if answer.content else None

    async def _sent(self, method: str, path: str, json: object, params: dict[str, str]) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return await self.http.request(method, path, json=json, params=params, headers=headers)

    async def refresh(self, used: str) -> bool:
        """Trade the refresh token for fresh tokens, once for all who saw `used` refused; whether that worked."""
        async with self._refreshing:
            if self.token != used:
                return True
            if not self._refresh_token:
                return False
            body = {"refresh_token": self._refresh_token}
            answer = await self.http.post("/api/users/refresh", json=body)
            if answer.status_code != 200:
                return False
            self._keep(answer.json())
            return True

    async def sign_up(self, username: str, password: str) -> None:
        await self._signed_in("/api/users/create", username, password)

    async def log_in(self, username: str, password: str) -> None:
        await self._signed_in("/api/users/login", username, password)

    async def _signed_in(self, path: str, username: str, password: str) -> None:
        body = {"username": username, "password": password, "client": "program"}
        self._keep(await self.request("POST", path, body))

    def _keep(self, login: dict[str, Any]) -> None:
        self.token = login["access_token"]
        self._refresh_token = login.get("refresh_token") or self._refresh_token

    async def create_session(self, **wanted: Any) -> dict[str, Any]:
        """`POST /api/sessions`; the session with its problem."""
        created: dict[str, Any] = await self.request("POST", "/api/sessions", wanted)
        return created

    def live(self, session_id: UUID | str, *, after: int = 0) -> "LiveSession":
        """A live session to follow; use it as an async context manager."""
        return LiveSession(self, UUID(str(session_id)), after)


class LiveSession:
    """Follows one session and takes part in it, across any number of disconnects."""

    def __init__(self, client: Client, session_id: UUID, after: int) -> None:
        self.client = client
        self.session_id = session_id
        self.state = SessionState()
        self.entries: list[Any] = []
        self.typing = ""
        self.refusals: list[p.Refused] = []
        self.connections = 0
        self.watchers: list[Callable[[p.Notice], None]] = []
        self._after = after
        self._unseen: dict[UUID, str] = {}
        self._changed = asyncio.Condition()
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self.failed: BaseException | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._follow())
        await self.until(lambda: self.connections > 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def until(self, met: Callable[[], bool], timeout_s: float = 30) -> None:
        """Return when `met()` holds; it is asked after every notice. Raises `TimeoutError`, or why following failed."""
        async with asyncio.timeout(timeout_s), self._changed:
            while not met():
                if self.failed is not None:
                    raise self.failed
                await self._changed.wait()

    async def send(self, command: p.Command) -> UUID:
        """Send a command; it is sent again after a reconnect until its entry, or its refusal, is seen.

        After a refusal the same command may be sent again: it is carried out once.
        """
        self.refusals = [refused for refused in self.refusals if refused.client_id != command.client_id]
        frame = command.model_dump_json()
        self._unseen[command.client_id] = frame
        if self._socket is not None:
            with contextlib.suppress(websockets.ConnectionClosed):
                await self._socket.send(frame)
        return command.client_id

    async def perform(self, command: p.Command, timeout_s: float = 30) -> None:
        """Send a command and wait until it is saved. Raises `ApiError` when it is refused."""
        client_id = await self.send(command)
        await self.until(lambda: client_id not in self._unseen, timeout_s)
        for refused in self.refusals:
            if refused.client_id == client_id:
                raise ApiError(0, refused.model_dump())

    async def say(self, text: str) -> None:
        """Say something and wait until it is saved."""
        await self.perform(p.Say(client_id=uuid4(), text=text))

    @property
    def unsaved(self) -> int:
        """How many commands are not yet known to be saved."""
        return len(self._unseen)

    async def drop_connection(self) -> None:
        """Cut the socket, as a tunnel would; following goes on by itself."""
        if self._socket is not None:
            await self._socket.close()

    async def _follow(self) -> None:
        pause_s = RECONNECT_FIRST_S
        while True:
            try:
                async with connect(self._address(), max_size=None, open_timeout=10) as socket:
                    pause_s = RECONNECT_FIRST_S
                    await self._followed_by(socket)
            except websockets.ConnectionClosed as closed:
                if not await self._may_come_back(closed):
                    await self._fail(closed)
                    return
            except (OSError, websockets.WebSocketException, TimeoutError):
                self.client.go_elsewhere()
            except Exception as error:  # a log that does not fold, say: whoever waits must learn of it
                await self._fail(error)
                return
            self._socket = None
            await asyncio.sleep(pause_s * random.uniform(0.5, 1))
            pause_s = min(RECONNECT_MOST_S, pause_s * 2)

    async def _may_come_back(self, closed: websockets.ConnectionClosed) -> bool:
        """Whether to connect again: always, but for what will not change. A token that expired is refreshed."""
        code = closed.rcvd.code if closed.rcvd is not None else None
        if code == p.CLOSE_NOT_SIGNED_IN:
            try:
                return await self.client.refresh(self.client.token)
            except httpx.TransportError:  # gone again; the next attempt finds out
                return True
        return code != p.CLOSE_NOT_FOUND

    async def _followed_by(self, socket: ClientConnection) -> None:
        first = _NOTICE.validate_json(await socket.recv())
        await self._noted(first)
        self._socket = socket
        for frame in list(self._unseen.values()):
            await socket.send(frame)
        while True:
            await self._noted(_NOTICE.validate_json(await socket.recv()))

    async def _fail(self, error: BaseException) -> None:
        async with self._changed:
            self.failed = error
            self._changed.notify_all()

    def _address(self) -> str:
        root = self.client.url.replace("http", "ws", 1)
        after = self.state.last_seq or self._after
        return f"{root}/ws/{self.session_id}?after={after}&token={self.client.token}"

    async def _noted(self, notice: p.Notice) -> None:
        async with self._changed:
            match notice:
                case p.Welcome():
                    self.connections += 1
                    self.typing = ""
                case p.Happened():
                    self._take(notice)
                case p.Delta():
                    self.typing += notice.text
                case p.Reset():
                    self.typing = ""
                case p.Refused():
                    self.refusals.append(notice)
                    if notice.client_id is not None:
                        self._unseen.pop(notice.client_id, None)
            for watcher in self.watchers:
                watcher(notice)
            self._changed.notify_all()

    def _take(self, notice: p.Happened) -> None:
        for entry in notice.entries:
            if entry.client_id is not None:
                self._unseen.pop(entry.client_id, None)
            if entry.seq <= self.state.last_seq:
                continue
            self.state = apply(self.state, entry)
            self.entries.append(entry)
            if entry.event.type in ("InterviewerSaid", "InterviewerPassed"):
                self.typing = ""
