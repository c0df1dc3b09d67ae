"""Reads /proc for the processes of one sandbox: who they are, how much they use. Called by `runner.helper`.

This is the accounting of machines without usable control groups, and the way to reach an interpreter by signal.
"""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MEBIBYTE = 1024 * 1024


def children_of(pid: int) -> list[int]:
    found: list[int] = []
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return found
    for thread in threads:
        try:
            with open(f"/proc/{pid}/task/{thread}/children") as file:
                found += [int(child) for child in file.read().split()]
        except OSError:
            continue
    return found


def tree_of(pid: int) -> list[int]:
    """`pid` and everything below it; orphans of a process namespace hang below its first process, so none is missed."""
    found, at = [pid], 0
    while at < len(found):
        found += children_of(found[at])
        at += 1
    return found


def cpu_s(pids: list[int]) -> float:
    """CPU seconds of `pids`, with those of children that they have already reaped."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total / _TICKS


def memory_mb(pids: list[int], limit_mb: float) -> float:
    """Resident memory of `pids`. Above the limit, shared pages are counted once each, where the kernel lets us look."""
    resident = 0
    for pid in pids:
        try:
            resident += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError):
            continue
    if resident / _MEBIBYTE <= limit_mb:
        return resident / _MEBIBYTE
    return sum(_proportional(pid) for pid in pids) / _MEBIBYTE


def _proportional(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        return 0
    except FileNotFoundError:
        return 0
    except (OSError, ValueError):
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError):
            return 0
