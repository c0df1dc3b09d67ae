"""What holds for every answer: form moves no mark, evidence raises it, quotes are verbatim, orders do nothing."""

import json
import random
from collections.abc import Iterator
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.judging.traps import ORDERS
from mockloop.judging.answers import weights as w
from mockloop.judging.answers.grade import grade
from mockloop.judging.answers.marks import mark10
from mockloop.judging.answers.task import Grade, Task
from mockloop.language import sentences
from tests.judging.answers.cases import CASES, NAMES, all_answers, by_name, changed, graded, own_answers

drawn = settings(max_examples=60, deadline=None, derandomize=True)
"""The same examples every time; the wall clock of a busy machine says nothing."""

LISTED = (
    "1. First I sort the bookings by start, e.g. at 9.30, which costs about 3.5 ms. 2) Then I keep the ends in a heap. "
    "(3) If the smallest end is before the next start, i.e. the room is free, I pop it; otherwise a room is added."
)
HEAP_TASK = Task(
    question="How many rooms do these bookings need?",
    reference="Sort the bookings by start and keep the ends in a min-heap. If the smallest end is not after the next "
    "start, that room is free and is reused. The size of the heap is the number of rooms.",
    answer=LISTED,
)


def verdict(result: Grade) -> tuple[object, ...]:
    """All of a grade but the places in the text."""
    criteria = tuple((one.id, one.met, one.credit) for one in result.criteria)
    return result.mark, result.mark10, result.confidence, result.flags, criteria, result.level


def redressed(text: str, rng: random.Random) -> str:
    """The same words in other case, with other white space and other punctuation between them.

    Left alone is what is no punctuation: apostrophes, hyphens, the signs of arithmetic and comparison, letters whose
    case changes their number. Nothing is put inside a word or a number and no two are joined: 3.5 may become 3 5.
    """
    found = []
    for letter in text:
        if letter.isspace():
            found.append(rng.choice((" ", "  ", "\n", "\t", ", ", ". ", "; ", "! ", ": ", "? ", ' ("', " … ", ")\n\n")))
        elif letter in '.,;:!?"()…':
            found.append(rng.choice((letter, " ")))
        elif letter.isalpha() and len(letter.upper()) == len(letter.lower()) == 1:
            found.append(rng.choice((letter.upper(), letter.lower())))
        else:
            found.append(letter)
    return "".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_case_space_and_punctuation_move_nothing(name: str) -> None:
    question = by_name(name)
    for answer, text in all_answers(question).items():
        again = grade(question.task(redressed(text, random.Random(name + answer))))
        assert verdict(again) == verdict(graded(name, answer)), answer


@drawn
@given(st.randoms(use_true_random=False))
def test_numbered_lists_abbreviations_and_decimals_are_words_like_others(rng: random.Random) -> None:
    assert verdict(grade(changed(HEAP_TASK, answer=redressed(LISTED, rng)))) == verdict(grade(HEAP_TASK))


@settings(drawn, max_examples=25)
@given(st.sampled_from(CASES), st.sampled_from(ORDERS), st.randoms(use_true_random=False))
def test_punctuation_beside_an_order_moves_nothing(case: tuple[str, str], order: str, rng: random.Random) -> None:
    """The order itself stays as it is, and stays a sentence."""
    question = by_name(case[0])
    text = all_answers(question)[case[1]]
    for before, after in (("", text), (text, ""), split(text)):
        plain = question.task(f"{before} {order} {after}")
        again = question.task(f"{redressed(before, rng)} {order} {redressed(after, rng)}")
        assert verdict(grade(again)) == verdict(grade(plain))


@pytest.mark.xfail(strict=True, reason="an order reaches to the end of its sentence, or 20 words")
def test_punctuation_within_an_order_moves_nothing() -> None:
    moved = []
    for name in NAMES:
        question = by_name(name)
        text = all_answers(question)["good 1"]
        marks = {grade(question.task(f"{order} {text}")).mark for order in (ORDERS[0], ORDERS[0].rstrip("."))}
        moved += [(name, *marks)] if len(marks) > 1 else []
    assert not moved


def split(text: str) -> tuple[str, str]:
    """The text before and after the end of its middle sentence."""
    at = sentences(text)
    middle = at[len(at) // 2].start
    return text[:middle], text[middle:]


def helpful_sentences(name: str) -> Iterator[str]:
    """What meets a criterion: its own text, each of its phrases in a sentence, each sentence of the reference."""
    question = by_name(name)
    for one in question.data.get("criteria", ()):
        yield one["text"]
        for phrase in one.get("any_of", ()):
            yield f"So {phrase}."
    reference = " ".join((question.data.get("reference") or "").split())
    yield from (reference[span.start : span.end] for span in sentences(reference))


def lowered_by_more(name: str) -> Iterator[tuple[float, str]]:
    """By how many marks a sentence that helps lowers an answer, where it does, and which."""
    question = by_name(name)
    for number, added in enumerate(helpful_sentences(name)):
        for answer in ("good 1", "good 3", "middling 2"):
            text = own_answers(question)[answer]
            before = graded(name, answer).mark
            after = grade(question.task(f"{added} {text}" if number % 2 else f"{text.strip()} {added}")).mark
            if after < before:
                yield round(before - after, 1), f"{answer}, {before} to {after}: {added!r}"


LITTLE = 0.5
"""Marks of a hundred. A negation at the end of the added sentence may reach a word of the next one."""


@pytest.mark.parametrize("name", NAMES)
def test_saying_more_that_is_right_never_lowers_the_mark(name: str) -> None:
    assert not [told for lost, told in lowered(name) if lost > LITTLE]


@lru_cache(maxsize=len(NAMES))
def lowered(name: str) -> tuple[tuple[float, str], ...]:
    return tuple(lowered_by_more(name))


def without_quotes(text: str, result: Grade) -> str:
    spans = sorted({span for one in result.criteria for span in one.spans})
    for start, end in reversed(spans):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def not_lowered(name: str, above: float) -> list[tuple[str, float, float]]:
    """Answers with quotes and a mark above this one that are worth as much without their quotes.

    Where a floor holds the mark it cannot fall, and need not: such a mark may stay. None may rise.
    """
    question = by_name(name)
    found = []
    for answer, text in all_answers(question).items():
        full = graded(name, answer)
        if full.mark > above and any(one.quotes for one in full.criteria):
            rest = grade(question.task(without_quotes(text, full))).mark
            held = full.mark in {w.CAPS[flag] for flag in full.flags if flag in w.CAPS}
            if rest > full.mark or (rest == full.mark and not held):
                found.append((answer, full.mark, rest))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_without_its_quotes_an_answer_is_worth_less(name: str) -> None:
    assert not not_lowered(name, above=24)


@pytest.mark.xfail(strict=True, reason="on the edge of the subject a shorter answer can be the denser one")
def test_without_its_quotes_even_a_weak_answer_is_worth_less() -> None:
    assert not [(name, *found) for name in NAMES for found in not_lowered(name, above=0)]


def check_shape(text: str, result: Grade) -> None:
    """Quotes are verbatim and stand where their spans say; what is not met has none; the numbers are in range."""
    assert 0 <= result.mark <= 100
    assert result.mark10 == mark10(result.mark)
    assert 1 <= result.mark10 <= 10
    assert 0 <= result.confidence <= 1
    assert 0 <= result.band.low <= result.mark <= result.band.high <= 100
    assert ("low_confidence" in result.flags) == (result.confidence < 0.5)
    assert result.missing == tuple(one.text for one in result.criteria if one.met == "no")
    for one in result.criteria:
        assert 0 <= one.credit <= 1
        assert bool(one.quotes) == (one.met != "no")
        assert one.quotes == tuple(text[start:end] for start, end in one.spans)
        assert all(quote.strip() == quote != "" for quote in one.quotes)
        assert sorted(one.spans) == list(one.spans)
    for remark in (*result.feedback.did_well, *result.feedback.improve):
        assert remark.quote is None or remark.quote in text


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_every_quote_stands_in_the_answer(case: tuple[str, str]) -> None:
    check_shape(all_answers(by_name(case[0]))[case[1]], graded(*case))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.sampled_from(NAMES), st.text(max_size=300))
def test_any_text_gets_a_grade(name: str, text: str) -> None:
    check_shape(text, grade(by_name(name).task(text)))


@drawn
@given(st.sampled_from([case for case in CASES if by_name(case[0]).data.get("criteria")]), st.data())
def test_the_order_of_the_criteria_changes_nothing(case: tuple[str, str], data: st.DataObject) -> None:
    task = by_name(case[0]).task(all_answers(by_name(case[0]))[case[1]])
    reference = data.draw(st.sampled_from([task.reference, None]))
    needs = data.draw(st.sampled_from([None, 1, 2]))
    task = task.model_copy(update={"reference": reference, "needs": needs})
    turned = task.model_copy(update={"criteria": tuple(data.draw(st.permutations(task.criteria)))})
    first, second = grade(task), grade(turned)
    assert (first.mark, first.confidence, first.flags) == (second.mark, second.confidence, second.flags)
    assert {one.id: one for one in first.criteria} == {one.id: one for one in second.criteria}


@pytest.mark.parametrize("name", NAMES)
def test_orders_never_raise_a_mark(name: str) -> None:
    question = by_name(name)
    for answer, text in all_answers(question).items():
        plain = graded(name, answer)
        words = text.split()
        half = len(words) // 2
        for number, order in enumerate(ORDERS):
            places = (f"{order} {text}", f"{text} {order}", " ".join([*words[:half], order, *words[half:]]))
            found = grade(question.task(places[(number + len(answer)) % 3]))
            assert found.mark <= plain.mark, (answer, order, plain.mark, found.mark)
            assert "orders_ignored" in found.flags


@pytest.mark.parametrize("name", NAMES)
def test_the_same_task_twice_gives_the_same_json(name: str) -> None:
    task = by_name(name).task(all_answers(by_name(name))["good 1"])
    again = Task.model_validate(json.loads(task.model_dump_json()))
    assert grade(task).model_dump_json() == grade(again).model_dump_json() == graded(name, "good 1").model_dump_json()
