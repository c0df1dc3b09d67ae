"""From the command to a page, on an empty data folder and on a used one: `python -m bench.start`."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.history import ROOT, Figures, keep, show
from tests.support.database import new_server_folder
from tests.support.instances import free_port

GIVE_UP_S = 60.0


def start(data_dir: Path) -> tuple[float, float]:
    """Seconds until the first page is served, and until the process has ended after being asked to."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOCKLOOP_")}
    environment |= {"MOCKLOOP_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT / "src"), "MOCKLOOP_LOG_LEVEL": "error"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "mockloop", "serve", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for_page(f"http://127.0.0.1:{port}/", process)
        served_s = time.perf_counter() - begun
        begun = time.perf_counter()
        process.terminate()
        process.wait(30)
        return served_s, time.perf_counter() - begun
    finally:
        process.kill()
        process.wait()


def _wait_for_page(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.perf_counter() + GIVE_UP_S
    while time.perf_counter() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                answer.read()
                return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{url} answered {error.code}; run `make run` once, so that there are pages") from error
        except OSError:
            time.sleep(0.005)
    raise SystemExit("mockloop serve did not come up")


def imports() -> float:
    """Seconds of processor time to import the web process."""
    code = "import time, mockloop.app, mockloop.cli; print(time.process_time())"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def bench(rounds: int) -> list[Figures]:
    """Cold and warm starts."""
    cold, warm, stop = [], [], []
    for _ in range(rounds):
        folder = new_server_folder()
        try:
            cold.append(start(folder)[0])
            for _ in range(2):
                served_s, stopped_s = start(folder)
                warm.append(served_s)
                stop.append(stopped_s)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return [
        _row("cold start: empty folder to the first page", cold),
        _row("warm start: used folder to the first page", warm),
        _row("stop: asked to until ended", stop),
        _row("of these, processor time to import it", [imports() for _ in range(rounds)]),
    ]


def _row(name: str, times_s: list[float]) -> Figures:
    return {
        "what": name,
        "n": len(times_s),
        "median_s": round(statistics.median(times_s), 2),
        "min_s": round(min(times_s), 2),
        "max_s": round(max(times_s), 2),
    }


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    load_before = os.getloadavg()[0]
    rows = bench(parser.parse_args().rounds)
    show("Starting", rows)
    keep("start", rows, load_before)


if __name__ == "__main__":
    main()
