"""One try with one provider through pydantic-ai: streamed text, or typed output. Every failure becomes `Failed`.

Imports the vendors' libraries (seconds), so it is itself imported by the first call only: see `orchestrator`.
"""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import structlog
from pydantic_ai import Agent, ModelRetry, capture_run_messages
from pydantic_ai.direct import model_request_stream
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    UserPromptPart,
)
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage, RunUsage, UsageLimits

from mockloop.llm.blame import blame
from mockloop.llm.faults import Failed
from mockloop.llm.meter import Meter
from mockloop.llm.port import BadOutput, Resolve
from mockloop.llm.providers import PROTOCOLS, model_of, output_of
from mockloop.llm.wire import open_client

MOST_TEXT_BYTES = 200_000
"""Of one answer, in UTF-8; forty times the longest that is asked for."""
CORRECTIONS = 2
"""So often typed output is asked for again with what is wrong with it."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Calls:
    """The connections to all providers. Belongs to one event loop; `aclose` ends it."""

    def __init__(self, resolve: Resolve) -> None:
        """`resolve`: for the addresses of users' own providers."""
        self._http = open_client()
        # Of their own, so that no connection to an operator's provider is theirs because the address is the same.
        self._http_of_users = open_client(resolve)

    async def aclose(self) -> None:
        await self._http.aclose()
        await self._http_of_users.aclose()

    async def text(self, meter: Meter) -> AsyncGenerator[str, None]:
        """The answer, piece by piece, no piece empty. Raises `Failed` unless the provider says that it is whole."""
        with _failures(meter):
            model = self._model_of(meter)
            content = PROTOCOLS[meter.provider.protocol].content(meter.prompt.parts)
            told = ModelRequest(parts=[UserPromptPart(content)], instructions=meter.prompt.instructions)
            async with model_request_stream(model, [told], model_settings=_settings(meter), instrument=False) as answer:
                size = 0
                try:
                    async for event in answer:
                        piece = _text_of(event)
                        size += len(piece.encode("utf-8", "replace"))
                        if size > MOST_TEXT_BYTES:
                            raise Failed("too_long")
                        if piece:
                            meter.take(piece)
                            yield piece
                finally:
                    _charge(meter, answer.usage)
            _require_whole(answer.get())

    async def typed(self, meter: Meter, output: type[T], check: Callable[[T], None] | None) -> T:
        """An `output` that passes `check`, asked for again when it does not. Raises `Failed`."""
        spent = RunUsage()
        with _failures(meter), capture_run_messages() as messages:
            try:
                agent = Agent(
                    self._model_of(meter),
                    output_type=output_of(meter.provider, output),
                    instructions=meter.prompt.instructions,
                    retries=CORRECTIONS,
                    model_settings=_settings(meter),
                )
                if check is not None:
                    agent.output_validator(_corrected(check))
                content = PROTOCOLS[meter.provider.protocol].content(meter.prompt.parts)
                limits = UsageLimits(request_limit=CORRECTIONS + 1)
                result = await agent.run(content, usage=spent, usage_limits=limits)
                if _size_of(messages) > MOST_TEXT_BYTES:
                    raise Failed("too_long")
                return result.output
            except Failed:
                raise
            except Exception as error:
                raise blame(error, begun=False, messages=messages) from error
            finally:
                meter.charge(spent.input_tokens, spent.cache_read_tokens, spent.output_tokens, _written(messages))

    def _model_of(self, meter: Meter) -> Model:
        http = self._http_of_users if meter.provider.own else self._http
        return model_of(meter.provider, meter.role, http)


@contextmanager
def _failures(meter: Meter) -> Iterator[None]:
    """Whatever is raised inside leaves as `Failed`; cancellation and the end of a generator pass."""
    try:
        yield
    except Failed:
        raise
    except Exception as error:
        raise blame(error, begun=bool(meter.pieces)) from error


def _settings(meter: Meter) -> ModelSettings:
    spoken = PROTOCOLS[meter.provider.protocol].settings()
    return ModelSettings(**{**spoken, "max_tokens": meter.prompt.max_tokens})


def _text_of(event: object) -> str:
    match event:
        case PartStartEvent(part=TextPart(content=piece)) | PartDeltaEvent(delta=TextPartDelta(content_delta=piece)):
            return piece
    return ""


def _require_whole(response: ModelResponse) -> None:
    if response.finish_reason == "content_filter":
        raise Failed("refused")
    if not any(isinstance(part, TextPart) and part.content.strip() for part in response.parts):
        raise Failed("empty")
    # Where a provider gave no reason at all, pydantic-ai may put in "stop"; what was really sent is in the details.
    sent = (response.provider_details or {}).get("finish_reason")
    if sent is None or response.finish_reason not in ("stop", "length"):
        raise Failed("unfinished")


def _charge(meter: Meter, usage: RequestUsage) -> None:
    meter.charge(usage.input_tokens, usage.cache_read_tokens, usage.output_tokens, meter.text)


def _corrected(check: Callable[[T], None]) -> Callable[[T], T]:
    def validate(output: T) -> T:
        try:
            check(output)
        except BadOutput as bad:
            raise ModelRetry(bad.reason) from bad
        except Exception as error:
            log.exception("a check of typed output is itself wrong")
            raise Failed("invalid_output") from error
        return output

    return validate


def _written(messages: list[ModelMessage]) -> str:
    """What the model wrote in its last answer, arguments of tool calls included."""
    for message in reversed(messages):
        if isinstance(message, ModelResponse):
            return "".join(
                part.content if isinstance(part, TextPart) else str(getattr(part, "args", "") or "")
                for part in message.parts
            )
    return ""


def _size_of(messages: list[ModelMessage]) -> int:
    return len(_written(messages).encode("utf-8", "replace"))
