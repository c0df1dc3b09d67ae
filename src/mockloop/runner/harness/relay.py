# ruff: noqa
# mypy: ignore-errors
"""Process 1 of a runner container: starts the interpreter and carries its pipes over the container's two streams.

Docker connects a container by standard input and output only; the harness needs more. Frames are one letter, four
bytes of length, content. To the container: `i` input, `I` end of input, `j` job, `t` ask for the line.
From it: `o` output, `e` errors, `r` answers, `c` the harness's own reports, `u` what was used so far (first when the job comes), `x` the end. Not dumpable, so that candidate
code, which runs as the same user, can reach neither its memory nor its descriptors.
"""

import ctypes
import json
import os
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
MOST_PIECES = 32
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


def start(command):
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


class Relay:
    def __init__(self, command):
        self.child, ends = start(command)
        self.stdin, self.stdout, self.stderr, self.results, self.jobs, self.control = ends
        self.letters = {self.stdout: b"o", self.stderr: b"e", self.results: b"r", self.control: b"c"}
        self.open = {0, *self.letters}
        self.unsent = {self.stdin: bytearray(), self.jobs: bytearray()}
        self.closing = set()
        self.inbox = bytearray()
        self.told = None
        self.status = None
        for end in (self.stdin, self.jobs):
            os.set_blocking(end, False)

    def carry(self, trace_signal):
        while self.status is None or any(end in self.open for end in self.letters):
            writers = [end for end, content in self.unsent.items() if content]
            # While it waits for a job it sleeps: nobody asks yet what it uses, and it may wait for long.
            ready, able, _ = select.select(list(self.open), writers, [], 0.5 if self.told is None else 0.02)
            self.read(ready)
            self.obey(trace_signal)
            self.write(able)
            self.report()
            self.reap()
        code = os.waitstatus_to_exitcode(self.status)
        tell(b"x", json.dumps({**usage(), "exit_code": code if code >= 0 else 128 - code}).encode())

    def read(self, ready):
        if self.control in ready or self.results in ready:
            # What a call printed it printed before it answered.
            for end in (self.stdout, self.stderr):
                for _ in range(MOST_PIECES):
                    if end not in self.open or not select.select([end], [], [], 0)[0]:
                        break
                    piece = os.read(end, 1 << 16)
                    if not piece:
                        self.open.discard(end)
                        break
                    tell(self.letters[end], piece)
            ready = [end for end in ready if end not in (self.stdout, self.stderr)]
        if self.control in ready:
            # A report follows the answer that it is about, so answers go first; and a call that was killed for its
            # memory is known as such before it is reported as ended.
            while select.select([self.results], [], [], 0)[0]:
                piece = os.read(self.results, 1 << 16)
                if not piece:
                    break
                tell(b"r", piece)
            if usage()["oom"]:
                tell(b"u", json.dumps(usage()).encode())
            ready = [end for end in ready if end not in (self.control, self.results)] + [self.control]
        for end in ready:
            piece = os.read(end, 1 << 16)
            if end == 0 and not piece:
                os._exit(0)
            if end == 0:
                self.inbox += piece
            elif piece:
                tell(self.letters[end], piece)
            else:
                self.open.discard(end)

    def obey(self, trace_signal):
        while len(self.inbox) >= 5:
            size = struct.unpack_from("=I", self.inbox, 1)[0]
            if len(self.inbox) < 5 + size:
                return
            letter, content = self.inbox[:1], bytes(self.inbox[5 : 5 + size])
            del self.inbox[: 5 + size]
            if self.told is None:
                self.told = time.monotonic()
                tell(b"u", json.dumps(usage()).encode())
            if letter in b"ij":
                self.unsent.get(self.stdin if letter == b"i" else self.jobs, bytearray()).extend(content)
            elif letter == b"I":
                self.closing.add(self.stdin)
            elif letter == b"t":
                os.kill(-1, trace_signal)

    def write(self, able):
        for end in able:
            try:
                del self.unsent[end][: os.write(end, self.unsent[end][: 1 << 16])]
            except BlockingIOError:
                pass
            except OSError:
                self.unsent[end].clear()
                self.closing.add(end)
        for end in list(self.closing):
            if end in self.unsent and not self.unsent[end]:
                os.close(end)
                del self.unsent[end]
                self.closing.discard(end)

    def report(self):
        now = time.monotonic()
        if self.told is not None and now - self.told > 0.05:
            self.told = now
            tell(b"u", json.dumps(usage()).encode())

    def reap(self):
        try:
            while True:
                pid, ended = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                if pid == self.child:
                    self.status = ended
                    # Whatever it left behind would keep the streams open.
                    os.kill(-1, signal.SIGKILL)
        except (ChildProcessError, ProcessLookupError):
            return


def main():
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    Relay(sys.argv[2:]).carry(int(sys.argv[1]))


main()
