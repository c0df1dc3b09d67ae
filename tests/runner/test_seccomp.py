"""The system call filter, run here by a small interpreter of its own instructions."""

import errno
import struct

import pytest

from mockloop.runner.seccomp import UnknownArchitecture, assemble, docker_profile

ALLOW, KILL = 0x7FFF0000, 0x80000000
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def decide(
    code: bytes, number: int, arguments: tuple[int, ...] = (), architecture: int = ARCHITECTURE["x86_64"]
) -> int:
    words = struct.pack("=IIQ", number, architecture, 0) + struct.pack("=6Q", *arguments, *[0] * (6 - len(arguments)))
    instructions = [struct.unpack_from("=HBBI", code, at) for at in range(0, len(code), 8)]
    accumulator = at = 0
    while True:
        operation, yes, no, value = instructions[at]
        at += 1
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("=I", words, value)
        elif operation == 0x06:
            return int(value)
        elif operation == 0x05:
            at += value
        else:
            tests = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value)}
            at += yes if tests[operation] else no


def refused(number: int) -> int:
    return 0x00050000 | number


X86 = [
    (0, (), ALLOW),  # read
    (202, (), ALLOW),  # futex
    (435, (), refused(errno.ENOSYS)),  # clone3
    (165, (), refused(errno.EPERM)),  # mount
    (101, (), refused(errno.EPERM)),  # ptrace
    (319, (), refused(errno.EPERM)),  # memfd_create
    (425, (), refused(errno.EPERM)),  # io_uring_setup
    (9999, (), refused(errno.ENOSYS)),
    (0x40000000, (), refused(errno.ENOSYS)),  # x32 read
    (0x40000000 | 512, (), refused(errno.ENOSYS)),
    (56, (17,), ALLOW),  # clone as fork does
    (56, (0x3D0F00,), ALLOW),  # clone as threads do
    (56, (0x10000000 | 17,), refused(errno.EPERM)),  # a user namespace
    (56, (0x00020000 | 17,), refused(errno.EPERM)),  # a mount namespace
    (41, (1,), ALLOW),  # socket AF_UNIX
    (41, (2,), refused(errno.EACCES)),
    (41, (40,), refused(errno.EACCES)),  # vsock
    (16, (0, 0x5401), ALLOW),  # ioctl TCGETS
    (16, (0, 0x5412), refused(errno.EPERM)),  # TIOCSTI
    (16, (0, 0x5423), refused(errno.EPERM)),
]


@pytest.mark.parametrize(("number", "arguments", "wanted"), X86)
def test_call_is_decided(number: int, arguments: tuple[int, ...], wanted: int) -> None:
    assert decide(assemble("x86_64"), number, arguments) == wanted


def test_every_number_has_an_answer() -> None:
    for machine in ARCHITECTURE:
        code = assemble(machine)
        answers = {decide(code, number, (), ARCHITECTURE[machine]) for number in range(700)}
        assert answers == {ALLOW, refused(errno.EPERM), refused(errno.ENOSYS), refused(errno.EACCES)}


def test_foreign_architecture_is_killed() -> None:
    assert decide(assemble("x86_64"), 20, (), 0x40000003) == KILL
    assert decide(assemble("aarch64"), 0, (), ARCHITECTURE["x86_64"]) == KILL
    assert decide(assemble("aarch64"), 63, (), ARCHITECTURE["aarch64"]) == ALLOW


def test_unknown_processor_has_no_filter() -> None:
    with pytest.raises(UnknownArchitecture):
        assemble("riscv64")


def test_docker_gets_the_same_names() -> None:
    rules = docker_profile()["syscalls"]
    allowed = {
        name for rule in rules if rule["action"] == "SCMP_ACT_ALLOW" and "args" not in rule for name in rule["names"]
    }
    refused_names = {name for rule in rules if rule["action"] == "SCMP_ACT_ERRNO" for name in rule["names"]}
    assert {"read", "futex"} <= allowed
    assert {"mount", "ptrace", "io_uring_setup"} <= refused_names
    assert not allowed & refused_names
    assert "clone3" in refused_names
