# ruff: noqa
# mypy: ignore-errors
"""Process 1 of a runner container: starts the interpreter and carries its pipes over the container's two streams.

Docker connects a container by standard input and output only; the harness needs more. Frames are one letter, four
bytes of length, content. To the container: `i` input, `I` end of input, `j` job, `t` ask for the line.
From it: `o` output, `e` errors, `r` answers, `c` the harness's own reports, `u` what was used so far, `x` the end. Not dumpable, so that candidate
code, which runs as the same user, can reach neither its memory nor its descriptors.
"""

import ctypes
import json
import os
import resource
import select
import signal
import struct
import sys
import time

CPU = ("/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpuacct/cpuacct.usage")
PEAK = (
    "/sys/fs/cgroup/memory.peak",
    "/sys/fs/cgroup/memory/memory.max_usage_in_bytes",
    "/sys/fs/cgroup/memory.current",
)
KILLS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")


def read(paths):
    for path in paths:
        try:
            with open(path) as file:
                return file.read()
        except OSError:
            continue
    return ""


def named(text, name):
    for line in text.splitlines():
        if line.startswith(name + " "):
            return int(line.split()[1])
    return 0


def usage():
    cpu = read(CPU)
    cpu_s = named(cpu, "usage_usec") / 1e6 if "usage_usec" in cpu else int(cpu or 0) / 1e9
    return {"cpu_s": cpu_s, "memory_mb": int(read(PEAK) or 0) / 1048576, "oom": named(read(KILLS), "oom_kill")}


def tell(letter, content):
    view = memoryview(letter + struct.pack("=I", len(content)) + content)
    while view:
        view = view[os.write(1, view) :]


def start(command, trace_signal):
    pipes = [os.pipe() for _ in range(6)]
    inner = [pipes[0][0], pipes[1][1], pipes[2][1], pipes[3][1], pipes[4][0], pipes[5][1]]
    outer = [pipes[0][1], pipes[1][0], pipes[2][0], pipes[3][0], pipes[4][1], pipes[5][0]]
    child = os.fork()
    if child == 0:
        import fcntl

        moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in inner]
        for target, end in enumerate(moved):
            os.dup2(end, target, inheritable=True)
        os.chdir("/tmp")
        environment = {"PATH": "/usr/bin", "LANG": "C.UTF-8", "HOME": "/tmp"}
        os.execve(command[0], command, environment)
    for end in inner:
        os.close(end)
    return child, outer


def main():
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    trace_signal, command = int(sys.argv[1]), sys.argv[2:]
    child, (stdin, stdout, stderr, results, jobs, control) = start(command, trace_signal)
    letters = {stdout: b"o", stderr: b"e", results: b"r", control: b"c"}
    inbox, told, status = bytearray(), 0.0, None
    waiting = {0, *letters}
    unsent = {stdin: bytearray(), jobs: bytearray()}
    closing = set()
    for end in (stdin, jobs):
        os.set_blocking(end, False)
    while status is None or any(end in waiting for end in letters):
        writers = [end for end, content in unsent.items() if content]
        ready, able, _ = select.select(list(waiting), writers, [], 0.02)
        if control in ready:
            # A report follows the answer that it is about, so answers go first.
            ready.remove(control)
            while select.select([results], [], [], 0)[0]:
                piece = os.read(results, 1 << 16)
                if not piece:
                    break
                tell(b"r", piece)
            ready = [end for end in ready if end != results] + [control]
        for end in ready:
            piece = os.read(end, 1 << 16)
            if not piece:
                if end == 0:
                    os._exit(0)
                waiting.discard(end)
            elif end == 0:
                inbox += piece
            else:
                tell(letters[end], piece)
        while len(inbox) >= 5:
            size = struct.unpack_from("=I", inbox, 1)[0]
            if len(inbox) < 5 + size:
                break
            letter, content = inbox[:1], bytes(inbox[5 : 5 + size])
            del inbox[: 5 + size]
            if letter in b"ij":
                unsent.get(stdin if letter == b"i" else jobs, bytearray()).extend(content)
            elif letter == b"I":
                closing.add(stdin)
            elif letter == b"t":
                os.kill(-1, trace_signal)
        for end in able:
            try:
                del unsent[end][: os.write(end, unsent[end][: 1 << 16])]
            except BlockingIOError:
                pass
            except OSError:
                unsent[end].clear()
                closing.add(end)
        for end in list(closing):
            if end in unsent and not unsent[end]:
                os.close(end)
                del unsent[end]
                closing.discard(end)
        now = time.monotonic()
        if now - told > 0.05:
            told = now
            tell(b"u", json.dumps(usage()).encode())
        try:
            while True:
                pid, ended = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    break
                if pid == child:
                    status = ended
                    # Whatever it left behind would keep the streams open.
                    try:
                        os.kill(-1, signal.SIGKILL)
                    except ProcessLookupError:
                        pass
        except ChildProcessError:
            pass
    code = os.waitstatus_to_exitcode(status)
    tell(b"x", json.dumps({**usage(), "exit_code": code if code >= 0 else 128 - code}).encode())


main()
