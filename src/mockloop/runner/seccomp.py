"""The system call filter of a sandbox, assembled as BPF here because no seccomp library is maintained for Python.

An allow list; everything unknown answers ENOSYS, a named list EPERM. `bubblewrap` takes the bytes,
the Docker backend takes the same list as JSON.
"""

import errno
import platform
import struct
from typing import Any

from mockloop.runner.syscalls import ALLOWED, CHECKED, DENIED

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_COLUMN = {"x86_64": 1, "aarch64": 2}
_X32_BIT = 0x40000000

_ALLOW = 0x7FFF0000
_KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000

_LOAD, _JEQ, _JGE, _JSET, _JUMP, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x05, 0x06
_NUMBER_AT, _ARCH_AT, _ARGUMENTS_AT = 0, 4, 16

_NEW_NAMESPACES = 0x7E020000
"""Every CLONE_NEW* flag that fits into `clone`. `clone3` hides its flags in memory, so it answers ENOSYS."""

_AF_UNIX = 1
"""The only socket family allowed: AF_VSOCK and AF_NETLINK are not confined by a network namespace."""

_TERMINAL_REQUESTS = (0x5412, 0x541C, 0x5423)
"""TIOCSTI, TIOCLINUX and TIOCSETD: they type into, or change, the terminal of whoever started the sandbox."""

_Code = list[tuple[int, int, int, int]]


class UnknownArchitecture(Exception):
    """No system call table for this processor; the runner knows x86_64 and aarch64."""


def _numbers(text: str, machine: str) -> dict[str, int]:
    column = _COLUMN[machine]
    entries = (entry.split(":") for entry in text.split())
    return {entry[0]: int(entry[column]) for entry in entries if entry[column] != "-"}


def _return(value: int) -> _Code:
    return [(_RETURN, 0, 0, value)]


def _checked(name: str) -> _Code:
    """Code for the calls whose arguments decide. Only the lower half of the argument is looked at: they are ints."""
    refuse = _return(_ERRNO | errno.EPERM)
    second = _ARGUMENTS_AT + 8
    if name == "clone":
        return [(_LOAD, 0, 0, _ARGUMENTS_AT), (_JSET, 0, 1, _NEW_NAMESPACES), *refuse, *_return(_ALLOW)]
    if name == "socket":
        return [
            (_LOAD, 0, 0, _ARGUMENTS_AT),
            (_JEQ, 1, 0, _AF_UNIX),
            *_return(_ERRNO | errno.EACCES),
            *_return(_ALLOW),
        ]
    tests: _Code = [(_JEQ, len(_TERMINAL_REQUESTS) - i, 0, r) for i, r in enumerate(_TERMINAL_REQUESTS)]
    return [(_LOAD, 0, 0, second), *tests, *_return(_ALLOW), *refuse]


def _search(leaves: list[tuple[int, _Code]]) -> _Code:
    """A binary search over `(first number, what to do from there on)`; the accumulator holds the number."""
    if len(leaves) == 1:
        return leaves[0][1]
    middle = len(leaves) // 2
    below, above = _search(leaves[:middle]), _search(leaves[middle:])
    if len(below) <= 255:
        return [(_JGE, len(below), 0, leaves[middle][0]), *below, *above]
    return [(_JGE, 0, 1, leaves[middle][0]), (_JUMP, 0, 0, len(below)), *below, *above]


def assemble(machine: str | None = None) -> bytes:
    """The filter as `struct sock_filter[]` for `machine` (default: this one)."""
    machine = machine or platform.machine()
    if machine not in _AUDIT_ARCH:
        raise UnknownArchitecture(machine)
    unknown = _return(_ERRNO | errno.ENOSYS)
    actions: dict[int, _Code] = dict.fromkeys(_numbers(ALLOWED, machine).values(), _return(_ALLOW))
    actions |= dict.fromkeys(_numbers(DENIED, machine).values(), _return(_ERRNO | errno.EPERM))
    actions |= {number: _checked(name) for name, number in _numbers(CHECKED, machine).items()}
    leaves: list[tuple[int, _Code]] = []
    for number in range(max(actions) + 1):
        action = actions.get(number, unknown)
        if not leaves or leaves[-1][1] != action:
            leaves.append((number, action))
    leaves += [(max(actions) + 1, unknown), (_X32_BIT, unknown)]
    code: _Code = [
        (_LOAD, 0, 0, _ARCH_AT),
        (_JEQ, 1, 0, _AUDIT_ARCH[machine]),
        *_return(_KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER_AT),
        *_search(leaves),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def docker_profile() -> dict[str, Any]:
    """The same rules in the JSON form that Docker, containerd and crun read."""
    names = sorted(entry.split(":")[0] for entry in ALLOWED.split())
    refused = sorted(entry.split(":")[0] for entry in DENIED.split())
    mask = {"index": 0, "value": _NEW_NAMESPACES, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}
    unix = {"index": 0, "value": _AF_UNIX, "op": "SCMP_CMP_EQ"}
    family = {"index": 0, "value": _AF_UNIX, "op": "SCMP_CMP_NE"}
    return {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": errno.ENOSYS,
        "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
        "syscalls": [
            {"names": names, "action": "SCMP_ACT_ALLOW"},
            {"names": refused, "action": "SCMP_ACT_ERRNO", "errnoRet": errno.EPERM},
            # Named, because older engines answer EPERM by default, and glibc then starts no thread.
            {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": errno.ENOSYS},
            {"names": ["clone"], "action": "SCMP_ACT_ALLOW", "args": [mask]},
            {"names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [unix]},
            {"names": ["socket"], "action": "SCMP_ACT_ERRNO", "errnoRet": errno.EACCES, "args": [family]},
            # Several conditions on one argument become alternatives there, and a container without a
            # terminal has nothing to type into.
            {"names": ["ioctl"], "action": "SCMP_ACT_ALLOW"},
        ],
    }
