"""What the benches measured, with the machine it was measured on: printed, and kept in `results/history.jsonl`."""

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
HISTORY = ROOT / "bench" / "results" / "history.jsonl"

Figures = dict[str, float | int | str | None]


def keep(bench: str, rows: Sequence[Figures], load_before: float) -> None:
    """Append the rows of a bench to the history. `load_before`: the load average when it began."""
    HISTORY.parent.mkdir(exist_ok=True)
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "bench": bench,
        "commit": _commit(),
        "machine": {
            "cpu": _cpu(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load_before": round(load_before, 2),
            "load_after": round(os.getloadavg()[0], 2),
        },
        "rows": rows,
    }
    with HISTORY.open("a") as file:
        file.write(json.dumps(line) + "\n")


def show(title: str, rows: Sequence[Figures]) -> None:
    """Print rows under a title, one a line, with the load of the machine beside it."""
    print(f"\n{title}   (load now {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
    for row in rows:
        name, *rest = row.items()
        print(f"  {name[1]!s:<62}" + "  ".join(f"{key} {_short(value)}" for key, value in rest))


def spread(times_ms: Sequence[float]) -> Figures:
    """How many, p50, p95, p99 and the longest, in ms."""
    if len(times_ms) < 2:
        return {"n": len(times_ms)}
    cuts = statistics.quantiles(times_ms, n=100, method="inclusive")
    return {
        "n": len(times_ms),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "max_ms": round(max(times_ms), 1),
    }


def _short(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value < 10 else f"{value:,.1f}"
    return str(value)


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "src", "web")
    return git("rev-parse", "--short", "HEAD") + ("+changes" if changed else "")


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
