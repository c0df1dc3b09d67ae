"""Compares what calls returned with what was expected, outside the sandbox. Called by the bank, the judge and the CLI.

Comparators: `exact`; `unordered` (a list whose items may come in any order); `unordered_deep` (so on every level);
`float` (numbers within a tolerance); `any_of` (the expected value is a list of acceptable answers);
`linked_list` and `tree`, also called `list_node` and `tree_node` after the classes (level order, `null` for a
missing child, trailing nulls ignored).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from mockloop.runner.contract import CallResult, RunResult, VerdictOutcome
from mockloop.runner.values import MapValue, ObjectValue, SetValue, Undefined, Unreadable, decode, show

TOLERANCE = 1e-9
"""Relative and absolute, for every comparator: a float is never asked for its last bit."""

FLOAT_TOLERANCE = 1e-6
"""What `float` allows when the question names no tolerance."""


class Comparison(Protocol):
    """A comparator with its tolerance, as the bank's questions hold it."""

    @property
    def kind(self) -> str: ...
    @property
    def tolerance(self) -> float: ...


Compare = str | Mapping[str, Any] | Comparison
"""`"exact"`, `"float"`, `"float:1e-4"`, `{"kind": "float", "tolerance": 1e-4}`, or an object with these fields."""


class UnknownComparator(ValueError):
    """There is no such comparator."""


@dataclass(frozen=True)
class Verdict:
    """The result of one test. `actual` is tagged JSON (see `runner.values`), None when nothing was returned."""

    index: int
    outcome: VerdictOutcome
    wall_s: float = 0.0
    actual: Any = None
    message: str = ""
    line: int | None = None


_Same = Callable[[Any, Any, float], bool]


def equal(actual: Any, expected: Any, tolerance: float = TOLERANCE) -> bool:
    """Deep equality of decoded values: bool is no int, tuples equal lists, `undefined` equals null."""
    if isinstance(actual, Undefined):
        actual = None
    if isinstance(expected, Undefined):
        expected = None
    if isinstance(actual, ObjectValue) or isinstance(expected, ObjectValue):
        return False
    if actual is None or expected is None or isinstance(actual, bool) or isinstance(expected, bool):
        return actual is expected
    if isinstance(actual, int | float) and isinstance(expected, int | float):
        return _numbers_equal(actual, expected, tolerance)
    if isinstance(actual, list | tuple) and isinstance(expected, list | tuple):
        return len(actual) == len(expected) and all(
            equal(a, b, tolerance) for a, b in zip(actual, expected, strict=True)
        )
    if isinstance(actual, SetValue) and isinstance(expected, SetValue):
        return _same_items(actual.items, expected.items, tolerance, equal)
    if isinstance(actual, dict | MapValue) and isinstance(expected, dict | MapValue):
        return _maps_equal(_pairs(actual), _pairs(expected), tolerance)
    return type(actual) is type(expected) and bool(actual == expected)


def _numbers_equal(actual: float, expected: float, tolerance: float) -> bool:
    if isinstance(actual, int) and isinstance(expected, int):
        return actual == expected
    if math.isnan(actual) or math.isnan(expected):
        return math.isnan(actual) and math.isnan(expected)
    try:
        return math.isclose(actual, expected, rel_tol=tolerance, abs_tol=tolerance)
    except OverflowError:
        return False


def _pairs(value: dict[str, Any] | MapValue) -> list[tuple[Any, Any]]:
    return list(value.pairs) if isinstance(value, MapValue) else list(value.items())


def _maps_equal(actual: list[tuple[Any, Any]], expected: list[tuple[Any, Any]], tolerance: float) -> bool:
    """JSON has only text as keys, so `{1: 2}` equals an expected `{"1": 2}`."""
    ours = {_key(key): value for key, value in actual}
    theirs = {_key(key): value for key, value in expected}
    return ours.keys() == theirs.keys() and all(equal(ours[key], theirs[key], tolerance) for key in theirs)


def _key(key: Any) -> str:
    return key if isinstance(key, str) else show(key, most=10_000)


def _same_items(actual: Sequence[Any], expected: Sequence[Any], tolerance: float, same: _Same) -> bool:
    if len(actual) != len(expected):
        return False
    left = sorted(actual, key=_sort_key)
    right = sorted(expected, key=_sort_key)
    if all(same(a, b, tolerance) for a, b in zip(left, right, strict=True)):
        return True
    # Sorting by text can pair wrongly where numbers differ only within the tolerance; then look for each one.
    remaining = list(right)
    for item in left:
        at = next((i for i, other in enumerate(remaining) if same(item, other, tolerance)), None)
        if at is None:
            return False
        remaining.pop(at)
    return True


def _sort_key(value: Any) -> str:
    """A text that is the same for equal values; never much longer than what the sandbox sent."""
    if isinstance(value, SetValue):
        return f"{{{','.join(sorted(map(_sort_key, value.items)))}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_sort_key, value))}]"
    if isinstance(value, dict | MapValue):
        return f"{{{','.join(sorted(f'{_key(key)}:{_sort_key(item)}' for key, item in _pairs(value)))}}}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return show(value, most=1_000_000)


def _items(value: Any) -> Sequence[Any] | None:
    if isinstance(value, SetValue):
        return value.items
    return value if isinstance(value, list | tuple) else None


def _unordered(actual: Any, expected: Any, tolerance: float) -> bool:
    ours, theirs = _items(actual), _items(expected)
    if ours is None or theirs is None:
        return equal(actual, expected, tolerance)
    return _same_items(ours, theirs, tolerance, equal)


def _unordered_deep(actual: Any, expected: Any, tolerance: float) -> bool:
    ours, theirs = _items(actual), _items(expected)
    if ours is None or theirs is None:
        return equal(actual, expected, tolerance)
    return _same_items([_settled(one) for one in ours], [_settled(one) for one in theirs], tolerance, _unordered_deep)


def _settled(value: Any) -> Any:
    items = _items(value)
    return value if items is None else sorted((_settled(item) for item in items), key=_sort_key)


def _trimmed(value: Any) -> Any:
    if value is None or isinstance(value, Undefined):
        return []
    if not isinstance(value, list | tuple):
        return value
    end = len(value)
    while end and value[end - 1] is None:
        end -= 1
    return list(value[:end])


def _comparator(compare: Compare) -> tuple[_Same, float]:
    kind, tolerance = "", TOLERANCE
    if isinstance(compare, str):
        kind, _, given = compare.partition(":")
        try:
            tolerance = float(given) if given else FLOAT_TOLERANCE if kind == "float" else TOLERANCE
        except ValueError as error:
            raise UnknownComparator(str(compare)) from error
    elif not isinstance(compare, Mapping):
        kind, tolerance = compare.kind, compare.tolerance
    else:
        kind = str(compare.get("kind", "exact"))
        tolerance = float(compare.get("tolerance", FLOAT_TOLERANCE if kind == "float" else TOLERANCE))
    comparators: dict[str, _Same] = {
        "exact": equal,
        "float": equal,
        "unordered": _unordered,
        "unordered_deep": _unordered_deep,
        "any_of": lambda actual, expected, near: any(equal(actual, one, near) for one in _items(expected) or ()),
        "linked_list": lambda actual, expected, near: equal(_trimmed_list(actual), _trimmed_list(expected), near),
        "tree": lambda actual, expected, near: equal(_trimmed(actual), _trimmed(expected), near),
    }
    comparators |= {"list_node": comparators["linked_list"], "tree_node": comparators["tree"]}
    if kind not in comparators:
        raise UnknownComparator(kind)
    return comparators[kind], tolerance


def _trimmed_list(value: Any) -> Any:
    return [] if value is None or isinstance(value, Undefined) else value


def _parts(value: Any, most: float = math.inf) -> int:
    """How many values a value is made of, keys left out; stops counting beyond `most`."""
    count, unseen = 0, [value]
    while unseen and count <= most:
        one = unseen.pop()
        count += 1
        if isinstance(one, list | tuple):
            unseen += one
        elif isinstance(one, SetValue):
            unseen += one.items
        elif isinstance(one, dict | MapValue):
            unseen += [item for _, item in _pairs(one)]
    return count


def matches(actual: Any, expected: Any, compare: Compare = "exact") -> bool:
    """Whether tagged JSON `actual` is what `expected` (JSON, tags allowed) asks for. Raises `UnknownComparator`.

    What has more parts than the expected value is wrong under every comparator, and is not looked at any further: it
    comes from a candidate's program, which must not choose how long we compare.
    """
    same, tolerance = _comparator(compare)
    try:
        ours, theirs = decode(actual), decode(expected)
        most = _parts(theirs)
        return _parts(_trimmed(ours), most) <= most and same(ours, theirs, tolerance)
    except (Unreadable, RecursionError):
        return False


def judge_calls(result: RunResult, expected: Sequence[Any], compare: Compare = "exact") -> list[Verdict]:
    """One verdict per expected value, in order; calls without a result are `not_run`. Raises `UnknownComparator`."""
    _comparator(compare)
    calls = {call.index: call for call in result.calls}
    return [_judge(index, calls.get(index), value, compare, result) for index, value in enumerate(expected)]


def _judge(index: int, call: CallResult | None, expected: Any, compare: Compare, result: RunResult) -> Verdict:
    if call is None or call.outcome == "not_run":
        reason = result.message if result.outcome in ("compile_error", "refused") or call is None else call.message
        return Verdict(index, "not_run", message=reason)
    if call.outcome != "returned":
        return Verdict(index, call.outcome, call.wall_s, None, call.message, call.line)
    if matches(call.value, expected, compare):
        return Verdict(index, "passed", call.wall_s, call.value)
    try:
        actual, wanted = show(decode(call.value)), show(decode(expected))
    except (Unreadable, RecursionError):
        return Verdict(index, "failed", call.wall_s, call.value, "The returned value cannot be read.")
    return Verdict(index, "failed", call.wall_s, call.value, f"Returned {actual}, expected {wanted}.")
