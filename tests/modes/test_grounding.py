"""What a text may say: nothing that its sources do not, in whatever spelling; and all that they do say."""

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockloop.language import sentences
from mockloop.modes.grounding import Sources, within
from tests.modes.grounding_cases import CASES, HALVES, Case

PIECES = """I|we|led|Netflix|kafka|45%|1.2k|twelve|hundred|and a|half|of|Q3|p99|'19|[your|figure]|never|to|go.|e.g.
|Don't|O'Brien|twice\n|3 000|10-15|5.|Anna!|U.S.|$20|½|华为|é|—|\r|\u2028|:|“The|two|reasons?|C++|v2.1|third|
|a.m.|React"""
WORDS = st.sampled_from(PIECES.split("|"))
TEXTS = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=120)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence[:60])
def test_a_case(case: Case) -> None:
    offences = Sources([case.source]).offences(case.sentence)
    assert bool(offences) == case.caught, offences
    assert bool(within(case.sentence, [case.source])) != case.caught


def test_both_halves_are_large_and_hold_both_kinds() -> None:
    assert len(CASES) == len(set(CASES)) >= 80
    for cases in HALVES.values():
        assert sum(not case.caught for case in cases) >= 30
        assert sum(case.caught for case in cases) >= 30


def test_the_offence_is_named_and_only_its_sentence_goes() -> None:
    text = "I added a cache.\nIt was 45% faster. Netflix liked it. The users did too."
    source = "I added a cache, it was faster, and the users liked it too. They did."
    assert [one.what for one in Sources([source]).offences(text)] == ["45%", "Netflix"]
    assert within(text, [source]) == "I added a cache.\nThe users did too."


def test_one_source_may_say_what_another_does_not() -> None:
    sources = ["I worked there for two years.", "Netflix, Berlin"]
    assert within("I worked at Netflix for two years.", sources)
    assert not within("I worked at Netflix for two years.", sources[:1])
    assert not within("I worked at Netflix for two years.", sources[1:])


def test_without_a_source_ordinary_words_are_left() -> None:
    assert within("It was slow, so I asked why.", []) == "It was slow, so I asked why."
    assert within("It took 3 days.", []) == ""


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_source_grounds_itself_sentence_by_sentence(source: str) -> None:
    text = "\n".join(source[span.start : span.end] for span in sentences(source))
    assert Sources([source]).offences(text) == ()


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_is_left_has_no_offence_and_nothing_is_added(text: str, source: str) -> None:
    left = within(text, [source])
    assert Sources([source]).offences(left) == ()
    assert within(left, [source]) == left
    assert set(left.split()) <= set(text.split())


HOSTILE = {
    "digits": "1", "groups": "555 ", "commas": "1,", "fractions": "1/2", "versions": "v1.", "numbers": "twenty ",
    "scales": "hundred and ", "brackets": "[your ", "names": "Netflix ", "hyphens": "a-", "apostrophes": "a'",
    "stops": ".", "initials": "A. ", "claims": "not led ", "sentences": "I led 5. ", "lines": "x\n", "questions": "? ",
    "signs": "a+", "accents": "e\u0301", "han": "华",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    spent_s = min(_spent_s(piece, 100_000) for _ in range(2))
    assert spent_s < 1.0
    assert min(_spent_s(piece, 300_000) for _ in range(2)) < 6 * max(spent_s, 0.1)


def _spent_s(piece: str, size: int) -> float:
    """Of this process, so that others on the machine do not matter, nor what other tests have left to be collected."""
    text = piece * (size // len(piece))
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        Sources(["A source."]).offences(text)
        return time.process_time() - begun
    finally:
        gc.enable()
