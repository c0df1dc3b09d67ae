"""The bookkeeping of a solution's calls, fed line by line."""

from typing import Any

from mockloop.runner.runs import Call, Run

LIMITS = {"wall_s": 10.0, "cpu_s": 5.0, "memory_mb": 256, "processes": 64, "output_kb": 1, "scratch_mb": 32}


def solution(calls: int = 3, **more: Any) -> Run:
    job = {
        "kind": "solution",
        "language": "python",
        "source": "",
        "entry_point": "f",
        "entry_kind": "function",
        "parameter_kinds": [],
        "return_kind": "plain",
        "calls": [f"[{i}]" for i in range(calls)],
        "limits": LIMITS,
        "limits_per_call_s": None,
        **more,
    }
    return Run(1, job, calls=[Call(i) for i in range(calls)])


def say(run: Run, *lines: str, now: float = 1.0, cpu_s: float = 0.0) -> list[bytes]:
    return run.take_answers("".join(f"{line}\n" for line in lines).encode(), now, cpu_s)


def report(run: Run, *lines: str, now: float = 1.0) -> list[bytes]:
    return run.take_control("".join(f"{line}\n" for line in lines).encode(), now, 0.0)


def test_arguments_are_handed_out_one_call_at_a_time() -> None:
    run = solution()
    assert b'"calls"' not in run.header()
    assert say(run, '{"i":0,"ready":1}', now=2.0) == [b"[0]\n"]
    assert say(run, '{"i":0,"ready":1}') == [], "not twice"
    assert say(run, '{"i":1,"ready":1}') == [], "not before its turn"
    assert say(run, '{"i":0,"v":7}', now=2.5) == []
    assert say(run, '{"i":0,"ended":0}') == [], "only the harness itself says so"
    assert report(run, '{"i":0,"ended":0}') == [b"next\n"]
    assert say(run, '{"i":1,"ready":1}') == [b"[1]\n"]
    assert (run.calls[0].outcome, run.calls[0].wall_s) == ("returned", 0.5)
    assert run.calls[1].outcome == "not_run"


def test_harness_waits_for_the_word_between_calls() -> None:
    run = solution(2)
    say(run, '{"i":0,"ready":1}', '{"i":0,"v":7}', '{"i":1,"ready":1}')
    assert report(run, '{"i":0,"ended":0}') == [b"next\n"]
    assert say(run, '{"i":1,"ready":1}') == [b"[1]\n"], "said again, now that it is due"
    assert report(run, '{"i":1,"ended":9}') == [], "nothing comes after the last"
    assert (run.calls[1].outcome, run.calls[1].detail) == ("crashed", "status 9")


def test_first_answer_to_the_call_that_is_due_counts() -> None:
    run = solution()
    say(run, '{"i":1,"v":"early"}', '{"i":0,"ready":1}', '{"i":0,"v":1}', '{"i":0,"v":2}', '{"i":0,"e":{}}')
    assert run.calls[0].answer == '{"i":0,"v":1}'
    assert run.calls[1].outcome == "not_run"


def test_nonsense_is_ignored() -> None:
    run = solution()
    nonsense = [
        "",
        "x",
        "{",
        '{"i":',
        '{"i":null,"v":1}',
        '{"i":[0],"v":1}',
        '{"i":-1,"v":1}',
        '{"i":7,"ended":0}',
        "[" * 9999,
    ]
    assert say(run, *nonsense) == []
    assert [call.outcome for call in run.calls] == ["not_run"] * 3
    assert run.due == 0


def test_bytes_may_arrive_in_any_pieces() -> None:
    run = solution(1)
    text = b'{"i":0,"ready":1}\n{"i":0,"v":"\xc3\xa9"}\n'
    replies = [reply for at in range(len(text)) for reply in run.take_answers(text[at : at + 1], 1.0, 0.0)]
    assert replies == [b"[0]\n"]
    for at in range(19):
        run.take_control(b'{"i":0,"ended":0}\n\n'[at : at + 1], 1.0, 0.0)
    assert run.complete
    assert run.calls[0].answer == '{"i":0,"v":"é"}'


def test_value_that_never_ends_is_stopped() -> None:
    run = solution()
    for _ in range(20):
        run.take_answers(b"x" * 65536, 1.0, 0.0)
    assert run.reason == "value"
    run.sandbox_ended(2.0)
    assert run.calls[0].outcome == "too_much_output"


def test_later_calls_get_less_after_three_time_outs() -> None:
    run = solution(5)
    assert run.call_limits() == (10.0, 5.0)
    for _ in range(3):
        run.reason = "timed_out"
        run.sandbox_ended(1.0)
    assert run.call_limits() == (2.5, 1.25)
    assert [call.outcome for call in run.calls] == ["timed_out"] * 3 + ["not_run"] * 2


def test_syntax_error_is_believed_from_the_harness_alone() -> None:
    line = '{"compile":{"type":"SyntaxError","text":"no","line":1}}'
    run = solution()
    say(run, line)
    assert run.compile_error is None
    report(run, line)
    assert run.complete
    answered = solution()
    say(answered, '{"i":0,"ready":1}', '{"i":0,"v":1}')
    report(answered, line)
    assert answered.compile_error is None


def test_output_is_cut_at_the_limit() -> None:
    run = solution()
    assert not run.take_output("stdout", b"x" * 1000)
    assert not run.truncated
    assert run.take_output("stdout", b"y" * 100)
    assert (len(run.stdout), run.truncated) == (1024, True)
    assert not run.take_output("stderr", b"z" * 1024)


def test_a_flood_is_not_held_against_the_calls_after_it() -> None:
    run = solution(2)
    assert run.take_output("stdout", b"x" * 2000)
    run.reason = "output"
    run.sandbox_ended(1.0)
    run.begin_sandbox()
    assert not run.take_output("stdout", b"y" * 1000)
    assert (bytes(run.stdout), run.truncated) == (b"x" * 1024, True)


def test_what_is_said_after_the_stop_blames_nobody() -> None:
    run = solution(2)
    say(run, '{"i":0,"ready":1}')
    run.reason = "timed_out"
    say(run, '  File "/tmp/main.py", line 3 in f', '{"i":0,"v":1}')
    report(run, '{"i":0,"ended":0}')
    assert (run.due, run.traced_line()) == (0, 3)
    run.sandbox_ended(2.0)
    assert [call.outcome for call in run.calls] == ["timed_out", "not_run"]


def test_line_of_either_interpreter_is_found() -> None:
    run = solution()
    say(
        run,
        "Fatal Python error",
        '  File "/usr/lib/python3.11/re.py", line 3 in match',
        '  File "/tmp/main.py", line 12 in f',
    )
    assert run.traced_line() == 12
    other = solution()
    other.take_output("stderr", b"KEYBOARD_INTERRUPT\n    at f (/tmp/main.ts:14:3)\n    at node:internal/x:1:1\n")
    assert other.traced_line() == 14
