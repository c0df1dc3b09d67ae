"""What a reviewer would remark: every remark can appear, and clean code gets none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockloop.bank.question import CodingQuestion
from mockloop.judging.code_reading import READ_LIMIT_CHARACTERS, read_code
from mockloop.runner.contract import Language

CLEAN_PYTHON = '''
def first_repeat(tickets):
    """Return the first ticket that comes back, or None."""
    seen = set()
    for ticket in tickets:
        if ticket in seen:
            return ticket
        seen.add(ticket)
    return None
'''
CLEAN_SCRIPT = """
function firstRepeat(tickets) {
  const seen = new Set();
  for (const ticket of tickets) {
    if (seen.has(ticket)) return ticket;
    seen.add(ticket);
  }
  return null;
}
"""
BRANCHES = "".join(f"    if v == {i}:\n        return {i}\n" for i in range(18))
DEEP = "".join("    " * (i + 1) + f"for row{i} in v:\n" for i in range(6)) + "    " * 7 + "return v\n"
LONG = "".join(f"    total += value * {i}\n    value -= total\n" for i in range(45))
TWICE = "    value = v + 10\n    value = value * 3\n    value = value - 20\n    value = value // 4\n"

PYTHON_REMARKS = [
    ("complexity", "paths", f"def f(v):\n{BRANCHES}"),
    ("complexity", "lines long", f"def f(v):\n    total = value = v\n{LONG}    return total\n"),
    ("complexity", "nested", f"def f(v):\n{DEEP}"),
    ("complexity", "parameters", "def g(one, two, three, four, five, six):\n    return one\n"),
    ("naming", "does not say", "def f(v):\n    foo = v\n    return foo\n"),
    ("naming", "Python names", "def f(v):\n    bestRoom = v\n    return bestRoom\n"),
    ("naming", "single letters", "def f(v):\n    a = v\n    b = a\n    c = b\n    d = c\n    e = d\n    return e\n"),
    ("structure", "repeat", f"def f(v):\n{TWICE}    print_me = value\n{TWICE}    return value + print_me\n"),
    ("structure", "never be reached", "def f(v):\n    return v\n    v += 1\n"),
    ("structure", "imported and not used", "import heapq\ndef f(v):\n    return v\n"),
    ("structure", "never used", "def helper(v):\n    return v\ndef f(v):\n    return v\n"),
    ("structure", "set and never used", "def f(v):\n    unused = 3\n    return v\n"),
    ("structure", "all calls share", "def f(v, seen=[]):\n    return seen\n"),
    ("structure", "always the same", "def f(v):\n    if True:\n        return v\n"),
    ("structure", "global variable", "total = 0\ndef f(v):\n    global total\n    total += v\n    return total\n"),
    ("cleanliness", "debugging", "def f(v):\n    print(v)\n    return v\n"),
    ("cleanliness", "switched off", "def f(v):\n    # v = sorted(v)\n    return v\n"),
    ("cleanliness", "note to yourself", "def f(v):\n    # TODO empty list\n    return v\n"),
    ("cleanliness", "bare", "def f(v):\n    try:\n        return v\n    except:\n        return 0\n"),
    ("cleanliness", "by `==`", "def f(v):\n    if v == None:\n        return 0\n    return v\n"),
    ("cleanliness", "longer than", f"def f(v):\n    return {' + '.join(['v'] * 60)}\n"),
]
SCRIPT_REMARKS = [
    ("naming", "does not say", "function f(v) { const foo = v; return foo; }"),
    ("naming", "JavaScript names", "function f(v) { const best_room = v; return best_room; }"),
    ("structure", "never be reached", "function f(v) { return v; v += 1; }"),
    ("structure", "declared and never used", "function f(v) { const other = 3; return v; }"),
    ("cleanliness", "debugging", "function f(v) { console.log(v); return v; }"),
    ("cleanliness", "switched off", "function f(v) {\n  // const other = v.sort();\n  return v;\n}"),
    ("cleanliness", "`var`", "function f(v) { var other = v; return other; }"),
    ("cleanliness", "loosely", "function f(v) { if (v == 3) { return 1; } return v; }"),
    ("cleanliness", "empty `catch`", "function f(v) { try { v(); } catch { } return v; }"),
]


@pytest.mark.parametrize(
    ("criterion", "words", "source"), PYTHON_REMARKS, ids=[words for _, words, _ in PYTHON_REMARKS]
)
def test_python_remarks(criterion: str, words: str, source: str) -> None:
    found = read_code(source, "python", "f").findings
    assert any(finding.criterion == criterion and words in finding.text for finding in found), found


@pytest.mark.parametrize(
    ("criterion", "words", "source"), SCRIPT_REMARKS, ids=[words for _, words, _ in SCRIPT_REMARKS]
)
def test_javascript_remarks(criterion: str, words: str, source: str) -> None:
    found = read_code(source, "javascript", "f").findings
    assert any(finding.criterion == criterion and words in finding.text for finding in found), found


def test_any_gives_up_the_types_in_typescript_only() -> None:
    source = "function f(v: any) { return v; }"
    assert any("any" in finding.text for finding in read_code(source, "typescript", "f").findings)
    assert not read_code("function f(v) { const any = v; return any; }", "javascript", "f").findings


def test_clean_code_gets_no_remark() -> None:
    assert read_code(CLEAN_PYTHON, "python", "first_repeat").findings == ()
    assert read_code(CLEAN_SCRIPT, "javascript", "firstRepeat").findings == ()


def test_sentences_in_comments_are_not_switched_off_code() -> None:
    source = "def f(v):\n    # return the largest, from left to right; if it is empty: zero\n    return v\n"
    assert read_code(source, "python", "f").findings == ()


@pytest.mark.parametrize("language", ["python", "javascript", "typescript"])
def test_the_reference_of_the_bank_gets_no_remark(question: CodingQuestion, language: Language) -> None:
    assert read_code(question.references[language], language, question.entry_point).findings == ()


@settings(max_examples=60)
@given(st.text(max_size=300), st.sampled_from(["python", "javascript", "typescript"]))
def test_any_text_can_be_read_as_code(source: str, language: Language) -> None:
    lines = source.count("\n") + 1
    assert all(1 <= finding.line <= lines + 1 for finding in read_code(source, language, "f").findings)


def test_very_long_code_is_read_from_its_head() -> None:
    reading = read_code("x = 1\n" * (64 * 1024 // 6), "python", "f")
    assert reading.head_only
    assert not read_code("x = 1\n" * (READ_LIMIT_CHARACTERS // 6), "python", "f").head_only
