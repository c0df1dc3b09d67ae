"""One sandbox: the arguments of bubblewrap, and the fork that turns into it. Called by `runner.helper` only.

Descriptors inside: 0 standard input, 1 and 2 output, 3 answers of calls, 4 the job (closed before a script runs, and
when the arguments of a call were read), 5 reports of the harness itself (closed before a candidate's Python runs).
"""

import contextlib
import fcntl
import os
import resource
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from mockloop.runner.cgroups import Leaf

MEBIBYTE = 1024 * 1024
_ARGUMENTS_FD, _FILTER_FD, _DRIVER_FD, _PASSWD_FD, _STATUS_FD = 6, 7, 8, 9, 10
_PASSWD = b"sandbox:x:1000:1000::/tmp:/usr/sbin/nologin\n"
_PIPE_BYTES = 1 << 18
_NICE = 5
"""Below the web process on a busy machine, above what nobody waits for."""


@dataclass(frozen=True)
class Plan:
    """How the sandboxes of one language are made: plain data, sent by the backend when it starts the helper."""

    bwrap: str
    binds: tuple[tuple[str, str], ...]
    symlinks: tuple[tuple[str, str], ...]
    masks: tuple[str, ...]
    driver: bytes
    driver_path: str
    command: tuple[str, ...]
    heap_flag: str
    data_limit_mb: tuple[float, int]
    """RLIMIT_DATA without control groups: this factor times the memory limit, plus this many MB."""
    trace_signal: int
    least_processes: int


@dataclass(frozen=True)
class Size:
    """What is fixed when a sandbox is made; a job that wants it otherwise needs a cold one."""

    memory_mb: int
    processes: int
    scratch_mb: int
    cpu_s: float


def arguments(plan: Plan, size: Size) -> bytes:
    """Everything but the command, NUL-separated. They travel by descriptor: a command line shows host paths."""
    scratch = str(size.scratch_mb * MEBIBYTE)
    shared = str(size.scratch_mb * MEBIBYTE // 4)
    words = [
        *("--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000", "--hostname", "sandbox"),
        *("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"),
        *("--setenv", "PATH", "/usr/bin", "--setenv", "LANG", "C.UTF-8", "--setenv", "HOME", "/tmp"),  # noqa: S108  of the sandbox, here and below
    ]
    for source, target in plan.binds:
        words += ["--ro-bind", source, target]
    for folder in plan.masks:
        words += ["--size", "4096", "--perms", "0555", "--tmpfs", folder, "--remount-ro", folder]
    for source, target in plan.symlinks:
        words += ["--symlink", source, target]
    words += [
        *("--proc", "/proc", "--dev", "/dev", "--size", shared, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"),  # noqa: S108
        *("--size", scratch, "--perms", "0700", "--tmpfs", "/tmp"),  # noqa: S108
        *("--perms", "0444", "--ro-bind-data", str(_DRIVER_FD), plan.driver_path),
        *("--perms", "0444", "--ro-bind-data", str(_PASSWD_FD), "/etc/passwd"),
        *("--remount-ro", "/", "--chdir", "/tmp"),  # noqa: S108
        *("--seccomp", str(_FILTER_FD), "--json-status-fd", str(_STATUS_FD)),
    ]
    return b"\0".join(word.encode() for word in words) + b"\0"


@dataclass
class Sandbox:
    """A spawned sandbox and our ends of its pipes."""

    pid: int
    pidfd: int
    uid: int | None
    leaf: Leaf | None
    stdin: int
    stdout: int
    stderr: int
    results: int
    jobs: int
    control: int
    status: int
    born: float
    first_pid: int | None = None
    """Process 1 inside, by its number outside; killing it ends everything in there."""
    first_pidfd: int = -1
    open: set[int] = field(default_factory=set)


def _memory_file(at: int, content: bytes) -> None:
    descriptor = os.memfd_create("sandbox", 0)
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    if descriptor != at:
        os.dup2(descriptor, at, inheritable=True)
        os.close(descriptor)


def _set_limits(plan: Plan, size: Size, uid: int | None, leaf: Leaf | None) -> None:
    seconds = int(size.cpu_s * 4) + 2
    scratch = size.scratch_mb * MEBIBYTE
    ceilings = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: scratch,
        resource.RLIMIT_NOFILE: 128,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 64,
    }
    if uid is not None:
        ceilings[resource.RLIMIT_NPROC] = max(size.processes, plan.least_processes) + 3
    if leaf is None:
        factor, extra = plan.data_limit_mb
        ceilings[resource.RLIMIT_DATA] = int(size.memory_mb * factor + extra) * MEBIBYTE
    for which, value in ceilings.items():
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))


def _become(
    plan: Plan, size: Size, filter_code: bytes, uid: int | None, leaf: Leaf | None, ends: Sequence[int]
) -> NoReturn:
    """Runs in the forked child. Order matters: groups and limits need the privileges that the user id gives up."""
    for entrance in leaf.entrances if leaf else ():
        descriptor = os.open(entrance, os.O_WRONLY)
        os.write(descriptor, b"0")
        os.close(descriptor)
    # The end of the status pipe keeps close-on-exec off only here; the program never sees it.
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in ends]
    for target, end in zip((0, 1, 2, 3, 4, 5, _STATUS_FD), moved, strict=True):
        os.dup2(end, target, inheritable=True)
    heap = plan.heap_flag.format(int(size.memory_mb * 0.75)) if plan.heap_flag else ""
    command = [word for word in (plan.command[0], heap, *plan.command[1:]) if word]
    _memory_file(_ARGUMENTS_FD, arguments(plan, size))
    _memory_file(_FILTER_FD, filter_code)
    _memory_file(_DRIVER_FD, plan.driver)
    _memory_file(_PASSWD_FD, _PASSWD)
    os.nice(_NICE)
    with contextlib.suppress(OSError):
        descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(descriptor, b"900")
        os.close(descriptor)
    _set_limits(plan, size, uid, leaf)
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    os.execve(plan.bwrap, [plan.bwrap, "--args", str(_ARGUMENTS_FD), "--", *command], {})  # noqa: S606


def spawn(
    plan: Plan, size: Size, filter_code: bytes, *, uid: int | None, leaf: Leaf | None, warm: bool, now: float
) -> Sandbox:
    """Start a sandbox whose interpreter will say when it is ready. Raises OSError when the machine has no room."""
    pairs: list[tuple[int, int]] = []
    try:
        for _ in range(7):
            pairs.append(os.pipe())
        for read, _ in pairs[1:3]:
            # Larger than any output limit: a flood shows at once, instead of piling up inside an interpreter.
            with contextlib.suppress(OSError):
                fcntl.fcntl(read, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        ends = [pairs[0][0], pairs[1][1], pairs[2][1], pairs[3][1], pairs[4][0], pairs[5][1], pairs[6][1]]
        mine = [pairs[0][1], pairs[1][0], pairs[2][0], pairs[3][0], pairs[4][1], pairs[5][0], pairs[6][0]]
        if uid is not None:
            for end in ends[:3]:
                os.fchown(end, uid, uid)  # else /dev/stdin cannot be opened by name
        if leaf is not None:
            leaf.limit(size.memory_mb, max(size.processes, plan.least_processes) + 3)
        pid = os.fork()
    except OSError:
        for pair in pairs:
            os.close(pair[0])
            os.close(pair[1])
        raise
    if pid == 0:
        try:
            words = (*plan.command, "warm") if warm else plan.command
            _become(_with_command(plan, words), size, filter_code, uid, leaf, ends)
        except BaseException as error:
            os.write(2, f"cannot start {plan.bwrap}: {error}\n".encode())
        finally:
            os._exit(127)
    for end in ends:
        os.close(end)
    for end in mine:
        os.set_blocking(end, False)
    stdin, stdout, stderr, results, jobs, control, status = mine
    return Sandbox(
        pid=pid,
        pidfd=os.pidfd_open(pid),
        uid=uid,
        leaf=leaf,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        results=results,
        jobs=jobs,
        control=control,
        status=status,
        born=now,
        open=set(mine),
    )


def _with_command(plan: Plan, words: tuple[str, ...]) -> Plan:
    values: dict[str, Any] = {**plan.__dict__, "command": words}
    return Plan(**values)
