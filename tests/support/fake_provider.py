"""A provider of language models on 127.0.0.1 that speaks both protocols and has every fault one can ask for.

`async with fake_provider() as fake` in tests; `python -m tests.support.fake_provider --port 4010` by hand, with
`http://127.0.0.1:4010` for Anthropic's protocol and `http://127.0.0.1:4010/v1` for OpenAI's. The model's name chooses
what happens, see `FAULTS`; `once-<name>` does it to the first request only. `GET /journal` shows what was asked.

It writes to the socket itself: a connection that breaks off is nothing a web framework can be asked for.
"""

import argparse
import asyncio
import json
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any, cast

from pydantic import SecretStr

from mockloop.llm.port import Provider, Role
from tests.support.fake_exchange import Exchange, Gone, bound
from tests.support.fake_speech import Answer, Anthropic, Json, OpenAI, ProtocolName, Speech, example_of

STATUSES: dict[str, tuple[int, str, dict[str, str]]] = {
    "fault-400": (400, "bad", {}),
    "fault-400-long": (400, "long", {}),
    "fault-401": (401, "key", {}),
    "fault-404": (404, "unknown", {}),
    "fault-429": (429, "rate", {}),
    "fault-429-after": (429, "rate", {"retry-after": "30"}),
    "fault-429-soon": (429, "rate", {"retry-after": "1"}),
    "fault-429-quota": (429, "quota", {}),
    "fault-500": (500, "server", {}),
    "fault-529": (529, "busy", {}),
}
"""Answered before anything else happens."""

FAULTS: dict[str, str] = {name: f"answers {status}" for name, (status, _, _) in STATUSES.items()} | {
    "redirect": "sends the client, and its key, elsewhere",
    "malformed-body": "an answer that breaks off within its JSON, with a length that is right",
    "malformed-stream": "frames that hold no JSON; not streamed, as malformed-body",
    "foreign-body": "good JSON that has nothing to do with the protocol",
    "error-event": "an error inside the stream, before any text; not streamed, 529",
    "error-event-after-text": "the same after some text",
    "cut-connection": "the connection ends before the answer begins",
    "cut-before-text": "the connection ends after the headers",
    "cut-after-text": "the connection ends within the text",
    "no-finish": "the stream ends in good order, but nobody said that the answer is whole",
    "slow-first": "`slow_s` pass before the first text",
    "slow-tokens": "`slow_piece_s` pass before each word",
    "invalid-once": "values of wrong types, right when asked again",
    "invalid-always": "values of wrong types whenever asked",
    "wrong-schema": "typed output of another shape",
    "refusal": "the model will not answer, in the protocol's own way",
    "empty": "an answer of nothing",
    "huge": "more than 200 kB of text",
    "endless": "text without end",
    "endless-noise": "no text, and no end of what is around it",
    "compressed": "an answer that says it is compressed",
}
"""Names of models that do not do what they should. `ok` does, and so does every name that is not here."""

SPEECHES: dict[str, Speech] = {"/v1/messages": Anthropic(), "/v1/chat/completions": OpenAI()}
TEXT = "Thank you. What happens to that when the list is empty, and what does it cost when it is long?"
HUGE = 210_000


@dataclass
class Seen:
    """One request. Times by `time.monotonic`, which all processes of a machine share."""

    protocol: str
    model: str
    streamed: bool
    typed: bool
    key: str
    headers: dict[str, str]
    body: Json
    seen_s: float
    first_text_s: float | None = None
    """When the first text, or the whole answer, was handed to the socket."""
    fault: str = ""
    """What was done to it."""
    text: str = ""
    """What would be said if nothing were done to it."""
    ended_s: float | None = None
    """When nothing more was sent, whoever ended it."""


Reply = str | Json | Callable[[Json], str | Json]
"""Text, typed output, or what makes one from the body of a request."""


@dataclass
class FakeProvider:
    """What the server does, and what it has seen."""

    replies: dict[str, Reply] = field(default_factory=dict)
    """What the model of this name answers, instead of `TEXT` or an example of the schema."""
    weather: dict[str, Callable[[], str]] = field(default_factory=dict)
    """What chooses anew, for each request to the model of this name, what is done to it."""
    piece_s: float = 0.0
    slow_piece_s: float = 0.5
    slow_s: float = 30.0
    journal: list[Seen] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    """Requests to paths that neither protocol has."""
    busy: int = 0
    """Requests that are being answered."""
    connections: int = 0
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: "set[asyncio.Task[Any]]" = field(default_factory=set)

    def address(self, protocol: ProtocolName) -> str:
        """Where the server speaks `protocol`."""
        return f"http://127.0.0.1:{self.port}" + ("/v1" if protocol == "openai" else "")

    def provider(
        self, protocol: ProtocolName, model: str = "ok", *, name: str = "", key: str = "a key", **more: Any
    ) -> Provider:
        """A provider whose model for every role is `model` of this server."""
        models: dict[Role, str] = {"interviewer": model, "judge": model, "writer": model}
        return Provider(
            name=name or f"{protocol} {model}",
            protocol=protocol,
            api_key=SecretStr(key),
            base_url=self.address(protocol),
            models=models,
            **more,
        )

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request by request."""
        self._tasks.add(cast("asyncio.Task[Any]", asyncio.current_task()))
        self.connections += 1
        try:
            while True:
                await self._request(reader, writer)
        except (Gone, OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.connections -= 1
            self._tasks.discard(cast("asyncio.Task[Any]", asyncio.current_task()))
            writer.close()

    async def listen(self, at: socket.socket) -> None:
        """Take connections on a socket that is bound and not yet listened on."""
        self.port = at.getsockname()[1]
        self._server = await asyncio.start_server(self.serve, sock=at, backlog=512, limit=2**20)

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Every connection ends and none is taken meanwhile; the port stays ours."""
        await self.aclose()
        with bound(self.port) as kept:
            yield
            await self.listen(kept.dup())

    async def aclose(self) -> None:
        """End every connection, and take no more."""
        if self._server is not None:
            self._server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        exchange = Exchange(reader, writer)
        self.busy += 1
        try:
            if path == "/journal":
                if method == "DELETE":
                    self.journal.clear()
                return await exchange.json(200, {"requests": [asdict(seen) for seen in self.journal]})
            speech = SPEECHES.get(path.split("?")[0])
            if speech is None or method != "POST":
                self.strays.append(path)
                return await exchange.json(404, {"error": f"{path} is nothing that this server knows"})
            await self._answer(exchange, speech, headers, json.loads(body))
        finally:
            self.busy -= 1

    async def _answer(self, exchange: Exchange, speech: Speech, headers: dict[str, str], body: Json) -> None:
        schema, tool = _wanted(body)
        key = headers.get("x-api-key") or headers.get("authorization", "").removeprefix("Bearer ")
        seen = Seen(
            speech.name, body["model"], bool(body.get("stream")), schema is not None, key, headers, body,
            time.monotonic(),
        )  # fmt: skip
        self.journal.append(seen)
        fault = self.weather[body["model"]]() if body["model"] in self.weather else body["model"]
        if fault.startswith("once-"):
            first = sum(one.model == fault for one in self.journal) == 1
            fault = fault.removeprefix("once-") if first else "ok"
        answer = self._said(fault, body, schema, tool)
        seen.fault, seen.text = fault, answer.text
        try:
            await self._done_to(exchange, speech, fault, answer, seen)
        finally:
            seen.ended_s = time.monotonic()

    async def _done_to(self, exchange: Exchange, speech: Speech, fault: str, answer: Answer, seen: Seen) -> None:
        if fault in STATUSES:
            status, kind, more = STATUSES[fault]
            return await exchange.json(status, speech.error(status, kind), more)
        if fault == "redirect":
            return await exchange.json(307, {}, {"location": f"http://localhost:{self.port}/v1/elsewhere"})
        if fault == "cut-connection":
            raise Gone
        if seen.streamed:
            await self._stream(exchange, speech, fault, answer, seen)
        else:
            await self._whole(exchange, speech, fault, answer, seen)

    def _said(self, fault: str, body: Json, schema: Json | None, tool: str | None) -> Answer:
        """What the model says to this body, before anything is done to it."""
        if fault == "refusal":
            return Answer(finish="refusal")
        if fault == "empty":
            return Answer()
        reply = self.replies.get(body["model"])
        said = reply(body) if callable(reply) else reply
        if schema is None:
            text = said if isinstance(said, str) else json.dumps(said) if said is not None else TEXT
            return Answer("word " * (HUGE // 5) if fault == "huge" else text)
        value: Any = said if said is not None else example_of(schema)
        asked_again = len([m for m in body["messages"] if m["role"] != "system"]) > 1
        if fault == "invalid-always" or (fault == "invalid-once" and not asked_again):
            value = {name: {"not": "this"} for name in value} if isinstance(value, dict) else {"not": "this"}
        elif fault == "wrong-schema":
            value = {"unexpected": ["shape"]}
        elif fault == "huge":
            words = "word " * (HUGE // 5)
            fields = value if isinstance(value, dict) else {"text": value}
            value = {name: words if isinstance(each, str) else each for name, each in fields.items()}
        written = value if isinstance(value, str) else json.dumps(value)
        return Answer(tool=tool, arguments=written, finish="tool") if tool else Answer(written)

    async def _whole(self, exchange: Exchange, speech: Speech, fault: str, answer: Answer, seen: Seen) -> None:
        if fault.startswith("error-event"):
            return await exchange.json(529, speech.error(529, "busy"))
        whole = json.dumps(speech.whole(seen.model, answer)).encode()
        if fault in ("slow-first", "slow-tokens"):
            await exchange.pause(self.slow_s)
        if fault in ("malformed-body", "malformed-stream"):
            whole = whole[: len(whole) // 2]
        if fault == "foreign-body":
            whole = b'{"weather": "fine"}'
        more = {"content-encoding": "gzip"} if fault == "compressed" else {}
        seen.first_text_s = time.monotonic()
        if fault == "endless-noise":
            await exchange.head(200, {"content-type": "application/json"})
            while True:
                await exchange.write(b" " * 10_000)
        if fault in ("cut-before-text", "cut-after-text", "no-finish", "endless"):
            await exchange.head(200, {"content-type": "application/json", "content-length": str(len(whole))})
            await exchange.write(b"" if fault == "cut-before-text" else whole[: len(whole) // 2])
            raise Gone
        await exchange.send(200, whole, {"content-type": "application/json"} | more)

    async def _stream(self, exchange: Exchange, speech: Speech, fault: str, answer: Answer, seen: Seen) -> None:
        if fault in ("malformed-body", "foreign-body"):
            return await self._whole(exchange, speech, fault, answer, seen)
        more = {"content-encoding": "gzip"} if fault == "compressed" else {}
        await exchange.head(200, {"content-type": "text/event-stream", "transfer-encoding": "chunked"} | more)
        if fault == "cut-before-text":
            raise Gone
        await exchange.chunk(speech.opening(seen.model))
        if fault == "error-event":
            await exchange.chunk(speech.broken())
            return await exchange.end()
        if fault == "malformed-stream":
            await exchange.chunk(b"event: content_block_delta\ndata: {]\n\n" * 2)
            return await exchange.end()
        while fault == "endless-noise":
            await exchange.chunk(b": still here\n\n" * 1000)
        if fault == "slow-first":
            await exchange.pause(self.slow_s)
        seen.first_text_s = time.monotonic()
        if answer.text:
            await exchange.chunk(speech.head())
        await self._words(exchange, speech, fault, answer, seen)
        if answer.tool:
            await exchange.chunk(speech.call(seen.model, answer))
        if fault != "no-finish":
            await exchange.chunk(speech.closing(seen.model, answer))
        await exchange.end()

    async def _words(self, exchange: Exchange, speech: Speech, fault: str, answer: Answer, seen: Seen) -> None:
        words = answer.text.split(" ")
        size = len(words) // 50 if fault == "huge" else 1
        pieces = [" ".join(words[at : at + size]) for at in range(0, len(words), size)] if answer.text else []
        for number, piece in enumerate(pieces):
            pause_s = self.slow_piece_s if fault == "slow-tokens" else self.piece_s
            if number and pause_s:
                await exchange.pause(pause_s)
            await exchange.chunk(speech.piece(seen.model, piece if number == 0 else " " + piece))
            if number == len(pieces) // 2 and fault == "error-event-after-text":
                await exchange.chunk(speech.broken())
                await exchange.end()
                raise Gone
            if number == len(pieces) // 2 and fault == "cut-after-text":
                raise Gone
        while fault == "endless":
            await exchange.chunk(speech.piece(seen.model, " on and on" * 100))


def _wanted(body: Json) -> tuple[Json | None, str | None]:
    """The schema of typed output and the tool that takes it, in whichever way `body` asks for it."""
    for tool in body.get("tools") or ():
        about = tool.get("function", tool)
        return about.get("parameters") or about.get("input_schema"), about["name"]
    for holder in (
        body.get("response_format"),
        body.get("output_format"),
        (body.get("output_config") or {}).get("format"),
    ):
        schema = (holder or {}).get("schema") or ((holder or {}).get("json_schema") or {}).get("schema")
        if schema:
            return schema, None
    return _schema_in(json.dumps(body.get("system") or "") + json.dumps(body.get("messages"))), None


def _schema_in(text: str) -> Json | None:
    """The schema that is written into a prompt, where typed output is asked for in words."""
    text = text.replace('\\"', '"').replace("\\n", "\n")
    at = text.find('{"properties"')
    if at < 0:
        return None
    with suppress(ValueError):
        found, _ = json.JSONDecoder().raw_decode(text[at:])
        return cast(Json, found)
    return None


@asynccontextmanager
async def fake_provider(port: int = 0, **how: Any) -> AsyncIterator[FakeProvider]:
    """The server, on a free port if none is given, for as long as the block lasts. `how`: fields of `FakeProvider`."""
    fake = FakeProvider(**how)
    await fake.listen(bound(port))
    try:
        yield fake
    finally:
        await fake.aclose()


async def _serve_by_hand(port: int, piece_s: float) -> None:
    async with fake_provider(port, piece_s=piece_s) as fake:
        faults = "".join(f"  {name:<24}{what}\n" for name, what in FAULTS.items())
        sys.stdout.write(f"http://127.0.0.1:{fake.port}\n{faults}")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="A provider of language models with every fault one can ask for.")
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--piece-s", type=float, default=0.0, help="seconds before each word")
    given = asked.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve_by_hand(given.port, given.piece_s))
