"""Inputs of any size from a recipe, so that running time can be measured as the input grows.

A question's `growth.recipe` has one inline table per parameter; `arguments_for` makes one call of it.
`judging` measures candidates with it, `bank.check` the reference and the slow solutions.
How to write a recipe: `docs/howto/add-a-question.md`.
"""

import ast
import inspect
import operator
import random
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

LARGEST_VALUE = 2**53
"""Beyond this a JavaScript number is no longer exact."""

LONGEST = 5_000_000

_OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_FUNCTIONS: dict[str, Callable[..., int]] = {"min": min, "max": max}

Number = int | str
"""A whole number, or an expression of `n` such as `"2*n"`, `"n//2"` or `"min(n, 500)"`."""


class RecipeBroken(ValueError):
    """A growth recipe cannot be followed; the message names the parameter and what is wrong."""


def arguments_for(recipe: Sequence[dict[str, Any]], n: int) -> list[Any]:
    """The arguments of one call for size `n`: the same recipe and `n` always give the same arguments.

    JSON values only; trees in level order with null for a missing child, linked lists as arrays. A `calls`
    generator fills two parameters, the operations and their arguments. Raises `RecipeBroken`.
    """
    arguments: list[Any] = []
    for position, table in enumerate(recipe):
        made = _make(table, n, random.Random(f"{position}/{n}"), f"parameter {position + 1}")
        if table.get("kind") == "calls":
            arguments.extend(made)
        else:
            arguments.append(made)
    return arguments


def number(expression: Number, n: int) -> int:
    """The value of a whole-number expression of `n`: `+ - * // %`, `min`, `max` and brackets."""
    if isinstance(expression, bool) or not isinstance(expression, int | str):
        raise RecipeBroken(f"{expression!r} is neither a whole number nor an expression of n")
    return expression if isinstance(expression, int) else _value_of(expression, n)


@lru_cache(maxsize=1024)
def _value_of(expression: str, n: int) -> int:
    try:
        value = _evaluate(ast.parse(expression, mode="eval").body, n)
    except (SyntaxError, ZeroDivisionError) as error:
        raise RecipeBroken(f"{expression!r} is not an expression of n: {error}") from error
    if abs(value) > LARGEST_VALUE:
        raise RecipeBroken(f"{expression!r} is too large for n = {n}")
    return value


def _evaluate(node: ast.expr, n: int) -> int:
    match node:
        case ast.Name(id="n"):
            return n
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand, n)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_evaluate(left, n), _evaluate(right, n))
        case ast.Call(func=ast.Name(id=name), args=[_, _, *_] as args, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_evaluate(arg, n) for arg in args))
    raise RecipeBroken(f"{ast.unparse(node)!r} is not allowed in an expression of n")


class _Source:
    """What a generator draws from: the size, and random numbers that depend on nothing else."""

    def __init__(self, n: int, rng: random.Random, where: str) -> None:
        self.n = n
        self.rng = rng
        self.where = where

    def number(self, expression: Number) -> int:
        return number(expression, self.n)

    def length(self, expression: Number) -> int:
        value = self.number(expression)
        if not 0 <= value <= LONGEST:
            raise RecipeBroken(f"a length of {value} is out of range (0 to {LONGEST})")
        return value

    def between(self, low: Number, high: Number) -> tuple[int, int]:
        first, last = self.number(low), self.number(high)
        if first > last:
            raise RecipeBroken(f"low {first} is above high {last} for n = {self.n}")
        return first, last

    def draw(self, low: int, high: int, count: int) -> list[int]:
        """So many numbers between `low` and `high`, both possible. Inputs are large: this is what takes the time."""
        return self.rng.choices(range(low, high + 1), k=count)

    def draw_one(self, low: int, high: int) -> int:
        return low + int(self.rng.random() * (high - low + 1))


def _make(table: dict[str, Any], n: int, rng: random.Random, where: str) -> Any:
    options = dict(table)
    kind = options.pop("kind", None)
    generator = GENERATORS.get(kind) if isinstance(kind, str) else None
    if generator is None:
        raise RecipeBroken(f"{where}: kind {kind!r} is unknown; known are {', '.join(sorted(GENERATORS))}")
    source = _Source(n, rng, where)
    try:
        inspect.signature(generator).bind(source, **options)
    except TypeError as error:
        raise RecipeBroken(f"{where}: {kind}: {error}") from error
    try:
        return generator(source, **options)
    except RecipeBroken as error:
        raise RecipeBroken(f"{where}: {kind}: {error}") from error


def _ints(
    source: _Source,
    *,
    length: Number,
    low: Number = 0,
    high: Number = "10*n",
    order: str = "random",
    distinct: bool = False,
) -> list[int]:
    count = source.length(length)
    first, last = source.between(low, high)
    if distinct:
        if last - first + 1 < count:
            raise RecipeBroken(f"{count} distinct numbers do not fit between {first} and {last}")
        values = source.rng.sample(range(first, last + 1), count)
    else:
        values = source.draw(first, last, count)
    return _ordered(values, order)


def _ordered(values: list[Any], order: str) -> list[Any]:
    match order:
        case "random":
            return values
        case "sorted":
            return sorted(values)
        case "reversed":
            return sorted(values, reverse=True)
    raise RecipeBroken(f"order {order!r} is none of random, sorted, reversed")


def _int(source: _Source, *, value: Number) -> int:
    return source.number(value)


def _text(source: _Source, *, length: Number, alphabet: str = "", pattern: str = "") -> str:
    """Random letters of `alphabet`, or `pattern` over and over, cut to the length."""
    count = source.length(length)
    if bool(alphabet) == bool(pattern):
        raise RecipeBroken("give either an alphabet or a pattern")
    if pattern:
        return (pattern * (count // len(pattern) + 1))[:count]
    return "".join(source.rng.choices(alphabet, k=count))


def _brackets(
    source: _Source,
    *,
    length: Number,
    pairs: str = "()[]{}",
    depth: Number = 50,
    nested: bool = False,
) -> str:
    """A balanced text of brackets, as long as asked (one shorter when odd), nested at most `depth` deep.

    With `nested`, each bracket is opened inside the one before until the depth or half of the length is reached.
    """
    room, deepest = source.length(length) // 2 * 2, source.length(depth)
    if deepest < 1 or len(pairs) < 2 or len(pairs) % 2:
        raise RecipeBroken("depth must be at least 1 and pairs an even number of letters")
    kinds = [pairs[i : i + 2] for i in range(0, len(pairs), 2)]
    made: list[str] = []
    open_now: list[str] = []
    while len(made) < room:
        must_close = len(open_now) == room - len(made)
        may_open = not must_close and len(open_now) < deepest
        if open_now and (not may_open or (not nested and source.rng.random() < 0.5)):
            made.append(open_now.pop())
        else:
            pair = kinds[source.draw_one(0, len(kinds) - 1)]
            made.append(pair[0])
            open_now.append(pair[1])
    return "".join(made)


def _words(
    source: _Source,
    *,
    count: Number,
    length: Number = 6,
    alphabet: str = "abcdefghijklmnopqrstuvwxyz",
    order: str = "random",
) -> list[str]:
    size, amount = source.length(length), source.length(count)
    letters = "".join(source.rng.choices(alphabet, k=size * amount))
    return _ordered([letters[at * size : (at + 1) * size] for at in range(amount)], order)


def _intervals(
    source: _Source, *, count: Number, span: Number = 10, high: Number | None = None, order: str = "random"
) -> list[list[int]]:
    """Pairs [start, end], 1 to `span` long, starting between 0 and `high`."""
    amount, longest = source.length(count), max(1, source.number(span))
    latest = longest * amount if high is None else source.length(high)
    starts, lengths = source.draw(0, latest, amount), source.draw(1, longest, amount)
    return _ordered([[start, start + more] for start, more in zip(starts, lengths, strict=True)], order)


def _matrix(source: _Source, *, rows: Number, columns: Number, low: Number = 0, high: Number = 1) -> list[list[int]]:
    first, last = source.between(low, high)
    width = source.length(columns)
    return [source.draw(first, last, width) for _ in range(source.length(rows))]


def _edges(
    source: _Source,
    *,
    nodes: Number,
    per_node: int = 3,
    acyclic: bool = True,
    first: int = 0,
    weight: dict[str, Number] | None = None,
) -> list[list[int]]:
    """Edges [a, b] (or [a, b, weight]) of a connected graph, numbered from `first`, in random order.

    Each node but the first has up to `per_node` edges to different earlier ones, so that read as arrows they
    never form a circle; with `acyclic = false` the arrows point either way.
    """
    edges: list[list[int]] = []
    for node in range(1, source.length(nodes)):
        for earlier in source.rng.sample(range(node), min(node, per_node)):
            ends = [node + first, earlier + first]
            if not acyclic and source.rng.random() < 0.5:
                ends.reverse()
            if weight is not None:
                ends.append(source.draw_one(*source.between(weight.get("low", 1), weight.get("high", 10))))
            edges.append(ends)
    source.rng.shuffle(edges)
    return edges


def _tree(
    source: _Source,
    *,
    nodes: Number,
    shape: str = "balanced",
    low: Number = 0,
    high: Number = "10*n",
    search: bool = False,
) -> list[int | None]:
    """A tree in level order without the nulls at the end; with `search`, a search tree of 1, 2, 3 ..."""
    count = source.length(nodes)
    children = _shape(count, shape, source.rng)
    first, last = source.between(low, high)
    values = _keys_in_order(children) if search else source.draw(first, last, count)
    if not count:
        return []
    made: list[int | None] = [values[0]]
    queue = [0]
    for node in queue:
        for child in children[node]:
            made.append(None if child is None else values[child])
            if child is not None:
                queue.append(child)
    while made[-1] is None:
        made.pop()
    return made


def _shape(count: int, shape: str, rng: random.Random) -> list[list[int | None]]:
    """Per node its left and right child."""
    children: list[list[int | None]] = [[None, None] for _ in range(count)]
    free = [(0, 0), (0, 1)]
    for node in range(1, count):
        match shape:
            case "balanced":
                parent, side = (node - 1) // 2, (node - 1) % 2
            case "chain":
                parent, side = node - 1, 1
            case "random":
                chosen = int(rng.random() * len(free))
                free[chosen], free[-1] = free[-1], free[chosen]
                parent, side = free.pop()
                free += [(node, 0), (node, 1)]
            case _:
                raise RecipeBroken(f"shape {shape!r} is none of balanced, random, chain")
        children[parent][side] = node
    return children


def _keys_in_order(children: list[list[int | None]]) -> list[int]:
    """1, 2, 3 and so on for the nodes from left to right; without recursion, chains being deep."""
    keys = [0] * len(children)
    waiting: list[int] = []
    node: int | None = 0 if children else None
    key = 0
    while node is not None or waiting:
        while node is not None:
            waiting.append(node)
            node = children[node][0]
        last = waiting.pop()
        key += 1
        keys[last] = key
        node = children[last][1]
    return keys


def _calls(
    source: _Source,
    *,
    name: str,
    count: Number,
    operations: list[dict[str, Any]],
    constructor: list[Any] | tuple[Any, ...] = (),
) -> tuple[list[str], list[list[Any]]]:
    """Operations on one object: its construction, then `count` of the operations, drawn at random.

    An argument is a plain value, an expression of n, a range {low, high} or a whole generator table.
    An operation may carry a `weight`: how often it is drawn, compared with the others.
    """
    if not operations or not all(isinstance(entry.get("op"), str) for entry in operations):
        raise RecipeBroken("operations needs tables with an op")
    known = [(entry["op"], [_argument(source, one) for one in entry.get("args", ())]) for entry in operations]
    weights = [entry.get("weight", 1) for entry in operations]
    drawn = source.rng.choices(known, weights=weights, k=source.length(count))
    built = [_argument(source, argument)() for argument in constructor]
    return [name, *(op for op, _ in drawn)], [built, *([make() for make in makers] for _, makers in drawn)]


def _argument(source: _Source, argument: Any) -> Callable[[], Any]:
    """What makes this argument, over and over."""
    if isinstance(argument, dict) and "kind" in argument:
        return partial(_make, argument, source.n, source.rng, source.where)
    if isinstance(argument, dict):
        if set(argument) != {"low", "high"}:
            raise RecipeBroken(f"{argument!r} is neither a range with low and high nor a generator")
        return partial(source.draw_one, *source.between(argument["low"], argument["high"]))
    value = source.number(argument) if isinstance(argument, str) else argument
    return lambda: value


def _constant(source: _Source, *, value: Any) -> Any:
    return value


GENERATORS: dict[str, Callable[..., Any]] = {
    "ints": _ints,
    "int": _int,
    "text": _text,
    "brackets": _brackets,
    "words": _words,
    "intervals": _intervals,
    "matrix": _matrix,
    "edges": _edges,
    "tree": _tree,
    "linked": _ints,
    "calls": _calls,
    "constant": _constant,
}
"""Every kind of generator a recipe may name."""
