"""Every fault a provider can have, in both protocols, streamed and typed, over real HTTP and the real libraries.

For each: what the caller gets, that the next provider takes over, what was charged, and that nothing is left running.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any, get_args

import pytest
from pydantic import BaseModel, Field

from mockloop.llm.faults import Fault
from mockloop.llm.orchestrator import PATIENCE_S, RETRY_PAUSE_S, ModelCalls
from mockloop.llm.port import AllFailed, BadOutput, Done, Prompt, Restart, Text, Usage
from tests.support.fake_provider import FAULTS, TEXT, FakeProvider, fake_provider
from tests.support.fake_speech import CACHED_TOKENS, INPUT_TOKENS, ProtocolName
from tests.support.leftovers import running, until

PROTOCOLS: tuple[ProtocolName, ...] = ("anthropic", "openai")
PROMPT = Prompt("You interview people. " * 10, ("The question, which stays.", "What was said last."), max_tokens=300)
TOLD = sum(map(len, (PROMPT.instructions, *PROMPT.parts))) // 4
"""Tokens of the prompt as they are estimated where the provider gave no figures."""


class Grade(BaseModel):
    score: int = Field(ge=1, le=10)
    reason: str


@dataclass(frozen=True)
class Ends:
    """How a faulty provider ends: with which fault, after how many requests, having shown text or not."""

    fault: Fault
    requests: int = 1
    shown: bool = False


STREAMED: dict[str, Ends] = {
    "fault-400": Ends("bad_request"),
    "fault-400-long": Ends("too_long"),
    "fault-401": Ends("unauthorised"),
    "fault-404": Ends("bad_request"),
    "fault-429": Ends("rate_limited", 2),
    "fault-429-after": Ends("rate_limited"),
    "fault-429-soon": Ends("rate_limited", 2),
    "fault-429-quota": Ends("rate_limited"),
    "fault-500": Ends("server_error", 2),
    "fault-529": Ends("overloaded", 2),
    "redirect": Ends("malformed", 2),
    "malformed-body": Ends("malformed", 2),
    "malformed-stream": Ends("malformed", 2),
    "foreign-body": Ends("malformed", 2),
    "error-event": Ends("overloaded", 2),
    "error-event-after-text": Ends("overloaded", shown=True),
    "cut-connection": Ends("cut", 2),
    "cut-before-text": Ends("cut", 2),
    "cut-after-text": Ends("cut", shown=True),
    "no-finish": Ends("unfinished", shown=True),
    "slow-first": Ends("timed_out"),
    "slow-tokens": Ends("timed_out", shown=True),
    "refusal": Ends("refused"),
    "empty": Ends("empty"),
    "huge": Ends("too_long", shown=True),
    "endless": Ends("too_long", shown=True),
    "endless-noise": Ends("too_long"),
    "compressed": Ends("malformed", 2),
}
TYPED: dict[str, Ends] = STREAMED | {
    "error-event-after-text": Ends("overloaded", 2),
    "cut-after-text": Ends("cut", 2),
    "no-finish": Ends("cut", 2),
    "endless": Ends("cut", 2),
    "slow-tokens": Ends("timed_out"),
    "invalid-always": Ends("invalid_output", 3),
    "wrong-schema": Ends("invalid_output", 3),
    "empty": Ends("empty", 3),
    "huge": Ends("too_long"),
}
NEVER_BEGUN = {"fault-400", "fault-400-long", "fault-401", "fault-404", "fault-429", "fault-429-after", "fault-500"}
NEVER_BEGUN |= {"fault-429-soon", "fault-429-quota", "fault-529", "redirect", "cut-connection", "cut-before-text"}


@pytest.fixture(scope="module")
async def fake() -> AsyncIterator[FakeProvider]:
    async with fake_provider(slow_piece_s=0.1) as fake:
        yield fake


@pytest.fixture(scope="module")
async def models() -> AsyncIterator[ModelCalls]:
    models = ModelCalls(sleep=_no_time)
    await models.warm_up()
    yield models
    await models.aclose()


async def _no_time(seconds: float) -> None:
    """The pause before a retry, which is never long."""
    assert RETRY_PAUSE_S <= seconds <= PATIENCE_S


@pytest.fixture(autouse=True)
async def nothing_left(fake: FakeProvider) -> AsyncIterator[None]:
    """After every test: no request open on either side, and no task that was not there before."""
    fake.journal.clear()
    fake.replies.clear()
    before = running()
    yield
    await until(lambda: not fake.busy and not running() - before, lambda: f"{fake.busy} requests, {running() - before}")


def limits(fault: str, *, streamed: bool) -> dict[str, Any]:
    """A provider's limits in seconds: short where they are what is tested."""
    if streamed and fault == "slow-first":
        return {"first_text_s": 0.2, "turn_s": 25.0}
    return {"turn_s": {"slow-first": 0.3, "slow-tokens": 0.7}.get(fault, 10.0)}


async def read(models: ModelCalls, *providers: object) -> tuple[list[Text | Restart | Done], str, Usage]:
    """All items of a streamed turn, what is on the screen at its end, and what it cost."""
    items: list[Text | Restart | Done] = []
    screen = ""
    async for item in models.stream(providers, "interviewer", PROMPT):  # type: ignore[arg-type]
        items.append(item)
        screen = "" if isinstance(item, Restart) else screen + item.text if isinstance(item, Text) else screen
    last = items[-1]
    assert isinstance(last, Done)
    assert last.text == screen
    return items, screen, last.usage


async def test_the_tables_name_every_fault() -> None:
    only_typed = {"invalid-once", "invalid-always", "wrong-schema"}
    assert set(STREAMED) == set(FAULTS) - only_typed
    assert set(TYPED) == set(FAULTS) - {"invalid-once"}
    met = {ends.fault for ends in (*STREAMED.values(), *TYPED.values())}
    assert met == set(get_args(Fault)) - {"unreachable"}, "see test_nobody_there"


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_an_answer_streams(fake: FakeProvider, models: ModelCalls, protocol: ProtocolName) -> None:
    items, screen, usage = await read(models, fake.provider(protocol, name=f"{protocol} streams"))
    assert screen == TEXT
    assert len(items) == len(TEXT.split()) + 1, "word by word, as it came"
    assert (usage.input_tokens, usage.cached_tokens) == (INPUT_TOKENS, CACHED_TOKENS)
    assert usage.output_tokens == len(TEXT) // 4
    assert not usage.faults
    assert not usage.earlier
    assert usage.first_s is not None
    assert 0 < usage.first_s <= usage.total_s
    [seen] = fake.journal
    assert seen.key == "a key"
    assert seen.body.get("max_tokens") == PROMPT.max_tokens
    assert "The question, which stays." in json.dumps(seen.body)


@pytest.mark.parametrize("fault", STREAMED)
@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_the_next_provider_takes_over_a_stream(
    fake: FakeProvider, models: ModelCalls, protocol: ProtocolName, fault: str
) -> None:
    ends = STREAMED[fault]
    faulty = fake.provider(protocol, fault, name=f"{protocol} {fault} streamed", **limits(fault, streamed=True))
    other: ProtocolName = "openai" if protocol == "anthropic" else "anthropic"
    items, screen, usage = await read(models, faulty, fake.provider(other, name="the next"))
    assert screen == TEXT
    assert [item for item in items if isinstance(item, Restart)] == [Restart(faulty.name, ends.fault)]
    assert isinstance(items[0], Text) == ends.shown
    assert [seen.model for seen in fake.journal] == [fault] * ends.requests + ["ok"]
    assert not fake.strays
    assert usage.provider == "the next"
    assert usage.faults == (ends.fault,) * ends.requests
    assert usage.faults_before == ends.requests
    [earlier] = usage.earlier
    assert (earlier.provider, earlier.model, earlier.faults) == (faulty.name, fault, usage.faults)
    assert (earlier.first_s is not None) == ends.shown
    assert earlier.total_s < 10, "the first text has a limit of its own"
    if fault in NEVER_BEGUN:
        assert earlier.input_tokens == earlier.output_tokens == 0
    if ends.shown:
        assert earlier.input_tokens == (INPUT_TOKENS if protocol == "anthropic" else TOLD)
        shown = items[: items.index(Restart(faulty.name, ends.fault))]
        assert earlier.output_tokens >= sum(len(item.text) for item in shown if isinstance(item, Text)) // 4


@pytest.mark.parametrize("fault", TYPED)
@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_the_next_provider_takes_over_typed_output(
    fake: FakeProvider, models: ModelCalls, protocol: ProtocolName, fault: str
) -> None:
    ends = TYPED[fault]
    tries = 1 if ends.requests == 3 else ends.requests
    faulty = fake.provider(protocol, fault, name=f"{protocol} {fault} typed", **limits(fault, streamed=False))
    other: ProtocolName = "openai" if protocol == "anthropic" else "anthropic"
    grade, usage = await models.ask([faulty, fake.provider(other, name="the next")], "judge", PROMPT, Grade)
    assert grade == Grade(score=1, reason="an example")
    assert [seen.model for seen in fake.journal] == [fault] * ends.requests + ["ok"]
    assert usage.provider == "the next"
    assert usage.faults == (ends.fault,) * tries
    assert usage.faults_before == tries
    [earlier] = usage.earlier
    if fault in NEVER_BEGUN:
        assert earlier.input_tokens == earlier.output_tokens == 0
    if ends.requests == 3:
        assert earlier.input_tokens == 3 * INPUT_TOKENS, "every answer that came was charged"


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("fault", ["fault-429", "fault-500", "fault-529", "cut-connection", "malformed-body"])
async def test_a_fault_that_passes_is_not_seen(
    fake: FakeProvider, models: ModelCalls, protocol: ProtocolName, fault: str
) -> None:
    provider = fake.provider(protocol, f"once-{fault}")
    items, screen, usage = await read(models, provider)
    assert screen == TEXT
    assert not any(isinstance(item, Restart) for item in items)
    assert (usage.faults, usage.faults_before) == ((STREAMED[fault].fault,), 0)
    fake.journal.clear()
    _, usage = await models.ask([provider], "judge", PROMPT, Grade)
    assert usage.faults == (TYPED[fault].fault,)


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_output_is_asked_for_again_with_what_is_wrong(
    fake: FakeProvider, models: ModelCalls, protocol: ProtocolName
) -> None:
    grade, usage = await models.ask([fake.provider(protocol, "invalid-once")], "judge", PROMPT, Grade)
    assert grade.score == 1
    assert usage.faults == ()
    assert (len(fake.journal), usage.input_tokens) == (2, 2 * INPUT_TOKENS)
    assert "valid integer" in json.dumps(fake.journal[1].body)


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_check_of_ours_is_told_to_the_model(
    fake: FakeProvider, models: ModelCalls, protocol: ProtocolName
) -> None:
    scores = iter((2, 7))
    fake.replies["marker"] = lambda body: {"score": next(scores), "reason": "because"}

    def check(grade: Grade) -> None:
        if grade.score < 5:
            raise BadOutput("the quote is not in the answer")

    grade, _ = await models.ask([fake.provider(protocol, "marker")], "judge", PROMPT, Grade, check)
    assert grade.score == 7
    assert "the quote is not in the answer" in json.dumps(fake.journal[1].body)


async def test_a_check_that_is_itself_wrong_is_a_failed_call(fake: FakeProvider, models: ModelCalls) -> None:
    def check(grade: Grade) -> None:
        raise ZeroDivisionError

    with pytest.raises(AllFailed) as failed:
        await models.ask([fake.provider("openai", name="with a wrong check")], "judge", PROMPT, Grade, check)
    assert failed.value.faults == ("invalid_output",)


@pytest.mark.parametrize(
    ("protocol", "structured", "model"),
    [
        ("anthropic", "prompted", "ok"),
        ("anthropic", "native", "claude-opus-5"),
        ("openai", "prompted", "ok"),
        ("openai", "native", "ok"),
    ],
)
async def test_typed_output_in_other_ways(
    fake: FakeProvider, models: ModelCalls, protocol: ProtocolName, structured: str, model: str
) -> None:
    fake.replies[model] = {"score": 4, "reason": "named the cost"}
    provider = fake.provider(protocol, model, name=f"{protocol} {structured}", structured=structured)
    grade, usage = await models.ask([provider], "judge", PROMPT, Grade)
    assert grade == Grade(score=4, reason="named the cost")
    assert usage.faults == ()
    assert not fake.journal[0].body.get("tools")


async def test_a_way_that_the_model_does_not_know(fake: FakeProvider, models: ModelCalls) -> None:
    provider = fake.provider("anthropic", "an old model", name="native", structured="native")
    _, usage = await models.ask([provider, fake.provider("openai")], "judge", PROMPT, Grade)
    assert usage.faults == ("bad_request",)
    assert len(fake.journal) == 1, "nothing was sent to the first"


async def test_all_fail(fake: FakeProvider, models: ModelCalls) -> None:
    providers = [fake.provider("anthropic", "cut-after-text", name="a"), fake.provider("openai", "fault-400", name="b")]
    items: list[object] = []

    async def read_on() -> None:
        async for item in models.stream(providers, "interviewer", PROMPT):
            items.append(item)

    with pytest.raises(AllFailed) as failed:
        await read_on()
    assert items[-1] == Restart("a", "cut"), "the second showed nothing"
    assert failed.value.faults == ("cut", "bad_request")
    assert [usage.provider for usage in failed.value.usage] == ["a", "b"]
    assert failed.value.usage[0].output_tokens > 0
    with pytest.raises(AllFailed, match="no provider"):
        await models.ask([], "judge", PROMPT, Grade)


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_nobody_there(models: ModelCalls, fake: FakeProvider, protocol: ProtocolName) -> None:
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    nobody = FakeProvider(port=port).provider(protocol, name=f"nobody speaks {protocol}")
    _, screen, usage = await read(models, nobody, fake.provider(protocol))
    assert screen == TEXT
    assert usage.faults == ("unreachable", "unreachable")


async def test_a_provider_without_a_model_for_the_role(fake: FakeProvider, models: ModelCalls) -> None:
    judge_only = replace(fake.provider("openai", name="judge only"), models={"judge": "ok"})
    _, _, usage = await read(models, judge_only, fake.provider("openai"))
    assert usage.faults == ("bad_request",)


async def test_an_address_that_is_none(fake: FakeProvider, models: ModelCalls) -> None:
    for address in ("ftp://127.0.0.1/v1", "nothing", "http://[::1"):
        nowhere = replace(fake.provider("openai"), name=address, base_url=address)
        _, screen, usage = await read(models, nowhere, fake.provider("openai", name="the next"))
        assert screen == TEXT
        assert set(usage.faults) <= {"bad_request", "unreachable", "malformed"}


async def test_who_asks_to_wait_is_left_alone_for_so_long(fake: FakeProvider) -> None:
    now = [100.0]
    models = ModelCalls(now=lambda: now[0], sleep=_no_time)
    slow_down, other = fake.provider("anthropic", "fault-429-after", name="slow down"), fake.provider("openai")
    try:
        for at_s, asked in ((100.0, 1), (101.0, 0), (129.0, 0), (131.0, 1), (132.0, 0)):
            now[0] = at_s
            fake.journal.clear()
            _, usage = await models.ask([slow_down, other], "judge", PROMPT, Grade)
            assert (usage.faults, usage.faults_before) == (("rate_limited",), 1)
            assert [seen.model for seen in fake.journal] == ["fault-429-after"] * asked + ["ok"], at_s
    finally:
        await models.aclose()


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_reader_who_leaves_ends_the_request(
    fake: FakeProvider, models: ModelCalls, protocol: ProtocolName
) -> None:
    stream = models.stream([fake.provider(protocol, "slow-tokens", name="left")], "interviewer", PROMPT)
    assert isinstance(await anext(stream), Text)
    assert fake.busy == 1
    await stream.aclose()


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("typed", [False, True])
async def test_a_cancelled_call_ends_the_request(
    fake: FakeProvider, models: ModelCalls, protocol: ProtocolName, typed: bool
) -> None:
    provider = fake.provider(protocol, "slow-first", name="cancelled")
    call = models.ask([provider], "judge", PROMPT, Grade) if typed else read(models, provider)
    task = asyncio.ensure_future(call)
    await until(lambda: fake.busy == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_closing_closes_every_connection(fake: FakeProvider) -> None:
    before = fake.connections
    models = ModelCalls()
    await asyncio.gather(*(read(models, fake.provider(protocol)) for protocol in PROTOCOLS * 5))
    assert fake.connections > before, "kept for the next call"
    await models.aclose()
    await until(lambda: fake.connections == before)


async def test_no_key_of_anybody_else_is_sent(
    fake: FakeProvider, models: ModelCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The vendors' libraries look for keys and accounts in the environment; a local server must not get them."""
    for vendor in ("ANTHROPIC", "OPENAI"):
        for name in ("API_KEY", "AUTH_TOKEN", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
            monkeypatch.setenv(f"{vendor}_{name}", "somebody-elses")
        monkeypatch.setenv(f"{vendor}_CUSTOM_HEADERS", "X-Token: somebody-elses")
    for protocol in PROTOCOLS:
        keyless = replace(fake.provider(protocol, name="without a key"), api_key=None)
        await read(models, keyless)
        await read(models, fake.provider(protocol, key="mine", name="with a key"))
    assert [seen.key for seen in fake.journal] == ["none", "mine"] * 2
    assert "somebody-elses" not in json.dumps([seen.headers for seen in fake.journal])
    assert not any("cookie" in seen.headers for seen in fake.journal), "each answer had set one"
    assert "a key" not in repr(fake.provider("openai", name="x"))
