"""`mockloop usage`: a table that an operator can read and cut up."""

from datetime import date

from mockloop.cli.usage import table_of, today_of
from mockloop.models.schemas import UsageLine
from mockloop.models.usage import DayLine


def line(mode: str, model: str, calls: int, cost_usd: float | None, **faults: int) -> UsageLine:
    return UsageLine(
        mode=mode,
        model=model,
        calls=calls,
        input_tokens=1000 * calls,
        cached_tokens=0,
        output_tokens=10 * calls,
        cost_usd=cost_usd,
        first_s=0.5 if cost_usd else None,
        faults=faults,
    )


def test_the_table() -> None:
    day = date(2026, 11, 21)
    lines = [
        DayLine(day, 2, line("live", "model-1", 12, 0.25, cut=1, overloaded=2)),
        DayLine(day, 1, line("trial", "local", 1, None)),
    ]
    assert table_of(lines).splitlines() == [
        "day         mode   model    users  calls     in  cached  out     USD  first s  faults",
        "2026-11-21  live   model-1      2     12  12000       0  120  0.2500     0.50  cut 1, overloaded 2",
        "2026-11-21  trial  local        1      1   1000       0   10       -        -  -",
        "all                                   13  13000       0  130  0.2500",
    ]


def test_what_the_installation_s_providers_were_used_today() -> None:
    words = "Today from this installation's providers: "
    assert today_of((1200, 30), None, None) == words + "1200 tokens in, 30 tokens out."
    assert today_of((1200, 30), 5000, None) == words + "1200 of 5000 tokens in, 30 tokens out."
