"""A mode's file: every mistake is refused when it is loaded, and named; what it returns becomes a strict schema."""

from typing import Any

import pytest
from pydantic import ValidationError

from mockloop.modes.document import divided
from mockloop.modes.mode import load_mode, parse_mode
from mockloop.modes.returns import MOST_ITEMS
from mockloop.modes.template import BadMode
from tests.modes.a_mode import FILE, PACKAGES, praise, reply, shipped


@pytest.mark.parametrize(("package", "name"), shipped())
def test_a_shipped_mode_can_be_used(package: str, name: str) -> None:
    mode = load_mode(package, name)
    assert mode.id == name
    assert set(mode.schema.model_fields) == set(mode.returns)


def test_the_feedback_modes_are_shipped() -> None:
    assert {("mockloop.judging", "question_feedback"), ("mockloop.judging", "session_feedback")} <= set(shipped())


def test_every_file_of_a_mode_is_divided_in_the_same_way() -> None:
    for path in PACKAGES.glob("**/modes/*.md"):
        divided(path.read_text("utf-8"), path.stem)


FAULTS = {
    "no head": ("+++\nid", "++\nid", "expected a head"),
    "no turn": ("+++ turn", "+++ end", "expected a head"),
    "broken toml": ('id = "praise"', "id = praise", "praise:"),
    "another id": ('id = "praise"', 'id = "blame"', "its id is another"),
    "no such role": ('role = "writer"', 'role = "poet"', "role"),
    "version zero": ("version = 3", "version = 0", "version"),
    "no version": ("version = 3\n", "", "version"),
    "no tokens": ("max_tokens = 300", "max_tokens = 0", "max_tokens"),
    "unknown key": ("version = 3", "version = 3\nmood = 1", "mood"),
    "unknown type of input": ('tone = "line"', 'tone = "song"', "tone"),
    "undeclared placeholder": ("{{tone}}", "{{tune}}", "tune"),
    "unused input": ("{{tone}}", "calm", "tone"),
    "half a placeholder": ("{{tone}}", "{{tone}", "placeholder"),
    "spaces in a placeholder": ("{{tone}}", "{{ tone }}", "placeholder"),
    "no budget": ("budget = 60\n", "", "budget"),
    "a budget of nothing": ("budget = 60", "budget = 0", "budget"),
    "no title": ('title = "the answer"\n', "", "title"),
    "unknown key of material": ("budget = 60", "budget = 60\ncut = true", "cut"),
    "keeps the middle": ('keep = "end"', 'keep = "middle"', "keep"),
    "unknown type of field": ('type = "flag"', 'type = "bool"', "sure.type"),
    "a text without a limit": ("words = 12\n", "", "limit of words"),
    "a limit of no words": ("words = 12", "words = 0", "words"),
    "a flag with words": ('type = "flag"', 'type = "flag"\nwords = 3', "limit of words"),
    "a grounded number": ('type = "number"', 'type = "number"\ngrounded_in = ["answer"]', "grounded"),
    "a choice of nothing": ('options = ["calm", "lively"]\n', "", "choice"),
    "a flag with options": ('type = "flag"', 'type = "flag"\noptions = ["a"]', "choice"),
    "items of nothing": ('type = "flag"', 'type = "items"', "items"),
    "least above most": ("least = 1\nmost = 5", "least = 6\nmost = 5", "least"),
    "a list without end": ("most = 3\nwords", f"most = {MOST_ITEMS + 1}\nwords", "entries"),
    "grounded in what is not known": ('["question", "answer", "notes"]', '["question", "book"]', "summary"),
    "an item grounded in nothing known": ('8\ngrounded_in = ["answer"]', '8\ngrounded_in = ["x"]', "what is grounded"),
    "quoted from an input": ('quoted_from = "answer"', 'quoted_from = "question"', "quotes"),
    "a name that python keeps": ("[returns.sure]", "[returns.class]", "class is no name"),
    "a name that pydantic keeps": ("[returns.sure]", "[returns.model_sure]", "model_sure is no name"),
    "a private name": ("[returns.sure]", "[returns._sure]", "_sure is no name"),
    "a name with a hyphen": ("[returns.sure]", "[returns.so-sure]", "so-sure is no name"),
    "a private name in an item": ("fields.tip]", "fields._tip]", "_tip is no name"),
    "a method of every schema": ("[returns.sure]", "[returns.copy]", "copy is no name"),
    "two options alike": ('["calm", "lively"]', '["calm", "calm"]', "options"),
    "a name that is input and material": (
        "[sees.notes]", "[sees.tone]\ntitle = 't'\nbudget = 9\n\n[sees.notes]", "both input and material: tone",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused_when_it_is_loaded(fault: str) -> None:
    old, new, named = FAULTS[fault]
    assert old in FILE
    with pytest.raises(BadMode, match="praise") as refused:
        parse_mode(FILE.replace(old, new, 1), "praise")
    assert named in str(refused.value)


def test_a_file_that_is_not_there_is_no_mode() -> None:
    with pytest.raises(BadMode, match="nowhere"):
        load_mode("mockloop.judging", "nowhere")


def test_every_change_of_the_text_is_another_hash() -> None:
    assert parse_mode(FILE, "praise").hash == praise().hash
    assert parse_mode(FILE.replace("Praise the", "Now praise the"), "praise").hash != praise().hash


def test_the_schema_has_the_file_s_order_and_takes_what_fits() -> None:
    schema = praise().schema
    assert list(schema.model_fields) == ["summary", "quotes", "mood", "sure", "stars", "points"]
    assert schema.model_validate(reply()).model_dump() == reply()
    described = schema.model_json_schema()["properties"]["summary"]["description"]
    assert described == "What the answer does. At most 12 words."


@pytest.mark.parametrize(
    "changed",
    [
        {"mood": "wild"}, {"stars": 0}, {"stars": 6}, {"stars": 2.5}, {"sure": "perhaps"}, {"summary": None},
        {"summary": ["a"]}, {"summary": "x" * 600}, {"quotes": ["a"] * 4}, {"quotes": "a"}, {"quotes": ["x" * 500]},
        {"points": []}, {"points": [{"what": "a", "tip": ""}] * 4}, {"points": [{"what": "a"}]},
        {"points": [{"what": "a", "tip": "", "more": 1}]}, {"points": ["a"]}, {"more": 1},
    ],
    ids=str,
)  # fmt: skip
def test_the_schema_refuses_what_the_file_does_not_allow(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        praise().schema.model_validate(reply(**changed))


def test_no_field_may_be_missing() -> None:
    for name in reply():
        with pytest.raises(ValidationError):
            praise().schema.model_validate({key: value for key, value in reply().items() if key != name})
