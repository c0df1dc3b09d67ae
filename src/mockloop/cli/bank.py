"""`mockloop bank check`: proves that every question of the bank is sound."""

import asyncio
import sys
from typing import Annotated

import typer

from mockloop.settings import load_settings

app = typer.Typer(help="The question bank.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `check` a command of its own."""


@app.command()
def check(
    questions: Annotated[list[str] | None, typer.Argument(help="Ids of questions; all when left out.")] = None,
) -> None:
    """Run every solution of every question, planted wrong and slow ones included, and check all texts."""
    from mockloop.bank.check import check_content
    from mockloop.bank.loader import bank_root, question_ids
    from mockloop.composition import runner_of
    from mockloop.runner.contract import RunnerUnavailable

    settings = load_settings()
    chosen = questions or question_ids(bank_root())

    async def run() -> int:
        runner = runner_of(settings)
        try:
            problems = await check_content(runner, only=chosen, progress=_say)
        finally:
            await runner.aclose()
        for problem in problems:
            print(problem)
        print(f"{len(chosen)} questions, {len(problems)} problems")
        return 1 if problems else 0

    try:
        raise SystemExit(asyncio.run(run()))
    except RunnerUnavailable as error:
        print(f"mockloop: {error.reason}", file=sys.stderr)
        raise SystemExit(3) from error


def _say(line: str) -> None:
    if sys.stderr.isatty():
        print(line, file=sys.stderr)
