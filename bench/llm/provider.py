"""The fake provider in a process of its own, and what it saw. Both sides read the machine's one monotonic clock."""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.history import ROOT
from tests.support.fake_provider import FakeProvider, fake_provider
from tests.support.fake_speech import ProtocolName

PROTOCOLS: tuple[ProtocolName, ...] = ("anthropic", "openai")

WORDS = "What happens to that when the list is empty, and what does it cost when it is long, would you say, and why?"
AT_ONCE = "at-once"
"""Words are shown sentence by sentence: with this model the first piece ends the first sentence."""
REPLIES = {AT_ONCE: f"Right.\n{WORDS}"}

_MARK = re.compile(r"\bstep (\d+)\b")


@contextmanager
def provider_process(word_s: float) -> Iterator[FakeProvider]:
    """The provider in another process; what is given back knows only its port. `word_s` passes before each word."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.llm.provider", "--word-s", str(word_s)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield FakeProvider(port=int(process.stdout.readline()))
    finally:
        process.terminate()
        process.communicate()


def journal(fake: FakeProvider) -> list[dict[str, Any]]:
    """Every request since the journal was last taken."""
    address = f"http://127.0.0.1:{fake.port}/journal"
    with urllib.request.urlopen(address, timeout=30) as answer:
        seen: list[dict[str, Any]] = json.load(answer)["requests"]
    urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=30).close()
    return seen


def marked(number: int) -> str:
    """Words for the candidate, with a number by which the provider's journal tells the request they led to."""
    return f"I think the edge case of step {number} is an empty list."


def by_mark(seen: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Requests by the latest mark in them: a conversation carries all that were said before."""
    return {max(map(int, found)): one for one in seen if (found := _MARK.findall(json.dumps(one["body"])))}


async def _serve(word_s: float) -> None:
    async with fake_provider(piece_s=word_s, replies=dict(REPLIES)) as fake:
        sys.stdout.write(f"{fake.port}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--word-s", type=float, default=0.0)
    asyncio.run(_serve(asked.parse_args().word_s))
