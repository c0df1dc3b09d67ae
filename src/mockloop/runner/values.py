"""Reads what a sandbox returned: strict JSON, with tags for what JSON has not.

A tag is `{"$": kind, "v": ...}`: `tuple`, `set`, `map` (pairs; also a dict with a `$` key), `float` (`nan`, `inf`,
`-inf`), `bigint` (hexadecimal text), `bytes` (hexadecimal text), `undefined`, `list_node` and `tree_node` (their
flat form), and `object` (the name of a type that has no JSON form).
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mockloop.runner.limits import VALUE_DEPTH, VALUE_LIMIT_BYTES


class Unreadable(Exception):
    """The text is no value: not JSON, too large, too deep, or a tag that does not exist."""


@dataclass(frozen=True)
class SetValue:
    items: tuple[Any, ...]


@dataclass(frozen=True)
class MapValue:
    pairs: tuple[tuple[Any, Any], ...]


@dataclass(frozen=True)
class ObjectValue:
    """An instance of something that cannot be compared."""

    type_name: str


@dataclass(frozen=True)
class Undefined:
    """JavaScript's `undefined`."""


def _refuse_constant(name: str) -> Any:
    raise Unreadable(f"{name} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise Unreadable(f"{digits[:20]} is too large")
    return number


def read_json(text: str) -> Any:
    """`text` as plain JSON, at most 1 MB and 200 levels deep (a few more for the envelope). Raises `Unreadable`."""
    if len(text) > VALUE_LIMIT_BYTES:
        raise Unreadable("it is too large")
    if _depth(text) > 3 * VALUE_DEPTH:
        raise Unreadable("it is nested too deeply")
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is not JSON") from error
    return _mended(value) if "\\ud" in text.lower() else value


def well_formed(text: str) -> str:
    """`text` with halves of surrogate pairs replaced: nothing behind the runner could store or send them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {well_formed(key): _mended(item) for key, item in value.items()}
    return value


def _depth(text: str) -> int:
    deepest = depth = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                quoted = False
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def decode(value: Any) -> Any:
    """Tagged JSON as Python values: tuples, `SetValue`, `MapValue`, floats, ints … Raises `Unreadable`."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$" not in value:
        return {key: decode(item) for key, item in value.items()}
    return _decode_tag(value.get("$"), value.get("v"))


def _decode_tag(kind: Any, content: Any) -> Any:
    try:
        if kind == "undefined":
            return Undefined()
        if kind == "tuple":
            return tuple(decode(item) for item in content)
        if kind == "set":
            return SetValue(tuple(decode(item) for item in content))
        if kind == "map":
            return MapValue(tuple((decode(key), decode(item)) for key, item in content))
        if kind in ("list_node", "tree_node"):
            return [decode(item) for item in content]
        if kind == "float" and content in ("nan", "inf", "-inf"):
            return float(content)
        if kind == "bigint":
            return int(content, 16)
        if kind == "bytes":
            return bytes.fromhex(content)
        if kind == "object":
            return ObjectValue(str(content))
    except (TypeError, ValueError) as error:
        raise Unreadable(f"the content of {kind} is not what it should be") from error
    raise Unreadable(f"there is no tag {kind!r}")


def plain(value: Any) -> Any:
    """Tagged JSON with the harmless tags taken off: tuples and nodes as lists, `undefined` as null, big ints as ints.

    What JSON truly has not (sets, NaN, bytes, instances) keeps its tag.
    """
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$" not in value:
        return {key: plain(item) for key, item in value.items()}
    kind, content = value.get("$"), value.get("v")
    if kind == "undefined":
        return None
    if kind in ("tuple", "list_node", "tree_node"):
        return plain(content)
    if kind == "bigint":
        return decode(value)
    return {"$": kind, "v": plain(content)}


def show(value: Any, most: int = 200) -> str:
    """A decoded value as people write it in the question: JSON where possible; at most `most` characters."""
    text = ""
    for piece in _shown(value):
        text += piece
        if len(text) > most:
            return f"{text[: most - 1]}…"
    return text


def _shown(value: Any) -> Iterator[str]:
    """Piece by piece, so that of a large value no more is written than is shown."""
    if isinstance(value, SetValue):
        yield from _listed("{", value.items, "}")
    elif isinstance(value, tuple):
        yield from _listed("(", value, ",)" if len(value) == 1 else ")")
    elif isinstance(value, list):
        yield from _listed("[", value, "]")
    elif isinstance(value, dict | MapValue):
        yield "{"
        for at, (key, item) in enumerate(value.pairs if isinstance(value, MapValue) else value.items()):
            yield ", " if at else ""
            yield from [json.dumps(key)] if isinstance(value, dict) else _shown(key)
            yield ": "
            yield from _shown(item)
        yield "}"
    else:
        yield _plainly_shown(value)


def _listed(opening: str, items: Iterable[Any], closing: str) -> Iterator[str]:
    yield opening
    for at, item in enumerate(items):
        yield ", " if at else ""
        yield from _shown(item)
    yield closing


def _plainly_shown(value: Any) -> str:
    if isinstance(value, Undefined):
        return "undefined"
    if isinstance(value, ObjectValue):
        return f"<{value.type_name}>"
    if isinstance(value, bytes):
        return repr(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return hex(value) if abs(value) >= 10**400 else str(value)
    return json.dumps(value, ensure_ascii=False)
