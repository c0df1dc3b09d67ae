"""A drawing, as Excalidraw saves it, in lines that a model can read: what is joined to what, and with which words.

The labels are the candidate's: whoever shows the lines puts them into a fence. Nothing here raises, whatever it is
given; what is not read is counted in the lines.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LONGEST_SCENE = 5_000_000
"""Characters of JSON; a longer drawing is not read."""

MOST_ELEMENTS = 600
"""Those after them are only counted. Ends are compared with shapes pairwise, so this bounds the time too."""

LONGEST_LABEL = 80
"""Characters shown of a label."""

NEAR = 40.0
"""So far, in the drawing's own units, an end that is bound to nothing may be from its shape."""

_FARTHEST = 1e7
_LABEL_READ = 2_000
_SHAPES = ("rectangle", "ellipse", "diamond", "frame", "magicframe")


@dataclass
class _Shape:
    """A box that something can be joined to. `text`: it is nothing but its words."""

    id: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    label: str = ""
    text: bool = False
    frame: str = ""
    groups: tuple[str, ...] = ()
    name: str = ""

    def distance(self, x: float, y: float) -> float:
        aside = max(self.x - x, 0.0, x - self.x - self.width)
        above = max(self.y - y, 0.0, y - self.y - self.height)
        return math.hypot(aside, above)


@dataclass
class _Line:
    """An arrow or a line. `heads`: whether it has a head at its start and at its end."""

    id: str
    ends: tuple[tuple[float, float], tuple[float, float]]
    bound: tuple[str, str]
    heads: tuple[bool, bool]
    arrow: bool
    label: str = ""


@dataclass
class _Scene:
    shapes: dict[str, _Shape] = field(default_factory=dict)
    lines: dict[str, _Line] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def diagram_lines(scene: str) -> tuple[str, ...]:
    """What a drawing says: joined shapes, shapes that are not, frames and groups, and what was left out.

    Empty for an empty text and for a drawing of nothing.
    """
    if not scene.strip():
        return ()
    if len(scene) > LONGEST_SCENE:
        return ("the drawing is too large to be read",)
    try:
        given = json.loads(scene)
    except (ValueError, RecursionError):
        return ("the drawing cannot be read",)
    elements = given.get("elements") if isinstance(given, dict) else given
    if not isinstance(elements, list):
        return ("the drawing cannot be read",)
    return tuple(_told(_read(elements)))


def changes(before: str, now: str) -> tuple[str, ...]:
    """What two drawings say differently: `- line` for what is gone, then `+ line` for what is new."""
    old, new = diagram_lines(before), diagram_lines(now)
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    return (*(f"- {line}" for line in _each(old, gone)), *(f"+ {line}" for line in _each(new, come)))


def _each(lines: Iterable[str], wanted: Counter[str]) -> Iterable[str]:
    for line in lines:
        if wanted[line] > 0:
            wanted[line] -= 1
            yield line


def _read(elements: Sequence[Any]) -> _Scene:
    scene = _Scene()
    texts: list[tuple[_Shape, str]] = []
    alive = [one for one in elements if not (isinstance(one, dict) and one.get("isDeleted"))]
    if len(alive) > MOST_ELEMENTS:
        scene.left_out["more element"] += len(alive) - MOST_ELEMENTS
    for one in alive[:MOST_ELEMENTS]:
        kind = one.get("type") if isinstance(one, dict) else None
        shape = _shape(one, str(kind)) if isinstance(kind, str) else None
        if shape is None or shape.id in scene.shapes or shape.id in scene.lines:
            scene.left_out["unreadable element"] += 1
        elif kind in _SHAPES:
            scene.shapes[shape.id] = shape
        elif kind in ("arrow", "line"):
            scene.lines[shape.id] = _line(one, shape)
        elif kind == "text":
            texts.append((shape, _id(one.get("containerId"))))
        else:
            scene.left_out[
                "drawn stroke" if kind == "freedraw" else "image" if kind == "image" else "other element"
            ] += 1
    _place(scene, texts)
    return scene


def _shape(one: Mapping[str, Any], kind: str) -> _Shape | None:
    """An element with its box; None without an id and a place."""
    place = [_number(one.get(name)) for name in ("x", "y", "width", "height")]
    id, groups = _id(one.get("id")), one.get("groupIds")
    if not id or place[0] is None or place[1] is None:
        return None
    x, y, width, height = (each or 0.0 for each in place)
    label = one.get("text") if kind == "text" else one.get("name")
    return _Shape(
        id=id,
        kind=kind,
        x=min(x, x + width),
        y=min(y, y + height),
        width=abs(width),
        height=abs(height),
        label=_label(label),
        text=kind == "text",
        frame=_id(one.get("frameId")),
        groups=tuple(_id(group) for group in groups[:5]) if isinstance(groups, list) else (),
    )


def _line(one: Mapping[str, Any], shape: _Shape) -> _Line:
    x, y = _number(one.get("x")) or 0.0, _number(one.get("y")) or 0.0
    points = one.get("points")
    ends = [_point(points[at]) for at in (0, -1)] if isinstance(points, list) and points else [(0.0, 0.0)] * 2
    arrow = shape.kind == "arrow"
    return _Line(
        id=shape.id,
        ends=((x + ends[0][0], y + ends[0][1]), (x + ends[1][0], y + ends[1][1])),
        bound=(_bound(one.get("startBinding")), _bound(one.get("endBinding"))),
        heads=(bool(one.get("startArrowhead")), bool(one.get("endArrowhead", arrow))),
        arrow=arrow,
    )


def _place(scene: _Scene, texts: Sequence[tuple[_Shape, str]]) -> None:
    """Give each text to what it stands in; what stands alone is a shape of its own."""
    wanted = {id for line in scene.lines.values() for id in line.bound}
    for text, container in texts:
        holder: _Shape | _Line | None = scene.shapes.get(container) or scene.lines.get(container)
        if holder is None and text.id not in wanted:
            holder = _around(text, scene.shapes.values())
        if not text.label:
            continue
        if holder is None:
            scene.shapes.setdefault(text.id, text)
        else:
            holder.label = _label(f"{holder.label} {text.label}")
            for line in scene.lines.values():
                start, end = (holder.id if id == text.id else id for id in line.bound)
                line.bound = (start, end)


def _around(text: _Shape, shapes: Iterable[_Shape]) -> _Shape | None:
    """The smallest shape without words in which a text has its middle."""
    x, y = text.x + text.width / 2, text.y + text.height / 2
    boxes = [one for one in shapes if not one.label and "frame" not in one.kind and one.distance(x, y) == 0.0]
    return min(boxes, key=lambda one: one.width * one.height, default=None)


def _told(scene: _Scene) -> Iterable[str]:
    _name(scene.shapes.values())
    joined: set[str] = set()
    for line in scene.lines.values():
        ends = [_end(scene, line, at) for at in (0, 1)]
        if ends[0] is None and ends[1] is None:
            scene.left_out["arrow that joins nothing" if line.arrow else "drawn stroke"] += 1
            continue
        joined |= {one.id for one in ends if one is not None}
        yield _edge(line, *(one.name if one is not None else "nothing" for one in ends))
    for shape in scene.shapes.values():
        if shape.id not in joined and "frame" not in shape.kind:
            yield f"note: {shape.name}" if shape.text else f"{shape.name} (not connected)"
    yield from _together(scene.shapes)
    for what, count in scene.left_out.items():
        yield f"{count} {_plural(what) if count > 1 else what} left out"


def _name(shapes: Iterable[_Shape]) -> None:
    """Names to tell shapes apart: the label, with a number where another has it; the kind without a label."""
    seen: Counter[str] = Counter()
    for shape in shapes:
        name = shape.label or f"{shape.kind} without a label"
        seen[name] += 1
        shape.name = name if seen[name] == 1 else f"{name} ({seen[name]})"


def _end(scene: _Scene, line: _Line, at: int) -> _Shape | None:
    bound = scene.shapes.get(line.bound[at])
    if bound is not None:
        return bound
    x, y = line.ends[at]
    near = [one for one in scene.shapes.values() if one.distance(x, y) <= NEAR]
    return min(near, key=lambda one: (one.distance(x, y), one.width * one.height), default=None)


def _edge(line: _Line, start: str, end: str) -> str:
    if line.heads == (True, False):
        start, end = end, start
    sign = "<->" if all(line.heads) else "->" if any(line.heads) else "--"
    return f"{start} {sign} {end}" + (f": {line.label}" if line.label else "")


def _together(shapes: Mapping[str, _Shape]) -> Iterable[str]:
    frames: dict[str, list[str]] = {}
    groups: dict[str, list[str]] = {}
    for shape in shapes.values():
        if shape.frame in shapes:
            frames.setdefault(shape.frame, []).append(shape.name)
        for group in dict.fromkeys(shape.groups):
            groups.setdefault(group, []).append(shape.name)
    for frame, names in frames.items():
        yield f"in {shapes[frame].name}: {', '.join(names)}"
    for together in dict.fromkeys(map(tuple, groups.values())):
        if len(together) > 1:
            yield f"grouped: {', '.join(together)}"


def _plural(what: str) -> str:
    first, _, rest = what.partition(" that ")
    return f"{first}s that join nothing" if rest else f"{what}s"


def _label(value: object) -> str:
    """One line of a label; that it is longer is said."""
    if not isinstance(value, str):
        return ""
    words = " ".join(value[:_LABEL_READ].split())
    if len(words) <= LONGEST_LABEL:
        return words
    return f"{words[:LONGEST_LABEL].rstrip()} ... (longer)"


def _number(value: object) -> float | None:
    """A number that a drawing can have."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_FARTHEST <= value <= _FARTHEST:
        return None
    return float(value)


def _point(value: object) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) < 2:
        return (0.0, 0.0)
    return (_number(value[0]) or 0.0, _number(value[1]) or 0.0)


def _id(value: object) -> str:
    return value[:100] if isinstance(value, str) else ""


def _bound(value: object) -> str:
    return _id(value.get("elementId")) if isinstance(value, dict) else ""
