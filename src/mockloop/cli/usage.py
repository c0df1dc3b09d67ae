"""`mockloop usage`: what calls to language models used, by day, mode and model."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mockloop.settings import load_settings

if TYPE_CHECKING:
    from mockloop.models.usage import DayLine

HEADINGS = ("day", "mode", "model", "users", "calls", "in", "cached", "out", "USD", "first s", "faults")
LEFT = {"day", "mode", "model", "faults"}


def usage(
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days back, today included (UTC).")] = 30,
) -> None:
    """Print what calls to language models used: tokens, estimated costs and faults, by day, mode and model."""
    from mockloop.cli.database import running_database
    from mockloop.clock import Clock
    from mockloop.db.engine import open_database
    from mockloop.models.ledger import day_of, shared_on
    from mockloop.models.usage import usage_by_day

    settings = load_settings()

    async def read(url: str) -> "tuple[Sequence[DayLine], tuple[int, int]]":
        database = open_database(url, pool_size=2)
        try:
            async with database.begin() as db:
                now = Clock().now()
                lines = await usage_by_day(db, since=day_of(now) - timedelta(days=days - 1))
                return lines, await shared_on(db, now)
        finally:
            await database.close()

    with running_database(settings, attach=True) as address:
        lines, shared = asyncio.run(read(address.url))
    print(table_of(lines) if lines else f"No calls to language models in the last {days} days.")
    print()
    print(today_of(shared, settings.llm_installation_day_input_tokens, settings.llm_installation_day_output_tokens))


def table_of(lines: "Sequence[DayLine]") -> str:
    """The lines as a table of plain text, with a row of sums."""
    from mockloop.models.usage import added_up

    rows = [_cells(one) for one in lines]
    total = [one.line for one in lines]
    sums = ["all", "", "", "", *(str(sum(getattr(line, name) for line in total)) for name in _COUNTS)]
    rows.append([*sums, _dollars(added_up(line.cost_usd for line in total)), "", ""])
    widths = [max(len(row[i]) for row in [*rows, list(HEADINGS)]) for i in range(len(HEADINGS))]
    return "\n".join(_joined(row, widths) for row in [list(HEADINGS), *rows])


def today_of(shared: tuple[int, int], most_in: int | None, most_out: int | None) -> str:
    """What the installation's own providers were used today, and how much they may be."""
    taken, given = shared
    return f"Today from this installation's providers: {_part(taken, most_in)} in, {_part(given, most_out)} out."


def _part(used: int, most: int | None) -> str:
    return f"{used} tokens" if most is None else f"{used} of {most} tokens"


_COUNTS = ("calls", "input_tokens", "cached_tokens", "output_tokens")


def _cells(one: "DayLine") -> list[str]:
    line = one.line
    faults = ", ".join(f"{name} {count}" for name, count in sorted(line.faults.items()))
    return [
        one.day.isoformat(),
        line.mode,
        line.model,
        str(one.users),
        *(str(getattr(line, name)) for name in _COUNTS),
        _dollars(line.cost_usd),
        "-" if line.first_s is None else f"{line.first_s:.2f}",
        faults or "-",
    ]


def _dollars(cost: float | None) -> str:
    return "-" if cost is None else f"{cost:.4f}"


def _joined(row: list[str], widths: list[int]) -> str:
    cells = [
        cell.ljust(width) if heading in LEFT else cell.rjust(width)
        for cell, width, heading in zip(row, widths, HEADINGS, strict=True)
    ]
    return "  ".join(cells).rstrip()
