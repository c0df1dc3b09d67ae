"""The words that say the same and the opposite: the two files are sound, and are found in any inflection."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from mockloop.language import read, stem, words_of
from mockloop.language.thesaurus import MOST_WORDS, Meaning, thesaurus
from mockloop.language.words import ARTICLES

SAME, OPPOSITE = "thesaurus.txt", "opposites.txt"


def lines(name: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Each line that is no comment, with its entries; a line of opposites has two sides, one of sameness one."""
    text = (files("mockloop.language") / name).read_text(encoding="ascii")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            sides = [[entry.strip() for entry in side.split(",")] for side in line.split("|")]
            yield f"{name}:{number}: {line}", sides


def key(entry: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words_of(entry) if word.text not in ARTICLES)


LINES = [*lines(SAME), *lines(OPPOSITE)]


def test_every_entry_is_short_plain_and_in_lower_case() -> None:
    bad = [
        (place, entry)
        for place, sides in LINES
        for entry in (entry for side in sides for entry in side)
        if not re.fullmatch(r"[a-z0-9()^'/+!.-]+( [a-z0-9()^'/+!.-]+)*", entry)
        or len(entry.split()) > MOST_WORDS
        or not 1 <= len(key(entry)) <= MOST_WORDS
    ]
    assert not bad


def test_lines_have_the_sides_of_their_file_and_more_than_one_entry() -> None:
    assert not [place for place, sides in lines(SAME) if len(sides) != 1 or len(sides[0]) < 2]
    assert not [place for place, sides in lines(OPPOSITE) if len(sides) != 2]


def test_no_line_says_a_thing_twice() -> None:
    """Nor in another inflection: the two would be one entry."""
    twice = []
    for place, sides in LINES:
        keys = [key(entry) for side in sides for entry in side]
        twice += [place] if len(set(keys)) < len(keys) else []
    assert not twice


def test_no_line_of_one_meaning_holds_opposites() -> None:
    places: dict[tuple[str, ...], set[str]] = {}
    for place, sides in lines(SAME):
        for entry in sides[0]:
            places.setdefault(key(entry), set()).add(place)
    both = [
        (place, left, right)
        for place, sides in lines(OPPOSITE)
        for left in sides[0]
        for right in sides[1]
        if places.get(key(left), set()) & places.get(key(right), set())
    ]
    assert not both


def test_every_line_is_read() -> None:
    known = thesaurus()
    for place, sides in lines(SAME):
        assert all(known.groups.get(key(entry)) for entry in sides[0]), place
        assert frozenset.intersection(*(known.groups[key(entry)] for entry in sides[0])), place
    for place, (left, right) in lines(OPPOSITE):
        numbers = [{pair for pair, side in known.sides[key(entry)] if side == 0} for entry in left]
        numbers += [{pair for pair, side in known.sides[key(entry)] if side == 1} for entry in right]
        assert set.intersection(*numbers), place


def meanings(text: str) -> list[Meaning]:
    return thesaurus().meanings(read(text).words)


@pytest.mark.parametrize(
    ("one", "other"),
    [("quickly", "fast"), ("grows", "increased"), ("decreasing", "shrank"), ("goes up", "rose"), ("QUICK", "rapid")],
)
def test_inflections_are_found_by_their_stems(one: str, other: str) -> None:
    left, right = meanings(one), meanings(other)
    assert any(a.same(b) or any(s in b.sides for s in a.sides) for a in left for b in right)
    assert not any(a.opposite(b) for a in left for b in right)


@pytest.mark.parametrize(("one", "other"), [("faster", "slower"), ("grew", "shrinks"), ("speeds up", "slowed down")])
def test_opposites_are_known_both_ways_and_are_not_the_same(one: str, other: str) -> None:
    left, right = meanings(one), meanings(other)
    assert any(a.opposite(b) for a in left for b in right)
    assert any(b.opposite(a) for a in left for b in right)
    assert not any(a.same(b) for a in left for b in right)


def test_an_article_within_a_phrase_makes_no_difference() -> None:
    phrase = next(entry for _, sides in lines(SAME) for entry in sides[0] if len(entry.split()) == 2)
    first, last = phrase.split()
    assert meanings(phrase)[0].same(meanings(f"{first} the {last}")[0])


def test_a_word_that_nobody_listed_means_itself_alone() -> None:
    for meaning in meanings("xylograph zzyzx"):
        assert not meaning.groups
        assert not meaning.sides


def test_stems_that_must_not_meet() -> None:
    for one, other in (("not", "note"), ("like", "likely"), ("none", "non"), ("quit", "quite")):
        if stem(one) == stem(other):
            listed = {entry for _, sides in LINES for side in sides for entry in side}
            assert not {one, other} & listed
