"""How deeply loops nest, in three languages, and what does not count."""

import pytest

from mockloop.interviewer.built_in import BuiltInInterviewer
from mockloop.interviewer.code_shape import loop_depth
from mockloop.interviewer.port import Said
from tests.support.questions import pair_sum
from tests.support.story import Story

NESTED = "def f(xs):\n    for i in range(len(xs)):\n        for j in range(i, len(xs)):\n            pass\n"


@pytest.mark.parametrize(
    ("source", "depth"),
    [
        (NESTED, 2),
        ("def f(xs):\n    for x in xs:\n        for y in xs:\n            pass\n", 2),
        ("def f(xs):\n    for x in xs:\n        pass\n    for y in xs:\n        pass\n", 1),
        ("def f(xs):\n    for x in xs:\n        for letter in range(26):\n            pass\n", 1),
        ("def f(g, q):\n    while q:\n        for n in g[q.pop()]:\n            pass\n", 0),
        ("def f(xs):\n    for x in xs:\n        while xs:\n            xs.pop()\n", 1),
        ("def f(:", 0),
        ("", 0),
    ],
)
def test_python(source: str, depth: int) -> None:
    assert loop_depth(source, "python") == depth


@pytest.mark.parametrize(
    ("source", "depth"),
    [
        ("function f(a){ for (let i = 0; i < a.length; i++) { for (let j = i; j < a.length; j++) { g(); } } }", 2),
        ("function f(a){ for (const x of a) { for (const y of a) { g(); } } }", 2),
        ("function f(a){ for (const x of a) { g(); } for (const y of a) { g(); } }", 1),
        ("function f(a){ a.forEach((x) => { a.forEach((y) => { g(); }); }); }", 2),
        ("function f(a){ for (const x of a) { for (let i = 0; i < 26; i++) { g(); } } }", 1),
        ("// for (const x of a) { for (const y of a) {\nfunction f(a){ for (const x of a) { g(); } }", 1),
        ("}}}}{{{{", 0),
    ],
)
def test_javascript_and_typescript(source: str, depth: int) -> None:
    assert loop_depth(source, "javascript") == depth
    assert loop_depth(source, "typescript") == depth


def test_the_bank_reference_of_the_fixture_is_one_loop() -> None:
    for language, source in pair_sum().references.items():
        assert loop_depth(source, language) == 1


def test_a_claim_that_the_code_contradicts_is_challenged_when_no_approach_was_named() -> None:
    interviewer = BuiltInInterviewer()

    def answer_to(source: str) -> str:
        story = Story().started()
        story.hears_from(interviewer)
        story.works_until("code").writes(source).runs_tests().hears_from(interviewer)
        outcome = story.says("The whole thing is linear time.").hears_from(interviewer)
        return outcome.about if isinstance(outcome, Said) else ""

    assert "challenge:time" in answer_to(NESTED)
    assert "challenge:time" not in answer_to("def f(xs):\n    for x in xs:\n        pass\n")
