"""`make test`: the frontend's unit tests, then everything in pytest; its closing lines come last."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    web = subprocess.run(["npm", "run", "--silent", "test"], cwd=ROOT / "web", check=False)
    workers = os.environ.get("TEST_WORKERS", "2")
    # One file stays on one worker: its tests share what is slow to set up.
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadfile", "-m", "not slow", *sys.argv[1:]]
    python = subprocess.run(command, cwd=ROOT, check=False)
    if web.returncode:
        print("the frontend's unit tests failed; see above")
    return web.returncode or python.returncode


if __name__ == "__main__":
    raise SystemExit(main())
