"""Growth recipes: the same size gives the same input, and every generator keeps its promise at any size."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockloop.bank.growth import GENERATORS, RecipeBroken, arguments_for, number

SIZES = st.integers(min_value=0, max_value=60)

ONE_OF_EACH: list[dict[str, Any]] = [
    {"kind": "ints", "length": "n", "low": -5, "high": "10*n"},
    {"kind": "int", "value": "2*n"},
    {"kind": "text", "length": "n", "alphabet": "abc"},
    {"kind": "brackets", "length": "n"},
    {"kind": "words", "count": "n", "length": 4},
    {"kind": "intervals", "count": "n", "span": 7},
    {"kind": "matrix", "rows": "n//2", "columns": "n"},
    {"kind": "edges", "nodes": "n", "per_node": 2},
    {"kind": "tree", "nodes": "n", "shape": "random"},
    {"kind": "linked", "length": "n"},
    {
        "kind": "calls",
        "name": "Shelf",
        "constructor": ["n"],
        "count": "3*n",
        "operations": [{"op": "put", "args": [{"low": 0, "high": "n"}]}, {"op": "take", "weight": 2}],
    },
    {"kind": "constant", "value": [1, {"a": None}]},
]


def one(table: dict[str, Any], n: int) -> Any:
    [argument] = arguments_for([table], n)
    return argument


def test_every_generator_is_tried_below() -> None:
    assert {table["kind"] for table in ONE_OF_EACH} == set(GENERATORS)


@given(n=SIZES)
def test_the_same_size_gives_the_same_input(n: int) -> None:
    assert arguments_for(ONE_OF_EACH, n) == arguments_for(ONE_OF_EACH, n)


def test_another_size_is_not_a_prefix_and_another_place_not_a_copy() -> None:
    table = {"kind": "ints", "length": 20, "high": 10**6}
    assert one(table, 1) != one(table, 2)
    first, second = arguments_for([table, table], 1)
    assert first != second


@given(n=SIZES, low=st.integers(-50, 50), width=st.integers(0, 100))
def test_ints_stay_in_their_range(n: int, low: int, width: int) -> None:
    made = one({"kind": "ints", "length": "n", "low": low, "high": low + width}, n)
    assert len(made) == n
    assert all(low <= value <= low + width for value in made)


@given(n=SIZES)
def test_ints_can_be_sorted_reversed_and_distinct(n: int) -> None:
    table = {"kind": "ints", "length": "n", "high": "2*n", "distinct": True}
    up, down = one({**table, "order": "sorted"}, n), one({**table, "order": "reversed"}, n)
    assert up == sorted(set(up))
    assert down == up[::-1]
    assert len(up) == n


@given(n=SIZES)
def test_text_and_words_have_their_length(n: int) -> None:
    assert len(one({"kind": "text", "length": "n", "alphabet": "xy"}, n)) == n
    assert one({"kind": "text", "length": "n", "pattern": "abc"}, n) == ("abc" * 20)[:n]
    words = one({"kind": "words", "count": "n", "length": 3, "order": "sorted"}, n)
    assert [len(word) for word in words] == [3] * n
    assert words == sorted(words)


@given(n=SIZES, depth=st.integers(1, 8))
def test_brackets_are_balanced_and_not_too_deep(n: int, depth: int) -> None:
    made = one({"kind": "brackets", "length": "n", "depth": depth}, n)
    assert len(made) == n // 2 * 2
    waiting: list[str] = []
    for letter in made:
        if letter in "([{":
            waiting.append(letter)
            assert len(waiting) <= depth
        else:
            assert waiting.pop() + letter in ("()", "[]", "{}")
    assert not waiting


@given(n=SIZES)
def test_intervals_end_after_they_start(n: int) -> None:
    made = one({"kind": "intervals", "count": "n", "span": 7, "high": 30}, n)
    assert len(made) == n
    assert all(0 <= start <= 30 and 1 <= end - start <= 7 for start, end in made)


@given(n=SIZES, per_node=st.integers(1, 5))
def test_edges_connect_every_node_without_a_circle(n: int, per_node: int) -> None:
    made = one({"kind": "edges", "nodes": "n", "per_node": per_node, "weight": {"low": 1, "high": 9}}, n)
    assert all(later > earlier >= 0 and 1 <= weight <= 9 for later, earlier, weight in made)
    assert {later for later, _, _ in made} == set(range(1, n))
    assert len({(later, earlier) for later, earlier, _ in made}) == len(made)


@given(n=SIZES, shape=st.sampled_from(["balanced", "random", "chain"]))
def test_a_tree_has_its_nodes_and_a_search_tree_is_in_order(n: int, shape: str) -> None:
    made = one({"kind": "tree", "nodes": "n", "shape": shape, "search": True}, n)
    assert sum(value is not None for value in made) == n
    assert in_order(made) == list(range(1, n + 1))
    assert not made or made[-1] is not None


def in_order(level_order: list[int | None]) -> list[int]:
    if not level_order:
        return []
    values = iter(level_order)
    root: dict[str, Any] = {"key": next(values)}
    queue = [root]
    for node in queue:
        for side in ("left", "right"):
            key = next(values, None)
            if key is not None:
                node[side] = {"key": key}
                queue.append(node[side])

    def walk(node: dict[str, Any] | None) -> list[int]:
        return [] if node is None else [*walk(node.get("left")), node["key"], *walk(node.get("right"))]

    return walk(root)


@given(n=SIZES)
def test_calls_fill_two_parameters_that_agree(n: int) -> None:
    operations, arguments = arguments_for([ONE_OF_EACH[-2]], n)
    assert operations[0] == "Shelf"
    assert arguments[0] == [n]
    assert len(operations) == len(arguments) == 3 * n + 1
    for operation, given_to_it in zip(operations[1:], arguments[1:], strict=True):
        assert len(given_to_it) == (1 if operation == "put" else 0)


@pytest.mark.parametrize(
    ("expression", "value"),
    [("n", 10), ("2*n+1", 21), ("n//3", 3), ("n % 4", 2), ("min(n, 4)", 4), ("max(n, 4)", 10), ("-n", -10), (7, 7)],
)
def test_numbers_may_be_expressions_of_n(expression: str | int, value: int) -> None:
    assert number(expression, 10) == value


@pytest.mark.parametrize(
    "expression", ["m", "n**n", "n/2", "__import__('os')", "n if n else 1", "", "n//0", "10**9", "True", True, 1.5]
)
def test_anything_else_is_no_expression(expression: Any) -> None:
    with pytest.raises(RecipeBroken):
        number(expression, 10)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"kind": "dice"}, "parameter 1: kind 'dice' is unknown"),
        ({"length": 3}, "kind None is unknown"),
        ({"kind": "ints"}, "parameter 1: ints: missing a required"),
        ({"kind": "ints", "length": 3, "hight": 4}, "unexpected keyword argument 'hight'"),
        ({"kind": "ints", "length": 3, "low": 5, "high": 4}, "low 5 is above high 4"),
        ({"kind": "ints", "length": 9, "high": 4, "distinct": True}, "do not fit"),
        ({"kind": "ints", "length": 3, "order": "shuffled"}, "order 'shuffled'"),
        ({"kind": "ints", "length": -1}, "out of range"),
        ({"kind": "text", "length": 3}, "either an alphabet or a pattern"),
        ({"kind": "tree", "nodes": 3, "shape": "bush"}, "shape 'bush'"),
        ({"kind": "calls", "name": "A", "count": 1, "operations": []}, "operations needs"),
    ],
)
def test_a_broken_recipe_is_named(table: dict[str, Any], complaint: str) -> None:
    with pytest.raises(RecipeBroken) as caught:
        arguments_for([table], 5)
    assert complaint in str(caught.value)
