"""Drawings as lines: what a person sees is said, what is not read is counted, and no scene makes it fail or wait."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockloop.modes.diagram import LONGEST_LABEL, LONGEST_SCENE, MOST_ELEMENTS, changes, diagram_lines


def box(id: str, x: float = 0, y: float = 0, kind: str = "rectangle", **more: Any) -> dict[str, Any]:
    return {"id": id, "type": kind, "x": x, "y": y, "width": 100, "height": 50, **more}


def words(text: str, inside: str | None = None, x: float = 0, y: float = 0, **more: Any) -> dict[str, Any]:
    return {
        "id": f"words of {inside or text}", "type": "text", "text": text, "containerId": inside,
        "x": x, "y": y, "width": 20, "height": 10, **more,
    }  # fmt: skip


def arrow(
    id: str, start: str | None = None, end: str | None = None, kind: str = "arrow", **more: Any
) -> dict[str, Any]:
    bindings = {
        name: {"elementId": to, "focus": 0, "gap": 1} if to else None
        for name, to in (("startBinding", start), ("endBinding", end))
    }
    return {"id": id, "type": kind, "x": 0, "y": 0, "points": [[0, 0], [9, 9]], **bindings, **more}


def scene(*elements: object) -> str:
    return json.dumps({"type": "excalidraw", "version": 2, "elements": elements})


CLIENT = (box("a"), words("client", "a"))
GATEWAY = (box("b", 300), words("api  gateway", "b"))
CACHE = (box("c", 600, 300, "ellipse"), words("cache", "c"))


def test_shapes_that_an_arrow_joins_are_told_with_its_words() -> None:
    lines = diagram_lines(scene(*CLIENT, *GATEWAY, *CACHE, arrow("ab", "a", "b"), words("HTTPS", "ab")))
    assert lines == ("client -> api gateway: HTTPS", "cache (not connected)")


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"startArrowhead": None, "endArrowhead": "arrow"}, "client -> api gateway"),
        ({"startArrowhead": "arrow", "endArrowhead": None}, "api gateway -> client"),
        ({"startArrowhead": "dot", "endArrowhead": "arrow"}, "client <-> api gateway"),
        ({"startArrowhead": None, "endArrowhead": None}, "client -- api gateway"),
        ({"kind": "line"}, "client -- api gateway"),
    ],
)
def test_the_heads_of_an_arrow_say_its_direction(more: dict[str, Any], line: str) -> None:
    assert diagram_lines(scene(*CLIENT, *GATEWAY, arrow("ab", "a", "b", **more))) == (line,)


@pytest.mark.parametrize(
    ("points", "line"),
    [
        ([[110, 20], [290, 20]], "client -> api gateway"),
        ([[50, 25], [200, 90], [330, 40]], "client -> api gateway"),
        ([[110, 20], [200, 20]], "client -> nothing"),
        ([[5000, 0], [6000, 0]], "1 arrow that joins nothing left out"),
    ],
    ids=["beside", "inside, with a bend", "one end far", "both ends far"],
)
def test_an_arrow_that_is_bound_to_nothing_joins_what_it_is_near(points: list[list[int]], line: str) -> None:
    assert line in diagram_lines(scene(*CLIENT, *GATEWAY, arrow("ab", points=points)))


def test_the_smallest_of_two_shapes_around_an_end_is_meant() -> None:
    around = box("host", -50, -50, width=300, height=300)
    lines = diagram_lines(scene(around, words("host", "host"), *CLIENT, *GATEWAY, arrow("x", None, "b")))
    assert "client -> api gateway" in lines


def test_a_label_may_lie_in_its_shape_or_be_the_shape() -> None:
    queue, loose = box("q", 0, 200), words("jobs", x=40, y=220)
    free = words("worker", x=900, y=900, id="w")
    lines = diagram_lines(scene(queue, loose, free, arrow("qw", "q", "w"), words("retries 3 times", x=2000, y=0)))
    assert lines == ("jobs -> worker", "note: retries 3 times")


def test_an_arrow_to_the_words_of_a_shape_means_the_shape() -> None:
    lines = diagram_lines(scene(*CLIENT, *GATEWAY, arrow("ab", "words of a", "words of b")))
    assert lines == ("client -> api gateway",)


def test_shapes_without_words_and_with_the_same_words_can_be_told_apart() -> None:
    lines = diagram_lines(
        scene(box("a"), *GATEWAY, box("c", 500), words("api gateway", "c"), arrow("1", "a", "b"), arrow("2", "a", "c"))
    )
    assert lines == (
        "rectangle without a label -> api gateway",
        "rectangle without a label -> api gateway (2)",
    )


def test_frames_and_groups_are_told() -> None:
    zone = box("f", -10, -10, "frame", name="private network", width=2000, height=2000)
    a, b = ({**box(id, x), "frameId": "f", "groupIds": ["g"]} for id, x in (("a", 0), ("b", 300)))
    lines = diagram_lines(scene(zone, a, words("client", "a"), b, words("db", "b"), arrow("ab", "a", "b")))
    assert lines == ("client -> db", "in private network: client, db", "grouped: client, db")


def test_what_is_not_read_is_counted() -> None:
    strokes = [{"id": f"s{n}", "type": "freedraw", "x": 0, "y": 0} for n in range(3)]
    gone = {**box("gone"), "isDeleted": True}
    lines = diagram_lines(scene(*CLIENT, *strokes, gone, {"id": "i", "type": "image", "x": 0, "y": 0}, 7, {"type": []}))
    assert lines == (
        "client (not connected)", "3 drawn strokes left out", "1 image left out", "2 unreadable elements left out",
    )  # fmt: skip


def test_a_binding_to_what_was_deleted_falls_back_to_what_is_near() -> None:
    gone = {**box("gone"), "isDeleted": True}
    lines = diagram_lines(scene(gone, *CLIENT, *GATEWAY, arrow("x", "gone", "b")))
    assert lines == ("client -> api gateway",)


def test_changes_are_lines_that_went_and_came() -> None:
    before = scene(*CLIENT, *GATEWAY, arrow("ab", "a", "b"))
    now = scene(*CLIENT, *GATEWAY, *CACHE, arrow("ab", "a", "b"), words("HTTPS", "ab"), arrow("bc", "b", "c"))
    assert changes(before, now) == (
        "- client -> api gateway", "+ client -> api gateway: HTTPS", "+ api gateway -> cache",
    )  # fmt: skip
    assert changes("", before) == ("+ client -> api gateway",)
    assert changes(now, now) == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        (scene(), ()),
        ("{", ("the drawing cannot be read",)),
        ("[" * 200_000, ("the drawing cannot be read",)),
        ('{"elements": 3}', ("the drawing cannot be read",)),
        ("1" * 5000, ("the drawing cannot be read",)),
        (" " + "x" * LONGEST_SCENE, ("the drawing is too large to be read",)),
    ],
    ids=["empty", "nothing drawn", "half", "deep", "no list", "a long number", "too long"],
)
def test_what_is_no_drawing_is_said_to_be_none(text: str, lines: tuple[str, ...]) -> None:
    assert diagram_lines(text) == lines


def test_large_drawings_end_soon_and_say_what_they_leave_out() -> None:
    many = [box(f"b{n}", n * 10, kind="rectangle") for n in range(5000)]
    arrows = [arrow(f"a{n}", points=[[n * 10, 0], [n * 10 + 30, 0]]) for n in range(5000)]
    mixed = [one for pair in zip(many, arrows, strict=True) for one in pair]
    began = time.perf_counter()
    lines = diagram_lines(scene(*mixed))
    assert time.perf_counter() - began < 3
    assert lines[-1] == f"{10_000 - MOST_ELEMENTS} more elements left out"
    (long,) = diagram_lines(scene(box("a"), words("so " * 350_000, "a")))
    assert len(long) < LONGEST_LABEL + 50
    assert "(longer)" in long


NUMBERS: st.SearchStrategy[Any] = st.one_of(
    st.integers(), st.floats(), st.sampled_from([10**400, -(10**400), float("nan"), float("inf"), True, None, "1", []])
)
IDS: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["a", "b", "c", "d"]), st.none(), st.integers(), st.just([]), st.just({})
)
BINDINGS: st.SearchStrategy[Any] = st.one_of(st.none(), IDS, st.builds(lambda id: {"elementId": id}, IDS))
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "width": NUMBERS, "height": NUMBERS, "text": st.one_of(st.text(max_size=20), NUMBERS), "name": NUMBERS,
    "containerId": IDS, "frameId": IDS, "groupIds": st.one_of(NUMBERS, st.lists(IDS, max_size=3)),
    "startBinding": BINDINGS, "endBinding": BINDINGS, "isDeleted": st.one_of(st.just(False), NUMBERS),
    "points": st.one_of(NUMBERS, st.lists(st.one_of(NUMBERS, st.lists(NUMBERS, max_size=3)), max_size=3)),
    "startArrowhead": NUMBERS, "endArrowhead": NUMBERS,
}  # fmt: skip
KINDS = st.sampled_from(["rectangle", "text", "arrow", "line", "frame", "freedraw"])
ODD_KINDS: st.SearchStrategy[Any] = st.sampled_from(["?", 4, None, []])
PLACES = st.integers(-50, 50)
ELEMENTS: st.SearchStrategy[Any] = st.one_of(
    st.fixed_dictionaries({"id": st.sampled_from("abcdef"), "type": KINDS, "x": PLACES, "y": PLACES}, optional=FIELDS),
    st.fixed_dictionaries(
        {}, optional={"id": IDS, "type": st.one_of(KINDS, ODD_KINDS), "x": NUMBERS, "y": NUMBERS} | FIELDS
    ),
    st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=3), max_leaves=5),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(ELEMENTS, max_size=12), st.lists(ELEMENTS, max_size=4))
def test_no_scene_makes_it_fail(elements: list[Any], others: list[Any]) -> None:
    now, before = json.dumps(elements), json.dumps(others)
    lines = diagram_lines(now)
    assert lines == diagram_lines(json.dumps({"elements": elements}))
    assert all(len(line.splitlines()) == 1 for line in lines)
    assert len(lines) <= 3 * len(elements)
    told = changes(before, now)
    assert all(line[:2] in ("- ", "+ ") for line in told)
    assert (told == ()) == (sorted(lines) == sorted(diagram_lines(before)))


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    assert all(len(line.splitlines()) == 1 for line in diagram_lines(text))
