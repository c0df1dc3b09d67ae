# ruff: noqa
# mypy: ignore-errors
"""Runs inside the sandbox: waits for one job on descriptor 4; calls answer on 3; the parent reports on 5.

Nothing here is trusted by the outside. A solution's calls are forked one by one: the parent never runs the
candidate's code and never holds arguments; each child loads the code, says it is ready, is handed the arguments
of its own call, and answers with one line. `runner.helper` speaks the other side of this.
"""

import builtins
import faulthandler
import gc
import os
import sys

RESULTS, JOBS, CONTROL = 3, 4, 5
SIGKILL, SIGXCPU = 9, 24
FILE = "/tmp/main.py"
PR_SET_DUMPABLE = 4
EARLY = (
    "bisect collections copy ctypes functools heapq itertools linecache random re shutil string traceback types typing"
)
"""Modules that solutions use. A warm sandbox loads them before they are needed; a cold one, when they are."""

SOURCE = []


def tell(line, to=RESULTS):
    view = memoryview((json_of(line) + "\n").encode())
    while view:
        view = view[os.write(to, view) :]


def read_line(buffer=bytearray()):
    """One line from the job pipe. The outside sends the next one only when it is due, so nothing is read ahead."""
    while True:
        end = buffer.find(b"\n")
        if end >= 0:
            line = bytes(buffer[:end])
            del buffer[: end + 1]
            return line
        piece = os.read(JOBS, 1 << 20)
        if not piece:
            return None
        buffer += piece


# --- errors -------------------------------------------------------------------------------------------------


def without_harness(tb):
    while tb is not None and tb.tb_frame.f_code.co_filename != FILE:
        tb = tb.tb_next
    return tb


def line_of(tb):
    line = None
    while tb is not None:
        if tb.tb_frame.f_code.co_filename == FILE:
            line = tb.tb_lineno
        tb = tb.tb_next
    return line


def describe(error):
    """What the outside is told of an exception; never raises, whatever `__str__` does."""
    name = type(error).__name__
    try:
        text = str(error)[:2000]
    except BaseException:
        text = ""
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == FILE else None
    return {"type": name[:80], "text": text, "line": line or line_of(error.__traceback__)}


def remember_source():
    """So that tracebacks can quote the candidate's lines, whether or not the file is there."""
    import linecache

    linecache.cache[FILE] = (len(SOURCE[0]), None, SOURCE[0].splitlines(True), FILE)


def show(error):
    import traceback

    remember_source()
    error.__traceback__ = without_harness(error.__traceback__)
    hook = traceback.print_exception if sys.excepthook is sys.__excepthook__ else sys.excepthook
    try:
        hook(type(error), error, error.__traceback__)
    except BaseException:
        print(f"{type(error).__name__}: (cannot be shown)", file=sys.stderr)


# --- running ------------------------------------------------------------------------------------------------


def prepare(source):
    """Compile the candidate's source, or tell why it cannot be compiled and return None."""
    SOURCE.append(source)
    if "linecache" in sys.modules:
        remember_source()
    try:
        return compile(source, FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError) as error:
        known = isinstance(error, SyntaxError)
        text = error.msg if known else str(error) or "nested too deeply"
        line = error.lineno if known else None
        tell({"compile": {"type": type(error).__name__, "text": text, "line": line}}, CONTROL)
        import traceback

        error.__traceback__ = None
        traceback.print_exception(error) if known else print(f"{type(error).__name__}: {text}", file=sys.stderr)
        return None


def new_main(solution):
    module = type(sys)("__main__")
    module.__file__ = FILE
    module.__builtins__ = builtins
    if solution:
        import typing

        module.ListNode, module.TreeNode = ListNode, TreeNode
        for name in ("List", "Dict", "Set", "Tuple", "Optional", "Any", "Union", "Callable", "Deque"):
            setattr(module, name, getattr(typing, name))
    sys.modules["__main__"] = module
    return module


def set_signals():
    """The outside sends SIGXCPU just before it stops a run: the line that was running is written, also in C code."""
    faulthandler.register(SIGXCPU, file=RESULTS, all_threads=False, chain=False)


def run_script(job, code):
    with open(FILE, "w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(job["source"])
    sys.argv = [FILE, *job["args"]]
    module = new_main(solution=False)
    try:
        exec(code, module.__dict__)
    except SystemExit:
        raise
    except BaseException as error:
        tell({"error": describe(error)})
        show(error)
        raise SystemExit(1) from None


def call(job, module, arguments):
    target = module.__dict__.get(job["entry_point"])
    if target is None and job["entry_kind"] == "function" and "." not in job["entry_point"]:
        holder = module.__dict__.get("Solution")
        target = getattr(holder(), job["entry_point"], None) if isinstance(holder, type) else None
    if not callable(target):
        raise Unreturnable(f"there is no {job['entry_kind']} named {job['entry_point']}")
    kinds = job["parameter_kinds"]
    if job["entry_kind"] == "function":
        built = [build(kinds[i] if i < len(kinds) else "plain", value) for i, value in enumerate(arguments)]
        return encode_returned(target(*built), job["return_kind"])
    operations, lists = arguments
    instance = target(*lists[0])
    values = [None]
    for operation, given in zip(operations[1:], lists[1:], strict=True):
        method = getattr(instance, operation, None)
        if not callable(method):
            raise Unreturnable(f"{job['entry_point']} has no method named {operation}")
        values.append(encode(method(*given)))
    return values


def answer_call(job, code, index):
    """Runs in the child, and does not return."""
    status = 0
    try:
        os.close(CONTROL)
        # A call before this one may have changed them: the mode belongs to the pipe, not to the process.
        for descriptor in (1, 2, RESULTS, JOBS):
            os.set_blocking(descriptor, True)
        set_dumpable(1)
        set_signals()
        module = new_main(solution=True)
        exec(code, module.__dict__)
        tell({"i": index, "ready": 1})
        line = read_line()
        os.close(JOBS)
        answer = {"i": index, "v": call(job, module, read_json(line))}
    except Unreturnable as error:
        answer = {"i": index, "e": {"type": "", "text": str(error), "line": None}}
    except BaseException as error:
        answer = {"i": index, "e": describe(error)}
        show(error)
        status = 1
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        tell(answer)
    finally:
        os._exit(status)


def set_dumpable(value):
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, value, 0, 0, 0)


def wait_for_next(buffer=bytearray(1 << 16)):
    """Until the outside lets the next call begin; arguments that the last one left unread are overwritten."""
    os.set_blocking(JOBS, True)
    end = b""
    while end != b"next\n":
        count = os.readv(JOBS, [buffer])
        if count == 0:
            raise SystemExit
        end = (end + bytes(buffer[max(count - 5, 0) : count]))[-5:]
        buffer[:count] = bytes(count)


def clear_scratch():
    import shutil

    for folder in ("/tmp", "/dev/shm"):
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            path = os.path.join(folder, name)
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path, ignore_errors=True)
            else:
                os.unlink(path)


def run_solution(job, code):
    set_dumpable(0)
    # The parent lives on when a call is stopped for its line, and dies with the sandbox.
    import signal

    signal.signal(SIGXCPU, signal.SIG_IGN)
    for index in job["indexes"]:
        child = os.fork()
        if child == 0:
            answer_call(job, code, index)
        _, status = os.waitpid(child, 0)
        try:
            os.kill(-1, SIGKILL)
        except ProcessLookupError:
            pass
        while True:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                break
        clear_scratch()
        tell({"i": index, "ended": status}, CONTROL)
        if index != job["indexes"][-1]:
            wait_for_next()


def main():
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stdin.reconfigure(errors="surrogateescape")
    if "warm" in sys.argv:
        for name in EARLY.split():
            __import__(name)
    tell({"ready": 1}, CONTROL)
    line = read_line()
    if line is None:
        return
    job = read_json(line)
    if job["kind"] == "script":
        os.close(JOBS)
    code = prepare(job["source"])
    if code is None:
        raise SystemExit(1)
    del line
    if job["kind"] == "script":
        os.close(CONTROL)
        set_signals()
        run_script(job, code)
    else:
        gc.freeze()
        run_solution(job, code)


main()
