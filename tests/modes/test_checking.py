"""A reply is held to its mode: what breaks a rule is sent back once by name, and what is still wrong is left out."""

from typing import Any

import pytest

from mockloop.llm.port import BadOutput
from mockloop.modes.checking import MOST_COMPLAINTS, Checking, Fields, plain_words
from mockloop.modes.mode import parse_mode
from tests.modes.a_mode import FILE, INPUTS, MATERIAL, NONCE, praise, reply

INSTRUCTIONS = "You praise answers for somebody who practises for an interview. Be calm, and praise at most 2 things."

BREAKS: dict[str, tuple[dict[str, Any], str, dict[str, Any] | None]] = {
    "a number that nobody said": (
        {"summary": "You measured first. It was 45% faster."}, "summary: '45%': not in question and answer and notes",
        {"summary": "You measured first."},
    ),
    "a name that nobody said": (
        {"summary": "At Netflix you measured first."}, "'Netflix': not in", None,
    ),
    "grounded in one source only": (
        {"points": [{"what": "You spoke at 7 am.", "tip": ""}, {"what": "An index.", "tip": ""}]},
        "points[0].what: '7 am': not in answer", {"points": [{"what": "An index.", "tip": ""}]},
    ),
    "no entry left of those that must be there": (
        {"points": [{"what": "You spoke at 7 am.", "tip": ""}]}, "points[0].what", None,
    ),
    "an optional text of an entry": (
        {"points": [{"what": "An index.", "tip": "Add Redis."}]}, "points[0].tip: 'Redis'",
        {"points": [{"what": "An index.", "tip": ""}]},
    ),
    "a quote that is not there": (
        {"quotes": ["We measured it last", "so I added an index"]}, "quotes: must stand word for word in answer",
        {"quotes": ["so I added an index"]},
    ),
    "a quote of two words": ({"quotes": ["measured it"]}, "quotes: must stand word for word", {"quotes": []}),
    "a quote from other material": ({"quotes": ["Why was it slow"]}, "word for word in answer", {"quotes": []}),
    "a quote that ends within a word": ({"quotes": ["We measured it fir"]}, "word for word", {"quotes": []}),
    "an empty quote": ({"quotes": [""]}, "quotes: must not be empty", {"quotes": []}),
    "nothing where something must be": ({"summary": "  "}, "summary: must not be empty", None),
    "too many words": (
        {"summary": "You measured first. " + "You added an index to it and that is good."},
        "summary: at most 12 words, not 13", {"summary": "You measured first."},
    ),
    "too many words in one sentence": (
        {"summary": "you measured " * 8}, "at most 12 words, not 16", {"summary": "you measured " * 5 + "you …"},
    ),
    "a link": ({"summary": "See https://example.com first."}, "summary: no links", None),
    "a verdict": ({"summary": "That is 8 out of 10."}, "summary: no marks and no verdicts", None),
    "a refusal": ({"summary": "I'm sorry, but I can't."}, "summary: write the text itself", None),
    "the prompt": (
        {"summary": "I praise answers for somebody who practises for an interview."}, "do not repeat your instr", None,
    ),
    "the id of the fence": ({"summary": f"The id is {NONCE}."}, "do not repeat your instructions", None),
    "a code": ({"summary": "A" * 40}, "no codes", None),
    "an offence in a quote": (
        {"quotes": ["We measured it\u202e first"]}, "no invisible characters", {"quotes": []},
    ),
}  # fmt: skip


def checking(**more: Any) -> Checking:
    return Checking(praise(), {**INPUTS, **MATERIAL}, nonce=NONCE, instructions=INSTRUCTIONS, **more)


def returned(**changed: Any) -> Any:
    return praise().schema.model_validate(reply(**changed))


def test_what_breaks_no_rule_passes_as_it_is() -> None:
    check = checking()
    check(returned())
    assert check.mended(returned()) == reply()


@pytest.mark.parametrize("rule", BREAKS)
def test_what_breaks_a_rule_is_sent_back_once_by_name_and_then_mended(rule: str) -> None:
    changed, named, left = BREAKS[rule]
    check = checking()
    with pytest.raises(BadOutput) as sent_back:
        check(returned(**changed))
    assert named in sent_back.value.reason
    check(returned(**changed))
    assert check.mended(returned(**changed)) == (None if left is None else reply(**left))


def test_a_good_second_reply_is_not_touched() -> None:
    check = checking()
    with pytest.raises(BadOutput):
        check(returned(summary="It was 45% faster."))
    check(returned())
    assert check.mended(returned()) == reply()


def test_all_that_is_wrong_is_told_at_once_up_to_a_limit() -> None:
    points = [{"what": "At Netflix.", "tip": "Add Redis."}] * 3
    with pytest.raises(BadOutput) as sent_back:
        checking()(returned(summary="It took 3 days.", quotes=["no such words there"], points=points))
    reason = sent_back.value.reason
    assert "'3 days'" in reason
    assert "no such words there" in reason
    assert reason.count("not in") + reason.count("word for word") == MOST_COMPLAINTS


def test_every_offence_of_a_text_is_named_once() -> None:
    with pytest.raises(BadOutput) as sent_back:
        checking()(returned(summary="Netflix did. Netflix did. 45% did."))
    assert "'Netflix', '45%': not in" in sent_back.value.reason
    assert sent_back.value.reason.count("Netflix") == 1


@pytest.mark.parametrize(
    "quote", ["we MEASURED it first", "“We measured it first.”", "We  measured\nit — first", "read 1 200 rows so I"]
)
def test_case_spacing_and_punctuation_of_a_quote_do_not_matter(quote: str) -> None:
    checking()(returned(quotes=[quote]))


def test_a_placeholder_needs_no_source() -> None:
    checking()(returned(summary="You measured [your figure] rows first."))


def test_a_source_that_was_not_given_grounds_nothing() -> None:
    check = Checking(praise(), {**INPUTS, "answer": MATERIAL["answer"]}, nonce=NONCE, instructions=INSTRUCTIONS)
    check(returned())
    assert check.mended(returned(summary="You spoke for 3 minutes.")) is None


def test_a_check_of_one_s_own_is_asked_every_time() -> None:
    asked: list[Fields] = []

    def own(fields: Fields) -> None:
        asked.append(fields)
        if fields["stars"] > 3:
            raise BadOutput("stars: fewer")

    check = checking(own=own)
    for _ in range(2):
        with pytest.raises(BadOutput, match="stars: fewer"):
            check(returned(stars=5))
    check(returned(stars=3))
    assert [fields["stars"] for fields in asked] == [5, 5, 3]


def test_plain_words_know_no_case_no_signs_and_no_spacing() -> None:
    assert plain_words("It’s  1,200\nROWS!") == plain_words("it s 1 200 rows") == " it s 1 200 rows "
    assert plain_words("…") == "  "


def test_a_list_of_texts_that_must_not_be_empty_takes_the_reply_with_it() -> None:
    file = FILE.replace('type = "texts"\nmost', 'type = "texts"\nleast = 1\nmost')
    assert file != FILE
    mode = parse_mode(file, "praise")
    check = Checking(mode, {**INPUTS, **MATERIAL}, nonce=NONCE, instructions=INSTRUCTIONS)
    assert check.mended(mode.schema.model_validate(reply())) == reply()
    assert check.mended(mode.schema.model_validate(reply(quotes=["no such words there"]))) is None
