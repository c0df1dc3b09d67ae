"""`python -m bench.llm`: prints and keeps what we add to a language model's own time, and what a turn is made of."""

import argparse
import asyncio
import gc
import os
from contextlib import ExitStack

import uvloop

from bench.history import Figures, keep, show
from bench.llm import browser, calls, context, turns
from bench.llm.provider import provider_process
from tests.support.instances import grounds

PARTS = ("context", "calls", "turns", "browser")


def measured(part: str, rounds: int, at_once: int) -> list[Figures]:
    """The rows of one part."""
    if part == "context":
        return context.bench()
    if part == "calls":
        return asyncio.run(calls.bench(rounds, at_once))
    with grounds() as ground, ExitStack() as stack:
        fakes = {pace: stack.enter_context(provider_process(pace)) for pace in turns.PACES}
        if part == "turns":
            return uvloop.run(turns.bench(ground, fakes, rounds, at_once))
        return asyncio.run(browser.bench(ground, fakes[turns.WORD_S], rounds))


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--rounds", type=int, default=60, help="turns one after another")
    parser.add_argument("--at-once", type=int, default=100)
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    load_before = os.getloadavg()[0]
    gc.freeze()  # so that looking for garbage here is not taken for time of the server's
    rows: list[Figures] = []
    for part in asked.parts or PARTS:
        found = measured(part, asked.rounds, asked.at_once)
        show(f"Language models: {part}", found)
        rows += found
    keep("llm", rows, load_before)


if __name__ == "__main__":
    main()
