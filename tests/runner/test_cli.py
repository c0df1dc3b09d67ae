"""`mockloop run`: what it prints and how it exits."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from mockloop.runner.cli import run_command
from tests.contracts.backends_here import BWRAP_HERE

pytestmark = pytest.mark.skipif(not BWRAP_HERE, reason="bubblewrap is not on this machine")

app = typer.Typer()
app.command()(run_command)


class Folder:
    """A folder with programs, and the command to run them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, content: Any) -> str:
        file = self.path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(file)

    def run(self, *arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, list(arguments), input=stdin, env=env)
        return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_script_prints_what_it_prints(folder: Folder) -> None:
    program = folder.write("a.py", "import sys\nprint(input(), sys.argv[1:])\nprint('e', file=sys.stderr)")
    given = folder.write("in.txt", "hello")
    assert folder.run(program, "--stdin", given, "--arg", "x", "--arg", "y z") == (0, "hello ['x', 'y z']\n", "e\n")
    assert folder.run(program, "--stdin", "-", stdin="typed\n")[:2] == (0, "typed []\n")


def test_json_is_one_object_with_every_field(folder: Folder) -> None:
    program = folder.write("a.js", "console.log('x'); process.exit(4)")
    status, out, _ = folder.run(program, "--json")
    result = json.loads(out)
    assert status == 1
    assert {
        "outcome": "crashed",
        "stdout": "x\n",
        "stderr": "",
        "exit_code": 4,
        "signal": None,
        "truncated": False,
    }.items() <= (result.items())
    assert result["message"] == "The program ended with exit code 4."
    assert result["tests"] == []
    assert min(result["wall_s"], result["cpu_s"], result["memory_mb"]) > 0


def test_limits_are_those_of_the_options(folder: Folder) -> None:
    loop = folder.write("a.py", "while True: pass")
    result = json.loads(folder.run(loop, "--cpu-s", "0.4", "--wall-s", "3", "--json")[1])
    assert result["outcome"] == "timed_out"
    assert result["cpu_s"] < 1.5
    greedy = folder.write(
        "b.py", "x = bytearray(60_000_000)\nfor i in range(0, len(x), 4096): x[i] = 1\nprint('had it')"
    )
    assert folder.run(greedy)[1] == "had it\n"
    assert json.loads(folder.run(greedy, "--memory-mb", "40", "--json")[1])["outcome"] == "out_of_memory"
    loud = folder.write("c.py", "print('x' * 5000)")
    result = json.loads(folder.run(loud, "--output-kb", "2", "--json")[1])
    assert (result["outcome"], len(result["stdout"]), result["truncated"]) == ("too_much_output", 2048, True)


TESTS = {
    "entry_point": "add",
    "compare": "exact",
    "tests": [{"args": [1, 2], "expected": 3}, {"args": [2, 2], "expected": 5}, {"args": ["a", 2], "expected": 0}],
}


def test_tests_are_judged(folder: Folder) -> None:
    program = folder.write("a.py", "def add(a, b):\n    return a + b\n")
    status, out, _ = folder.run(program, "--tests", folder.write("t.json", TESTS), "--json")
    tests = json.loads(out)["tests"]
    assert status == 1
    assert [(test["index"], test["outcome"], test["actual"]) for test in tests] == [
        (0, "passed", 3),
        (1, "failed", 4),
        (2, "crashed", None),
    ]
    assert tests[1]["message"] == "Returned 4, expected 5."
    right = folder.write("r.json", {**TESTS, "tests": TESTS["tests"][:1]})
    status, out, err = folder.run(program, "--tests", right)
    assert status == 0
    assert "test 0: passed" in err


NODES = [
    (
        "a.py",
        "def flip(root: Optional[TreeNode]):\n    if root: root.left, root.right = flip(root.right), flip(root.left)\n"
        "    return root",
    ),
    (
        "a.js",
        "const flip = (root) => {\n  if (root) [root.left, root.right] = [flip(root.right), flip(root.left)];\n"
        "  return root;\n};",
    ),
    (
        "b.py",
        "class TreeNode:\n    def __init__(self, val=0, left=None, right=None):\n"
        "        self.val, self.left, self.right = val, left, right\n\n"
        "def flip(root):\n    return TreeNode(root.val, flip(root.right), flip(root.left)) if root else None",
    ),
]


@pytest.mark.parametrize(("name", "source"), NODES)
def test_trees_are_recognised(folder: Folder, name: str, source: str) -> None:
    tests = [{"args": [[1, 2, 3, None, 4]], "expected": [1, 3, 2, None, None, 4]}, {"args": [[]], "expected": []}]
    cases = folder.write("t.json", {"entry_point": "flip", "compare": "tree", "tests": tests})
    status, out, _ = folder.run(folder.write(name, source), "--tests", cases, "--json")
    assert status == 0, out


def test_class_is_recognised(folder: Folder) -> None:
    program = folder.write("a.ts", "class Box { v = 0; put(v: number) { this.v = v } get(): number { return this.v } }")
    test = {"args": [["Box", "put", "get"], [[], [4], []]], "expected": [None, None, 4]}
    cases = folder.write("t.json", {"entry_point": "Box", "tests": [test]})
    assert folder.run(program, "--tests", cases)[0] == 0


def test_batch_writes_a_result_for_every_line(folder: Folder) -> None:
    lines = [{"id": i, "language": "python", "source": f"print({i})"} for i in range(6)]
    lines.append({"id": "sol", "language": "javascript", "source": "function add(a, b) { return a + b }", **TESTS})
    lines.append({"id": "in", "language": "python", "source": "print(input())", "stdin": "typed"})
    lines.append({"id": "slow", "language": "python", "source": "while 1: pass", "limits": {"cpu_s": 0.3}})
    lines.append({"id": "odd", "language": "cobol", "source": ""})
    text = "\n".join(json.dumps(line) for line in lines) + "\n\nno json\n"
    status, out, _ = folder.run("--batch", "--workers", "2", stdin=text)
    results = {result["id"]: result for result in map(json.loads, out.splitlines())}
    assert status == 1
    assert [results[i]["stdout"] for i in range(6)] == [f"{i}\n" for i in range(6)]
    assert [test["outcome"] for test in results["sol"]["tests"]] == ["passed", "failed", "failed"]
    assert results["in"]["stdout"] == "typed\n"
    assert results["slow"]["outcome"] == "timed_out"
    assert results["odd"]["outcome"] == results[None]["outcome"] == "refused"
    assert folder.run("--batch", stdin=json.dumps(lines[0]) + "\n")[0] == 0


def test_batch_goes_on_after_lines_that_are_no_jobs(folder: Folder) -> None:
    right = {"id": "a", "language": "python", "source": "print(1)"}
    lines = [right, "{", [right], {}, {**right, "id": "b", "limits": {"wall_s": 99}}, {**right, "id": "c"}]
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    status, out, _ = folder.run("--batch", stdin=text.encode() + b"\n\xff\xfe{}\n" + json.dumps(right).encode())
    results = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert sorted(str(one["id"]) for one in results) == ["None"] * 4 + ["a", "a", "b", "c"]
    assert len({tuple(one) for one in results}) == 1, "every line has the same fields"
    for one in results:
        refused = one["id"] in (None, "b")
        assert (one["outcome"], one["stdout"]) == (("refused", "") if refused else ("ok", "1\n"))
        assert bool(one["message"]) is refused


def test_limits_of_the_options_hold_for_lines_that_name_none(folder: Folder) -> None:
    line = {"language": "python", "source": "import time\ntime.sleep(0.8)"}
    lines = [{**line, "id": "usual"}, {**line, "id": "own", "limits": {"wall_s": 5}}]
    out = folder.run("--batch", "--wall-s", "0.3", stdin="\n".join(map(json.dumps, lines)))[1]
    assert {one["id"]: one["outcome"] for one in map(json.loads, out.splitlines())} == {
        "usual": "timed_out",
        "own": "ok",
    }


def test_output_is_utf8_in_every_locale(folder: Folder) -> None:
    program = folder.write("a.py", "print('täxt 🎉')")
    for arguments, wanted in (([], "täxt 🎉\n"), (["--json"], r"\ud83c\udf89")):
        command = [sys.executable, "-m", "mockloop", "run", program, *arguments]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
        ran = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
        assert ran.returncode == 0, ran.stderr
        assert wanted in ran.stdout.decode()


def test_reader_that_leaves_ends_it_quietly(folder: Folder) -> None:
    lines = "".join(json.dumps({"id": i, "language": "python", "source": "print(1)"}) + "\n" for i in range(50))
    command = [sys.executable, "-m", "mockloop", "run", "--batch"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as batch:
        assert batch.stdin is not None
        assert batch.stdout is not None
        assert batch.stderr is not None
        batch.stdout.close()
        batch.stdin.write(lines.encode())
        batch.stdin.close()
        assert batch.stderr.read() == b""
        assert batch.wait(60) == 1


BAD = [
    (["missing.py"], "No such file"),
    (["--language", "cobol", "{a}"], "no language cobol"),
    (["{odd}"], "--language"),
    (["{a}", "--wall-s", "99"], "wall_s"),
    (["{a}", "--backend", "chroot"], "no runner backend"),
    (["{a}", "--tests", "{a}"], "a.py"),
    (["{a}", "--tests", "{bad}"], "compare"),
    (["{a}", "--tests", "{poor}"], "entry_point"),
    (["{a}", "--batch"], "--batch"),
    (["--batch", "--arg", "x"], "--batch"),
    (["{a}", "--tests", "{none}"], "tests"),
    (["{a}", "--tests", "{infinite}"], "tests.1.args"),
    (["{a}", "--tests", "{any_of}"], "tests.0.expected"),
    (["{a}", "--tests", "{cut}"], "cut.json"),
    (["{a}", "--stdin", "{binary}"], "UTF-8"),
    (["{binary}", "--language", "python"], "UTF-8"),
    (["."], "--language"),
    ([], "name a file"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_bad_usage_is_told(folder: Folder, arguments: list[str], words: str) -> None:
    names = {
        "a": folder.write("a.py", "print(1)"),
        "odd": folder.write("a.xyz", ""),
        "bad": folder.write("bad.json", {**TESTS, "compare": "fuzzy"}),
        "poor": folder.write("poor.json", {"tests": []}),
        "none": folder.write("none.json", {**TESTS, "tests": []}),
        "infinite": folder.write("infinite.json", {**TESTS, "tests": [{"args": [1]}, {"args": [float("inf")]}]}),
        "any_of": folder.write("any_of.json", {**TESTS, "compare": "any_of"}),
        "cut": folder.write("cut.json", json.dumps(TESTS)[:-1]),
        "binary": str(folder.path / "binary"),
    }
    Path(names["binary"]).write_bytes(b"\xff\xfe")
    status, out, err = folder.run(*[argument.format(**names) for argument in arguments])
    assert (status, out) == (2, "")
    assert words in err


def test_another_machine_runs_it(folder: Folder) -> None:
    program = folder.write("a.py", "print(1)")
    secret = {"MOCKLOOP_RUNNER_SECRET": "a secret of the two machines"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mockloop", "runner", "--port", str(port)]
    with subprocess.Popen(command, env={**os.environ, **secret}, stderr=subprocess.PIPE, text=True) as there:
        assert there.stderr is not None
        assert str(port) in there.stderr.readline()
        url = {"MOCKLOOP_RUNNER_URL": f"http://127.0.0.1:{port}"}
        asked = [program, "--backend", "remote"]
        status = 3
        for _ in range(100):
            status, out, _ = folder.run(*asked, env={**secret, **url})
            if status != 3:
                break
            time.sleep(0.1)
        assert (status, out) == (0, "1\n")
        wrong = folder.run(*asked, env={**url, "MOCKLOOP_RUNNER_SECRET": "another secret altogether"})
        there.terminate()
    assert wrong[0] == 3
    assert "secret" in wrong[2]
    assert folder.run(*asked, env={**secret, **url})[0] == 3, "nobody is there any more"
    assert folder.run(*asked)[0] == 2, "and nobody is named"


def test_runner_service_wants_a_long_secret() -> None:
    command = [sys.executable, "-m", "mockloop", "runner"]
    environment = {**os.environ, "MOCKLOOP_RUNNER_SECRET": "short"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 2
    assert "at least 16 characters" in ran.stderr


def test_missing_sandbox_is_status_3(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    status, out, err = folder.run(folder.write("a.py", "print('ran')"))
    assert (status, out) == (3, "")
    assert "apt-get install bubblewrap" in err
