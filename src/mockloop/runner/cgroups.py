"""Memory, process and CPU accounting by control groups, version 2 or 1, found out by doing, not by reading flags.

Called by `runner.helper` only. Without a usable hierarchy `open_tree` answers None and `runner.processes` polls.
"""

import contextlib
import errno
import os
import signal
from pathlib import Path
from typing import Protocol

PREFIX = "mockloop-"
MEBIBYTE = 1024 * 1024


class Leaf(Protocol):
    """The group of one sandbox."""

    @property
    def entrances(self) -> tuple[str, ...]:
        """Files into which the sandbox's first process writes `0` before it becomes anything else."""
        ...

    def limit(self, memory_mb: int, processes: int) -> None: ...
    def cpu_s(self) -> float: ...
    def memory_mb(self) -> float: ...
    def restart_peak(self) -> None: ...
    def out_of_memory(self) -> bool: ...
    def pids(self) -> list[int]: ...
    def remove(self) -> bool: ...


class Tree(Protocol):
    """Where this helper's leaves hang."""

    @property
    def kind(self) -> str: ...
    def leaf(self, name: str) -> Leaf: ...
    def close(self) -> None: ...


def _write(path: Path, value: object) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, str(value).encode())
    finally:
        os.close(descriptor)


def _counter(path: Path, name: str) -> int:
    for line in path.read_text().splitlines():
        key, _, value = line.partition(" ")
        if key == name:
            return int(value)
    return 0


def _members(path: Path) -> list[int]:
    try:
        return [int(pid) for pid in path.read_text().split()]
    except OSError:
        return []


class LeafV2:
    """A leaf of the unified hierarchy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self.entrances = (str(folder / "cgroup.procs"),)

    def limit(self, memory_mb: int, processes: int) -> None:
        _write(self._folder / "memory.max", memory_mb * MEBIBYTE)
        _write(self._folder / "pids.max", processes)
        with contextlib.suppress(OSError):  # absent without swap accounting
            _write(self._folder / "memory.swap.max", 0)
        with contextlib.suppress(OSError):
            _write(self._folder / "memory.oom.group", 1)

    def cpu_s(self) -> float:
        return _counter(self._folder / "cpu.stat", "usage_usec") / 1e6

    def memory_mb(self) -> float:
        name = "memory.peak" if (self._folder / "memory.peak").exists() else "memory.current"
        return int((self._folder / name).read_text()) / MEBIBYTE

    def restart_peak(self) -> None:
        """Nothing to do: before Linux 6.12 the peak cannot be reset, and a warm interpreter is part of the run."""

    def out_of_memory(self) -> bool:
        return _counter(self._folder / "memory.events", "oom_kill") > 0

    def pids(self) -> list[int]:
        return _members(self._folder / "cgroup.procs")

    def remove(self) -> bool:
        with contextlib.suppress(OSError):
            _write(self._folder / "cgroup.kill", 1)
        return _remove(self._folder)


class LeafV1:
    """The same leaf in the three separate hierarchies of version 1."""

    def __init__(self, folders: dict[str, Path]) -> None:
        self._folders = folders
        for folder in set(folders.values()):
            folder.mkdir()
        self.entrances = tuple(sorted({str(folder / "cgroup.procs") for folder in folders.values()}))

    def limit(self, memory_mb: int, processes: int) -> None:
        memory = self._folders["memory"]
        ceilings = [memory / "memory.limit_in_bytes", memory / "memory.memsw.limit_in_bytes"]
        if not ceilings[1].exists():
            ceilings.pop()
        # The sum with swap may never be below the limit itself: lowering goes down the list, raising up.
        lowering = int(ceilings[0].read_text()) > memory_mb * MEBIBYTE
        for ceiling in ceilings if lowering else reversed(ceilings):
            _write(ceiling, memory_mb * MEBIBYTE)
        _write(self._folders["pids"] / "pids.max", processes)

    def cpu_s(self) -> float:
        return int((self._folders["cpuacct"] / "cpuacct.usage").read_text()) / 1e9

    def memory_mb(self) -> float:
        return int((self._folders["memory"] / "memory.max_usage_in_bytes").read_text()) / MEBIBYTE

    def restart_peak(self) -> None:
        _write(self._folders["memory"] / "memory.max_usage_in_bytes", 0)

    def out_of_memory(self) -> bool:
        return _counter(self._folders["memory"] / "memory.oom_control", "oom_kill") > 0

    def pids(self) -> list[int]:
        return _members(self._folders["pids"] / "cgroup.procs")

    def remove(self) -> bool:
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return all([_remove(folder) for folder in set(self._folders.values())])


def _remove(folder: Path) -> bool:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


class TreeV2:
    """`<base>/mockloop-<pid>` in the unified hierarchy, with little weight against the web process."""

    kind = "cgroup v2"
    _controllers = ("memory", "pids", "cpu")

    def __init__(self, base: Path, own: Path) -> None:
        # Asked before anything is touched: beside version 1 there is a version 2 tree without these controllers.
        missing = set(self._controllers) - set((base / "cgroup.controllers").read_text().split())
        if missing:
            raise OSError(f"no controllers {', '.join(sorted(missing))}")
        self._folder = base / f"{PREFIX}{os.getpid()}"
        _sweep(base)
        self._delegate(base, own)
        self._folder.mkdir()
        self._enable(self._folder)
        with contextlib.suppress(OSError):
            _write(self._folder / "cpu.weight", 20)

    def _enable(self, folder: Path) -> None:
        _write(folder / "cgroup.subtree_control", " ".join(f"+{name}" for name in self._controllers))

    def _delegate(self, base: Path, own: Path) -> None:
        try:
            self._enable(base)
        except OSError as error:
            if base != own or error.errno != errno.EBUSY:
                raise
            # A group with processes of its own cannot hand controllers down, so they step aside first.
            aside = base / "main"
            aside.mkdir(exist_ok=True)
            for pid in _members(base / "cgroup.procs"):
                with contextlib.suppress(OSError):
                    _write(aside / "cgroup.procs", pid)
            self._enable(base)

    def leaf(self, name: str) -> LeafV2:
        leaf = LeafV2(self._folder / name)
        with contextlib.suppress(OSError):
            _write(self._folder / name / "cpu.max", "100000 100000")
        return leaf

    def close(self) -> None:
        _empty(self._folder)


class TreeV1:
    """`mockloop-<pid>` at the top of the memory, pids and cpuacct hierarchies."""

    kind = "cgroup v1"

    def __init__(self, mounts: dict[str, Path]) -> None:
        name = f"{PREFIX}{os.getpid()}"
        for mount in set(mounts.values()):
            _sweep(mount)
        self._folders = {controller: mount / name for controller, mount in mounts.items()}
        for folder in set(self._folders.values()):
            folder.mkdir()

    def leaf(self, name: str) -> LeafV1:
        return LeafV1({controller: folder / name for controller, folder in self._folders.items()})

    def close(self) -> None:
        for folder in set(self._folders.values()):
            _empty(folder)


def _empty(folder: Path) -> None:
    """Remove a helper's group with its leaves, as far as they are empty."""
    with contextlib.suppress(OSError):
        for leaf in folder.iterdir():
            if leaf.is_dir():
                with contextlib.suppress(OSError):
                    _write(leaf / "cgroup.kill", 1)
                _remove(leaf)
    _remove(folder)


def _sweep(base: Path) -> None:
    """Remove the groups of helpers that were killed before they could tidy up."""
    for folder in base.glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX)
        if pid.isdigit() and not Path("/proc", pid).exists():
            _empty(folder)


def _mounts() -> dict[str, Path]:
    """Mount point per version 1 controller, and under `unified` that of version 2."""
    found: dict[str, Path] = {}
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        kind, _, options = right.split(" ", 2)
        where = Path(left.split(" ")[4])
        if kind == "cgroup2":
            found.setdefault("unified", where)
        elif kind == "cgroup":
            for option in options.split(","):
                found.setdefault(option, where)
    return found


def _own_group(unified: Path) -> Path:
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        if line.startswith("0::"):
            return unified / line[3:].lstrip("/")
    return unified


def _attempts(parent: str) -> list[tuple[str, Path | None]]:
    mounts = _mounts()
    if parent:
        return [("v2", Path(parent))]
    attempts: list[tuple[str, Path | None]] = []
    if "unified" in mounts:
        own = _own_group(mounts["unified"])
        attempts += [("v2", mounts["unified"])] if os.geteuid() == 0 else []
        attempts += [("v2", own)]
    return [*attempts, ("v1", None)]


def _try(kind: str, base: Path | None) -> Tree:
    mounts = _mounts()
    tree: Tree
    if kind == "v2":
        assert base is not None
        tree = TreeV2(base, _own_group(mounts["unified"]))
    else:
        tree = TreeV1({name: mounts[name] for name in ("memory", "pids", "cpuacct")})
    try:
        leaf = tree.leaf("probe")
        leaf.limit(64, 16)
        leaf.cpu_s()
        leaf.memory_mb()
        leaf.out_of_memory()
        leaf.remove()
    except OSError:
        tree.close()
        raise
    return tree


def open_tree(parent: str = "") -> tuple[Tree | None, str]:
    """The first hierarchy in which a leaf can be made and limited, or None; and what was tried, for the operator."""
    tried: list[str] = []
    for kind, base in _attempts(parent):
        try:
            tree = _try(kind, base)
        except (OSError, KeyError, ValueError) as error:
            tried.append(f"{kind}{f' at {base}' if base else ''}: {error}")
            continue
        return tree, tree.kind
    return None, "; ".join(tried)
