"""What we add to a language model's own time, and a hundred streamed turns at once: `python -m bench.llm`.

The provider is `tests.support.fake_provider` in a process of its own; both read the machine's one monotonic clock.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.history import ROOT, Figures, keep, show, spread
from mockloop.llm.orchestrator import ModelCalls
from mockloop.llm.port import Done, Prompt, Text
from tests.support.fake_provider import FakeProvider
from tests.support.fake_speech import ProtocolName

PROTOCOLS: tuple[ProtocolName, ...] = ("anthropic", "openai")
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


@contextmanager
def provider_process(word_s: float) -> Iterator[FakeProvider]:
    """The provider in another process; what is given back knows only its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.fake_provider", "--piece-s", str(word_s)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield FakeProvider(port=int(process.stdout.readline().rsplit(":", 1)[1]))
    finally:
        process.terminate()
        process.communicate()


def journal(fake: FakeProvider) -> dict[str, dict[str, Any]]:
    """What the provider saw, by model: every turn has a name of its own."""
    with urllib.request.urlopen(f"http://127.0.0.1:{fake.port}/journal", timeout=30) as answer:
        return {seen["model"]: seen for seen in json.load(answer)["requests"]}


async def turn(
    models: ModelCalls, fake: FakeProvider, protocol: ProtocolName, number: int, after_s: float = 0.0
) -> Turn:
    """Stream one answer to its end, begun `after_s` from now."""
    await asyncio.sleep(after_s)
    model = f"{protocol}-{number}"
    called_s, first_s = time.monotonic(), 0.0
    async for item in models.stream([fake.provider(protocol, model, name=protocol)], "interviewer", PROMPT):
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
                rows += own_share(f"{protocol}, alone", turns, await asyncio.to_thread(journal, fake))
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
    return [*own_share(name, turns, await asyncio.to_thread(journal, fake)), whole]


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=100)
    asked = parser.parse_args()
    load_before = os.getloadavg()[0]
    rows = asyncio.run(bench(asked.rounds, asked.at_once))
    show("Language models: what we add", rows)
    keep("llm", rows, load_before)


if __name__ == "__main__":
    main()
