"""What every backend of this machine must do, in every language: the friendly half of the contract suite."""

from collections.abc import Iterator
from typing import Any

import pytest

from mockloop.runner.contract import Language, Limits, RunResult, Script, Solution
from mockloop.runner.limits import DEFAULTS
from mockloop.runner.verdicts import judge_calls
from tests.contracts.backends_here import BACKENDS_HERE
from tests.contracts.runner_bench import Bench

LANGUAGES: tuple[Language, ...] = ("python", "javascript", "typescript")
ECHO: dict[Language, str] = {
    "python": "import sys\nprint('out', input(), sys.argv[1:])\nprint('err', file=sys.stderr)\n",
    "javascript": "const text = require('fs').readFileSync(0, 'utf8');\n"
    "console.log('out', text.trim(), process.argv.slice(2));\nconsole.error('err');\n",
    "typescript": "import * as fs from 'node:fs';\nconst text: string = fs.readFileSync('/dev/stdin', 'utf8');\n"
    "console.log('out', text.trim(), process.argv.slice(2));\nconsole.error('err');\n",
}


@pytest.fixture(scope="module", params=BACKENDS_HERE)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    bench = Bench(request.param.open())
    yield bench
    bench.close()


def function(language: Language, source: str, *calls: tuple[Any, ...], **more: Any) -> Solution:
    return Solution(language=language, source=source, entry_point="answer", calls=calls, **more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_script_reads_input_and_arguments(bench: Bench, language: Language) -> None:
    result = bench.run(Script(language=language, source=ECHO[language], stdin="täxt 🎉\n", args=("a", "b c")))
    assert result.outcome == "ok"
    assert result.exit_code == 0
    assert result.stdout.startswith("out täxt 🎉 [")
    assert "b c" in result.stdout
    assert result.stderr == "err\n"
    assert 0 < result.wall_s < 10
    assert result.memory_mb > 0
    assert result.message == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_cold_sandbox_gives_the_same(bench: Bench, language: Language) -> None:
    """A limit that warm sandboxes were not made with needs a fresh one."""
    limits = DEFAULTS.model_copy(update={"scratch_mb": 8, "memory_mb": 200, "processes": 32})
    result = bench.run(Script(language=language, source=ECHO[language], stdin="x\n", limits=limits))
    assert (result.outcome, result.stderr) == ("ok", "err\n")


ERRORS = [
    ("python", "x = 1\n\ndef f():\n    return {}['key']\n\nf()\n", 4, "KeyError"),
    ("javascript", "const x = 1;\n\nfunction f() {\n  return x.a.b;\n}\nf();\n", 4, "TypeError"),
    ("typescript", "enum A { X }\n\nfunction f(x: any): number {\n\n  return x.a.b;\n}\nf(A.X);\n", 5, "TypeError"),
    ("typescript", "const x: number = 1;\n\nthrow new RangeError('no');\n", 3, "RangeError"),
    ("javascript", "import fs from 'node:fs';\nawait 1;\nthrow new RangeError('no');\n", 3, "RangeError"),
]


@pytest.mark.parametrize(("language", "source", "line", "kind"), ERRORS)
def test_error_names_the_line_of_the_own_file(
    bench: Bench, language: Language, source: str, line: int, kind: str
) -> None:
    result = bench.run(Script(language=language, source=source))
    assert result.outcome == "crashed"
    assert result.line == line, result.stderr
    assert result.message.startswith(f"Line {line}: {kind}")
    assert_no_harness(result)


def assert_no_harness(result: RunResult) -> None:
    for word in ("driver", "/box", "node:internal", "/tmp/main", "answer_call", "run_script"):
        assert word not in result.stderr, result.stderr


SYNTAX = [
    ("python", "x = 1\ny = = 2\n", 2),
    ("javascript", "const x = 1;\nconst y = = 2;\n", 2),
    ("typescript", "const x: number = 1;\nconst y = = 2;\n", 2),
]


@pytest.mark.parametrize(("language", "source", "line"), SYNTAX)
@pytest.mark.parametrize("kind", ["script", "solution"])
def test_syntax_error_is_told_before_anything_runs(
    bench: Bench, language: Language, source: str, line: int, kind: str
) -> None:
    job: Script | Solution = Script(language=language, source=source)
    if kind == "solution":
        job = function(language, source, (1,), (2,))
    result = bench.run(job)
    assert (result.outcome, result.line) == ("compile_error", line), result
    assert "SyntaxError" in result.message
    assert_no_harness(result)
    if isinstance(job, Solution):
        assert [verdict.outcome for verdict in judge_calls(result, [1, 2])] == ["not_run", "not_run"]


LOOPS = [
    ("python", "print('before')\nx = 0\nwhile True:\n    x += 1\n", (3, 4)),
    ("python", "print('before')\nimport re\nre.match('(a+)+$', 'a' * 60 + 'b')\n", (3,)),
    ("javascript", "console.log('before');\nlet x = 0;\nwhile (true) {\n  x++;\n}\n", (3, 4)),
    (
        "typescript",
        "enum A { X }\n\nconsole.log('before');\n\nlet x: number = A.X;\nwhile (true) {\n  x++;\n}\n",
        (6, 7),
    ),
]


@pytest.mark.parametrize(("language", "source", "lines"), LOOPS)
def test_time_out_names_the_line_that_was_running(
    bench: Bench, language: Language, source: str, lines: tuple[int, ...]
) -> None:
    result = bench.run(Script(language=language, source=source, limits=Limits(wall_s=9, cpu_s=0.5)))
    assert result.outcome == "timed_out"
    assert result.stdout == "before\n", "what was printed before is kept"
    assert result.line in lines, result
    assert f"line {result.line} was still running" in result.message
    assert_no_harness(result)


MIXED: dict[Language, str] = {
    "python": """
def answer(n):
    if n == 1:
        while True: pass
    if n == 2:
        return 1 / 0
    if n == 3:
        x = [0]
        while True: x += x
    if n == 4:
        import os
        os._exit(0)
    if n == 5:
        while True: print("x" * 1000)
    return n * 10
""",
    "javascript": """
function answer(n) {
  if (n === 1) while (true);
  if (n === 2) return null.x;
  if (n === 3) { const x = []; while (true) x.push(Buffer.alloc(1 << 20, 1)); }
  if (n === 4) process.exit(0);
  if (n === 5) while (true) console.log("x".repeat(1000));
  return n * 10;
}
""",
}
MIXED["typescript"] = MIXED["javascript"].replace("(n)", "(n: number): number")


@pytest.mark.parametrize("language", LANGUAGES)
def test_call_that_dies_gets_its_verdict_and_the_rest_still_run(bench: Bench, language: Language) -> None:
    limits = Limits(wall_s=8, cpu_s=2)
    job = function(language, MIXED[language], *[(n,) for n in range(7)], limits=limits, limits_per_call_s=4)
    result = bench.run(job)
    verdicts = judge_calls(result, [0, 10, 20, 30, 40, 50, 60])
    wanted = ["passed", "timed_out", "crashed", "out_of_memory", "crashed", "too_much_output", "passed"]
    assert [verdict.outcome for verdict in verdicts] == wanted, verdicts
    assert verdicts[2].message
    assert verdicts[2].line is not None
    assert all(verdict.message for verdict in verdicts[1:6])


FLOODS: dict[Language, str] = {
    "python": "def answer(n):\n    print('x' * (100_000 if n % 2 else 100))\n    return n\n",
    "javascript": "function answer(n) {\n  console.log('x'.repeat(n % 2 ? 100_000 : 100));\n  return n;\n}\n",
}
FLOODS["typescript"] = FLOODS["javascript"].replace("(n)", "(n: number): number")


@pytest.mark.parametrize("language", LANGUAGES)
def test_call_that_prints_too_much_is_blamed_and_no_other(bench: Bench, language: Language) -> None:
    """Also when it answers rightly afterwards: what it wrote last is still in the pipe then."""
    result = bench.run(function(language, FLOODS[language], *[(n,) for n in range(8)]))
    verdicts = [verdict.outcome for verdict in judge_calls(result, list(range(8)))]
    assert verdicts == ["passed", "too_much_output"] * 4
    assert result.truncated


STACK: dict[Language, str] = {
    "python": "class Stack:\n    def __init__(self):\n        self.items = []\n"
    "    def push(self, x):\n        self.items.append(x)\n    def pop(self):\n        return self.items.pop()\n",
    "javascript": "class Stack {\n  items = [];\n  push(x) { this.items.push(x); }\n"
    "  pop() { return this.items.pop(); }\n}",
    "typescript": "export class Stack {\n  constructor(private items: number[] = []) {}\n"
    "  push(x: number): void { this.items.push(x); }\n  pop(): number { return this.items.pop()!; }\n}",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_class_is_made_and_asked(bench: Bench, language: Language) -> None:
    calls: tuple[tuple[Any, ...], ...] = (
        (["Stack", "push", "push", "pop"], [[], [1], [2], []]),
        (["Stack", "missing"], [[], []]),
    )
    job = Solution(language=language, source=STACK[language], entry_point="Stack", entry_kind="class", calls=calls)
    verdicts = judge_calls(bench.run(job), [[None, None, None, 2], [None, 1]])
    assert [verdict.outcome for verdict in verdicts] == ["passed", "crashed"], verdicts
    assert "no method named missing" in verdicts[1].message


TREES: dict[Language, str] = {
    "python": "def answer(root: 'TreeNode | None'):\n    if root:\n"
    "        root.left, root.right = answer(root.right), answer(root.left)\n    return root\n",
    "javascript": "const answer = (root) => {\n"
    "  if (root) [root.left, root.right] = [answer(root.right), answer(root.left)];\n  return root;\n};",
    "typescript": "declare class TreeNode { val: number; left: TreeNode | null; right: TreeNode | null }\n"
    "function answer(root: TreeNode | null): TreeNode | null {\n"
    "  if (root) [root.left, root.right] = [answer(root.right), answer(root.left)];\n  return root;\n}",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_trees_go_in_and_out_in_level_order(bench: Bench, language: Language) -> None:
    job = function(
        language,
        TREES[language],
        ([4, 2, 7, None, 3],),
        ([],),
        parameter_kinds=("tree_node",),
        return_kind="tree_node",
    )
    verdicts = judge_calls(bench.run(job), [[4, 7, 2, None, None, 3], []], "tree")
    assert [verdict.outcome for verdict in verdicts] == ["passed", "passed"], verdicts


LISTS: dict[Language, str] = {
    "python": "def answer(head, n):\n    last = ListNode(n)\n    if not head:\n        return last\n    node = head\n"
    "    while node.next:\n        node = node.next\n    node.next = last if n >= 0 else head\n    return head\n",
    "javascript": "function answer(head, n) {\n  const last = new ListNode(n);\n  if (!head) return last;\n"
    "  let node = head;\n  while (node.next) node = node.next;\n  node.next = n >= 0 ? last : head;\n  return head;\n}",
}
LISTS["typescript"] = "declare const ListNode: any;\n" + LISTS["javascript"].replace(
    "(head, n)", "(head: any, n: number): any"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_linked_lists_go_in_and_out(bench: Bench, language: Language) -> None:
    kinds = ("list_node", "plain")
    job = function(
        language, LISTS[language], ([1, 2], 3), ([], 1), ([1, 2], -1), parameter_kinds=kinds, return_kind="list_node"
    )
    verdicts = judge_calls(bench.run(job), [[1, 2, 3], [1], [1, 2]], "linked_list")
    assert [verdict.outcome for verdict in verdicts] == ["passed", "passed", "crashed"], verdicts
    assert "circle" in verdicts[2].message


VALUES = [
    ("python", "def answer(x):\n    return (1, [2.5], {'a': None})", [1, [2.5], {"a": None}]),
    ("python", "def answer(x):\n    return {3, 1, 2}", {"$": "set", "v": [1, 2, 3]}),
    ("python", "def answer(x):\n    return {1: 'a'}", {"1": "a"}),
    ("python", "def answer(x):\n    return 2**200", 2**200),
    ("python", "def answer(x):\n    return float('inf')", {"$": "float", "v": "inf"}),
    ("python", "def answer(x):\n    return 'ä\\n\"🎉'", 'ä\n"🎉'),
    ("python", "def answer(x):\n    return x", "given"),
    ("javascript", "function answer(x) { return undefined; }", None),
    ("javascript", "async function answer(x) { await 1; return [x, 1n << 70n]; }", ["given", 2**70]),
    ("javascript", "function answer(x) { return new Map([['a', [1, NaN]]]); }", {"a": [1, {"$": "float", "v": "nan"}]}),
    ("javascript", "module.exports = { answer: (x) => -0 };", 0),
    ("javascript", "export const answer = (x) => x;", "given"),
    ("typescript", "export default function answer(x: string): string { return x; }", "given"),
    ("javascript", "import fs from 'node:fs';\nfunction answer(x) { return typeof fs === 'object' && x; }", "given"),
    ("typescript", "import * as fs from 'node:fs';\nconst answer = (x: string): string => fs && x;", "given"),
    ("typescript", "class Solution { answer(x: string): string { return x; } }", "given"),
    ("python", "class Solution:\n    def answer(self, x):\n        return x", "given"),
]


@pytest.mark.parametrize(("language", "source", "expected"), VALUES)
def test_values_travel(bench: Bench, language: Language, source: str, expected: Any) -> None:
    verdict = judge_calls(bench.run(function(language, source, ("given",))), [expected])[0]
    assert verdict.outcome == "passed", verdict


UNRETURNABLE = [
    ("python", "x = []\nx.append(x)\ndef answer(_):\n    return x", "contains itself"),
    ("javascript", "const x = {}; x.x = x;\nfunction answer() { return x; }", "contains itself"),
    ("python", "def other(): pass", "no function named answer"),
    ("javascript", "function other() {}", "no function named answer"),
    ("python", "def answer(_):\n    x = []\n    for _ in range(300): x = [x]\n    return x", "nested more than"),
    ("javascript", "function answer() { return new Promise(() => {}); }", "never settled"),
]


@pytest.mark.parametrize(("language", "source", "words"), UNRETURNABLE)
def test_what_cannot_be_returned_is_said(bench: Bench, language: Language, source: str, words: str) -> None:
    result = bench.run(function(language, source, (1,)))
    assert result.calls[0].outcome == "crashed"
    assert words in result.calls[0].message


def test_calls_are_timed_from_outside(bench: Bench) -> None:
    source = "import time\ntime.time = time.perf_counter = lambda: 0\ndef answer(s):\n    time.sleep(s)\n"
    result = bench.run(function("python", source, (0,), (0.3,)))
    assert result.calls[0].wall_s < 0.25
    assert 0.3 <= result.calls[1].wall_s < 1.5


def test_large_arguments_and_values_travel(bench: Bench) -> None:
    numbers = list(range(150_000))
    for language, source in (
        ("python", "def answer(x):\n    return x[::-1][:50000]"),
        ("javascript", "function answer(x) { return x.reverse().slice(0, 50000); }"),
    ):
        result = bench.run(function(language, source, (numbers,)))  # type: ignore[arg-type]
        assert judge_calls(result, [numbers[::-1][:50_000]])[0].outcome == "passed", result.message


def test_too_large_jobs_are_refused_without_running(bench: Bench) -> None:
    jobs: list[Script | Solution] = [
        Script(language="python", source="#" * 70_000),
        Script(language="python", source="", stdin="x" * 70_000),
        Script(language="python", source="print(1)\0"),
        function("python", "def answer(x): pass", *[(1,)] * 201),
        function("python", "def answer(x): pass"),
    ]
    for job in jobs:
        result = bench.run(job)
        assert result.outcome == "refused"
        assert result.message


def test_two_runs_do_not_see_each_other(bench: Bench) -> None:
    """One leaves marks wherever it can while the other looks for them, at the same time and afterwards."""
    leave = (
        "import os, socket, time\nfor folder in ('/tmp', '/dev/shm', '/var/tmp', '/box', '/'):\n"
        "    try: open(folder + '/mark', 'w').close()\n    except OSError: pass\n"
        "one = socket.socket(socket.AF_UNIX)\none.bind('\\0mark')\none.listen()\nos.getpid()\ntime.sleep(1)\n"
    )
    look = (
        "import os, socket, time\nfound = []\nfor _ in range({rounds}):\n"
        "    found += [f for f in ('/tmp', '/dev/shm', '/var/tmp', '/box', '/') if os.path.exists(f + '/mark')]\n"
        "    try:\n        socket.socket(socket.AF_UNIX).connect('\\0mark')\n        found.append('socket')\n"
        "    except OSError: pass\n"
        "    found += [p for p in os.listdir('/proc') if p.isdigit() and int(p) > 20]\n    time.sleep(0.01)\n"
        "print(found)\n"
    )
    leaver = bench.submit(Script(language="python", source=leave))
    meanwhile = bench.run(Script(language="python", source=look.format(rounds=50)))
    assert leaver.result(30).outcome == "ok"
    afterwards = bench.run(Script(language="python", source=look.format(rounds=1)))
    assert meanwhile.stdout == afterwards.stdout == "[]\n"
