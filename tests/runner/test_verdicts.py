"""Comparison of returned and expected values, outside any sandbox."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockloop.runner.contract import CallResult, RunResult
from mockloop.runner.verdicts import UnknownComparator, judge_calls, matches

NAN = {"$": "float", "v": "nan"}
SAME: list[tuple[Any, Any, Any]] = [
    ("exact", 3, 3),
    ("exact", 3.0, 3),
    ("exact", 0.1 + 0.2, 0.3),
    ("exact", {"$": "tuple", "v": [1, 2]}, [1, 2]),
    ("exact", {"$": "undefined"}, None),
    ("exact", [None, {"$": "undefined"}, 2], [None, None, 2]),
    ("exact", NAN, NAN),
    ("exact", {"$": "map", "v": [[1, "a"]]}, {"1": "a"}),
    ("exact", {"$": "bigint", "v": "0x10"}, 16),
    ("exact", {"$": "bigint", "v": hex(2**70)}, 2**70),
    ("exact", {"$": "list_node", "v": [1, 2]}, [1, 2]),
    ("unordered", [3, 1, 2], [1, 2, 3]),
    ("unordered", {"$": "set", "v": [2, 1]}, [1, 2]),
    ("unordered", [[1, 2], [3]], [[3], [1, 2]]),
    ("unordered", [0.1 + 0.2, 1], [1, 0.3]),
    ("unordered_deep", [[2, 1], [3]], [[3], [1, 2]]),
    ("unordered_deep", [["b", "a"], ["c"]], [["c"], ["a", "b"]]),
    ("float", 1.0000001, 1),
    ("float:0.5", 1.4, 1),
    ({"kind": "float", "tolerance": 0.01}, [1.005], [1]),
    ("any_of", 2, [1, 2, 3]),
    ("any_of", [1], [[2], [1]]),
    ("tree", [1, None, 2, None, None], [1, None, 2]),
    ("tree", None, []),
    ("linked_list", None, []),
    ("linked_list", [1, None], [1, None]),
]
DIFFERENT: list[tuple[Any, Any, Any]] = [
    ("exact", True, 1),
    ("exact", 0, False),
    ("exact", "1", 1),
    ("exact", [1, 2], [2, 1]),
    ("exact", [1], [1, 1]),
    ("exact", None, 0),
    ("exact", None, []),
    ("exact", {"$": "set", "v": [1]}, [1]),
    ("exact", {"$": "object", "v": "Equal"}, {"$": "object", "v": "Equal"}),
    ("exact", 1.00001, 1),
    ("exact", 2**70, 2**70 + 1),
    ("exact", NAN, 1),
    ("exact", {"a": 1}, {"a": 1, "b": 2}),
    ("exact", {"$": "nonsense", "v": 1}, 1),
    ("exact", {"$": "set", "v": 7}, 1),
    ("unordered", [1, 1, 2], [1, 2, 2]),
    ("unordered", [[1, 2]], [[2, 1]]),
    ("unordered", [True], [1]),
    ("unordered_deep", [[1, 2], [3]], [[1, 3], [2]]),
    ("float", 1.001, 1),
    ("any_of", 4, [1, 2, 3]),
    ("any_of", True, [1, 2]),
    ("tree", [1, 2], [1, None, 2]),
    ("linked_list", [1], [1, 2]),
]


@pytest.mark.parametrize(("compare", "actual", "expected"), SAME)
def test_same(compare: Any, actual: Any, expected: Any) -> None:
    assert matches(actual, expected, compare)


@pytest.mark.parametrize(("compare", "actual", "expected"), DIFFERENT)
def test_different(compare: Any, actual: Any, expected: Any) -> None:
    assert not matches(actual, expected, compare)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text().filter(lambda key: key != "$"), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON)
def test_every_value_is_the_same_as_itself(value: Any) -> None:
    assert matches(value, value)
    assert matches(value, value, "unordered_deep")
    assert matches(value, [value], "any_of")


@given(st.lists(st.integers() | st.text(max_size=3), max_size=8), st.randoms())
def test_order_does_not_matter_where_it_must_not(items: list[Any], random: Any) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)
    assert matches(shuffled, items, "unordered")
    assert not matches([*shuffled, "one more"], items, "unordered")


def _nested(kind: str, depth: int) -> Any:
    value: Any = 'a "quoted" word'
    for _ in range(depth):
        value = {"$": kind, "v": [[value, value]] if kind == "map" else [value]}
    return value


HUGE: list[Any] = [
    [[]] * 200_000,
    [[1, [2]]] * 50_000,
    _nested("set", 150),
    _nested("tuple", 150),
    _nested("map", 15),
    {"$": "map", "v": [[[i], i] for i in range(50_000)]},
    {str(i): [i] for i in range(50_000)},
    "x" * 900_000,
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("compare", ["exact", "unordered", "unordered_deep", "float", "any_of", "linked_list", "tree"])
def test_nobody_chooses_how_long_we_compare(compare: str) -> None:
    expected = [[1, 2], [[1]]]
    calls = tuple(CallResult(index=i, outcome="returned", value=value) for i, value in enumerate(HUGE))
    verdicts = judge_calls(RunResult(outcome="ok", calls=calls), [expected] * len(HUGE), compare)
    assert {verdict.outcome for verdict in verdicts} == {"failed"}
    assert max(len(verdict.message) for verdict in verdicts) < 600


@pytest.mark.timeout(20)
@pytest.mark.parametrize("compare", ["exact", "unordered", "unordered_deep"])
def test_sets_in_sets_are_compared_in_good_time(compare: str) -> None:
    assert matches([_nested("set", 150)] * 3, [_nested("set", 150)] * 3, compare)
    assert not matches([_nested("set", 150)] * 3, [_nested("set", 149)] * 3, compare)


def test_unknown_comparator_is_refused() -> None:
    with pytest.raises(UnknownComparator):
        matches(1, 1, "fuzzy")
    with pytest.raises(UnknownComparator):
        judge_calls(RunResult(outcome="ok"), [], "float:much")


def test_verdicts_follow_the_calls() -> None:
    calls = (
        CallResult(index=0, outcome="returned", value=1, wall_s=0.5),
        CallResult(index=1, outcome="returned", value=[1, {"$": "undefined"}]),
        CallResult(index=2, outcome="timed_out", wall_s=2, message="Stopped after 2 s.", line=3),
    )
    verdicts = judge_calls(RunResult(outcome="timed_out", calls=calls), [1, [1, 2], 3, 4])
    assert [verdict.outcome for verdict in verdicts] == ["passed", "failed", "timed_out", "not_run"]
    assert verdicts[0].wall_s == 0.5
    assert verdicts[1].message == "Returned [1, undefined], expected [1, 2]."
    assert (verdicts[2].line, verdicts[2].message) == (3, "Stopped after 2 s.")
