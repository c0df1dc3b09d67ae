"""What the layer of models alone adds to a model's own time, without the rest of the server."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.history import Figures, spread
from bench.llm.provider import PROTOCOLS, journal, provider_process
from mockloop.llm.orchestrator import ModelCalls
from mockloop.llm.port import Done, Prompt, Text
from tests.support.fake_provider import FakeProvider
from tests.support.fake_speech import ProtocolName

WORD_S = 0.02
"""Between two words of the provider, as a quick model has it."""
PROMPT = Prompt("You interview people. " * 300, ("The question. " * 200, "What was said. " * 200, "The code. " * 200))
"""About 4,000 tokens."""


@dataclass
class Turn:
    """One streamed turn. Seconds of the monotonic clock."""

    model: str
    called_s: float
    first_s: float
    done_s: float


def by_model(fake: FakeProvider) -> dict[str, dict[str, Any]]:
    """What the provider saw: every turn asks for a model of its own."""
    return {seen["model"]: seen for seen in journal(fake)}


async def turn(
    models: ModelCalls, fake: FakeProvider, protocol: ProtocolName, number: int, after_s: float = 0.0
) -> Turn:
    """Stream one answer to its end, begun `after_s` from now."""
    await asyncio.sleep(after_s)
    model = f"{protocol}-{number}"
    called_s, first_s = time.monotonic(), 0.0
    async for item in models.stream([fake.provider(protocol, model, name=protocol, own=False)], "interviewer", PROMPT):
        if isinstance(item, Text) and not first_s:
            first_s = time.monotonic()
        elif isinstance(item, Done):
            return Turn(model, called_s, first_s, time.monotonic())
    raise AssertionError("a stream ends with Done")


def own_share(name: str, turns: Sequence[Turn], seen: dict[str, dict[str, Any]]) -> list[Figures]:
    """The two ways through our code, and their sum per turn, in ms."""
    there = [(seen[turn.model]["seen_s"] - turn.called_s) * 1000 for turn in turns]
    back = [(turn.first_s - seen[turn.model]["first_text_s"]) * 1000 for turn in turns]
    return [
        {"what": f"{name}: call to the provider", **spread(there)},
        {"what": f"{name}: first text back", **spread(back)},
        {"what": f"{name}: own share", **spread([a + b for a, b in zip(there, back, strict=True)])},
    ]


async def bench(rounds: int, at_once: int) -> list[Figures]:
    """One after another, then many at once, per protocol."""
    models = ModelCalls()
    begun = time.monotonic()
    await models.warm_up()
    rows: list[Figures] = [{"what": "importing the vendors' libraries", "s": round(time.monotonic() - begun, 2)}]
    try:
        with provider_process(0.0) as fake:
            for protocol in PROTOCOLS:
                await turn(models, fake, protocol, -1)
                turns = [await turn(models, fake, protocol, number) for number in range(rounds)]
                rows += own_share(f"{protocol}, alone", turns, await asyncio.to_thread(by_model, fake))
        with provider_process(WORD_S) as fake:
            for protocol in PROTOCOLS:
                rows += await together(models, fake, protocol, range(at_once), 0.0)
                rows += await together(models, fake, protocol, range(at_once, 2 * at_once), 1.0)
    finally:
        await models.aclose()
    return rows


async def together(
    models: ModelCalls, fake: FakeProvider, protocol: ProtocolName, numbers: range, over_s: float
) -> list[Figures]:
    """Many turns that begin in the same moment, or evenly over `over_s`."""
    begun_s, processor_s = time.monotonic(), time.process_time()
    delays = [over_s * place / len(numbers) for place in range(len(numbers))]
    turns = await asyncio.gather(
        *(turn(models, fake, protocol, number, delay) for number, delay in zip(numbers, delays, strict=True))
    )
    name = f"{protocol}, {len(numbers)} " + (f"over {over_s:.0f} s" if over_s else "in the same moment")
    whole: Figures = {
        "what": f"{name}: all of it",
        "s": round(time.monotonic() - begun_s, 2),
        "processor_s": round(time.process_time() - processor_s, 2),
    }
    return [*own_share(name, turns, await asyncio.to_thread(by_model, fake)), whole]
