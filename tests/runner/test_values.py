"""Reading what a sandbox wrote: strict, capped, and never an exception of another kind."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockloop.runner.limits import VALUE_LIMIT_BYTES
from mockloop.runner.values import ObjectValue, SetValue, Undefined, Unreadable, decode, read_json, show


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        "[Infinity]",
        "[1e999]",
        "-1e999",
        "1 2",
        "'x'",
        "[" * 5000 + "]" * 5000,
        '"' + "x" * VALUE_LIMIT_BYTES + '"',
    ],
)
def test_text_that_is_no_value(text: str) -> None:
    with pytest.raises(Unreadable):
        read_json(text)


def test_brackets_inside_text_are_no_depth() -> None:
    assert read_json('["' + "[" * 5000 + '\\""]') == ["[" * 5000 + '"']


def test_half_a_character_is_replaced() -> None:
    assert read_json('{"\\uD800": ["a\\udc00", "\\ud83c\\udf89"]}') == {"\ufffd": ["a\ufffd", "🎉"]}


@given(st.text(max_size=60))
def test_nothing_but_unreadable_comes_of_any_text(text: str) -> None:
    with contextlib.suppress(Unreadable):
        decode(read_json(text))


@pytest.mark.parametrize(
    "value",
    [{"$": "float", "v": "1"}, {"$": "bigint", "v": "x"}, {"$": "map", "v": [1]}, {"$": [], "v": 1}, {"$": "set"}],
)
def test_tag_with_wrong_content(value: object) -> None:
    with pytest.raises(Unreadable):
        decode(value)


def test_shown_as_people_write_it() -> None:
    value = [None, True, "é", (1,), SetValue((1, 2)), Undefined(), ObjectValue("Foo"), {"a": 1.5}]
    assert show(value) == '[null, true, "é", (1,), {1, 2}, undefined, <Foo>, {"a": 1.5}]'
    assert show("x" * 500).endswith("…")
    assert len(show("x" * 500)) == 200
    assert show(10**5000).startswith("0x")
