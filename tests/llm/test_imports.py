"""The vendors' libraries cost seconds and a hundred megabytes: nobody pays for them without a language model."""

import subprocess
import sys
from pathlib import Path

VENDORS = ("anthropic", "openai", "pydantic_ai", "httpx2", "tiktoken")


def test_the_product_comes_up_without_the_vendors_libraries() -> None:
    code = (
        "import sys, mockloop.app, mockloop.cli, mockloop.worker, mockloop.llm.orchestrator as o; o.ModelCalls();"
        f"print([name for name in {VENDORS} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert ran.stdout.strip() == "[]"


def test_the_vendors_libraries_are_not_looked_through_for_garbage() -> None:
    code = (
        "import asyncio, gc, mockloop.llm.orchestrator as o; calls = o.ModelCalls(); asyncio.run(calls.warm_up());"
        "print(gc.get_freeze_count() > len(gc.get_objects()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert ran.stdout.strip() == "True"
