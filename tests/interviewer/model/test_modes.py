"""Modes as files: strict inputs, known stages, a hash that follows the text."""

import pytest

from mockloop.interviewer.model.modes import load_mode, parse_mode
from mockloop.modes.template import BadMode

GOOD = """+++
id = "talk"
version = 1
words = 10
most_words = 20
max_tokens = 100

[inputs]
style = "line"
words = "number"
plan = "text"

[stages.plan]
may = ["ask", "hint"]
hints = 2

[stages.code]
may = ["flag"]
hints = 3

[budget]
statement = 1
facts = 1
approaches = 1
earlier = 1
recent = 1
code = 1
changes = 1
runs = 1
resume = 1
job = 1
diagram = 1
diagram_changes = 1
+++
Speak like this: {{style}}. At most {{words}} words.
+++ turn
Due: {{plan}}
"""


def test_the_shipped_mode_can_be_used() -> None:
    mode = load_mode("live_interviewer")
    assert set(mode.stages) == {"clarify", "plan", "code", "review", "follow_up", "wrap_up"}
    assert mode.words < mode.most_words


def test_inputs_are_filled_once_and_never_read_again() -> None:
    mode = parse_mode(GOOD, "talk")
    assert mode.instructions.render(style="{{words}}", words=7) == "Speak like this: {{words}}. At most 7 words."
    assert mode.turn.render(plan="two\nlines") == "Due: two\nlines"


@pytest.mark.parametrize(
    "values",
    [
        {"style": "calm"},
        {"style": "calm", "words": 7, "plan": "x"},
        {"style": "two\nlines", "words": 7},
        {"style": "calm", "words": "seven"},
        {"style": 3, "words": 7},
    ],
    ids=["missing", "unknown", "not a line", "not a number", "not a text"],
)
def test_wrong_inputs_are_errors(values: dict[str, str | int]) -> None:
    with pytest.raises(BadMode):
        parse_mode(GOOD, "talk").instructions.render(**values)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{style}}", "{{stile}}"),
        ("{{plan}}", "nothing"),
        ("{{style}}", "{{style}"),
        ("{{style}}", "{{ style }}"),
        ('id = "talk"', 'id = "other"'),
        ('"hint"]', '"shout"]'),
        ("hints = 2", "hints = 9"),
        ("[stages.plan]", "[stages.lunch]"),
        ("facts = 1\n", ""),
        ("version = 1", "version = 1\nmood = 2"),
        ("+++ turn", "+++ end"),
    ],
    ids=[
        "undeclared", "unused", "half a brace", "spaces", "another id", "unknown action", "no such rung",
        "unknown stage", "no budget", "unknown key", "no turn",
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused_when_it_is_loaded(old: str, new: str) -> None:
    assert old in GOOD
    with pytest.raises(BadMode):
        parse_mode(GOOD.replace(old, new, 1), "talk")


def test_a_segment_with_two_stages_allows_what_either_does() -> None:
    allowed = parse_mode(GOOD, "talk").allowance(("plan", "code", "review"))
    assert allowed.may == {"ask", "hint", "flag"}
    assert allowed.hints == 3


def test_every_change_of_the_text_is_another_hash() -> None:
    assert parse_mode(GOOD, "talk").hash != parse_mode(GOOD.replace("Due", "Now due"), "talk").hash
