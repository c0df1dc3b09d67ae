"""`make check`: everything that can be said without running the product. Runs all of it, then says what failed."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
BIN = Path(sys.executable).parent
PYTHON_DIRS = ["src", "tests", "bench", "scripts"]


def _run(*command: str, cwd: Path = ROOT) -> bool:
    return subprocess.run(command, cwd=cwd, check=False).returncode == 0


def lint() -> bool:
    return _run(str(BIN / "ruff"), "check", "-q", *PYTHON_DIRS)


def formatting() -> bool:
    return _run(str(BIN / "ruff"), "format", "--check", "-q", *PYTHON_DIRS)


def types() -> bool:
    return _run(str(BIN / "mypy"))


def layers() -> bool:
    return _run(str(BIN / "lint-imports"))


def web_lint() -> bool:
    return _run("npm", "run", "--silent", "lint", cwd=WEB)


def web_types() -> bool:
    return _run("npm", "run", "--silent", "typecheck", cwd=WEB)


def web_lock() -> bool:
    return _run("node", "scripts/check-lock.mjs", cwd=WEB)


def python_locks() -> bool:
    """Every requirement has hashes, none an address, and both locks answer what pyproject.toml asks for."""
    sound = True
    for lock, groups in (("requirements.lock", ("build",)), ("requirements-dev.lock", ("build", "dev"))):
        text = (ROOT / lock).read_text("utf-8")
        for pin in re.split(r"\n(?=[a-z0-9])", text):
            if re.match(r"[a-z0-9][^ ]*==", pin) and "--hash=sha256:" not in pin:
                print(f"{lock}: {pin.splitlines()[0]} has no hash")
                sound = False
        if re.search(r"https?://|file:|--index", text):
            print(f"{lock}: holds an address")
            sound = False
        wanted = [*("--group " + group for group in groups)]
        command = f"uv pip compile -q pyproject.toml {' '.join(wanted)} --universal --python-version 3.11 --no-header"
        made = subprocess.run(
            [str(BIN / "uv"), *command.split()[1:], "--no-annotate", "-c", lock, "--no-deps"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            print(f"{lock}: does not answer pyproject.toml; run `make lock`\n{made.stderr.strip()[-600:]}")
            sound = False
    return sound


def generated() -> bool:
    """The OpenAPI document, the frontend's types and the page of settings are what the code says now."""
    from scripts.generate import OPENAPI, SETTINGS, openapi_text, settings_text

    sound = True
    for path, text in ((OPENAPI, openapi_text()), (SETTINGS, settings_text())):
        if not path.exists() or path.read_text("utf-8") != text:
            print(f"{path.relative_to(ROOT)} is stale; run `make generate`")
            sound = False
    return sound and _run("npm", "run", "--silent", "check:api", cwd=WEB)


CHECKS: list[Callable[[], bool]] = [
    lint, formatting, types, layers, python_locks, generated, web_lock, web_lint, web_types,
]  # fmt: skip


def main() -> int:
    failed: list[str] = []
    for check in CHECKS:
        started = time.monotonic()
        sound = check()
        print(f"{'ok  ' if sound else 'FAIL'} {check.__name__:<14} {time.monotonic() - started:5.1f} s", flush=True)
        if not sound:
            failed.append(check.__name__)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
