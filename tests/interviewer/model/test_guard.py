"""What is shown of a model's words: whole sentences, each read together with all that came before it."""

import json
from collections.abc import Iterable

import pytest

from mockloop.bank.loader import load_bank
from mockloop.bank.question import CodingQuestion
from mockloop.interviewer.model.guard import Guard, Offence, Release
from mockloop.interviewer.model.kept_back import KeptBack, Secrets
from mockloop.interviewer.model.modes import load_mode
from mockloop.interviewer.phrasing import phrase_book
from mockloop.modes.fencing import harmless
from tests.support.questions import pair_sum

INSTRUCTIONS = load_mode("live_interviewer").instructions.text


def guard(hint: int = 0, public: Iterable[str] = ()) -> Guard:
    kept_back = KeptBack(Secrets(pair_sum()), hint=hint, public=public)
    return Guard(kept_back, nonce="5ca1ab1e", prompt=(INSTRUCTIONS,), most_words=130)


def offence(text: str, hint: int = 0, public: Iterable[str] = ()) -> str | None:
    try:
        guard(hint, public).check(text)
    except Offence as found:
        return found.what
    return None


HINTS = pair_sum().hints


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (HINTS[0], "hint"),
        ("Think: which other number would complete it, and so on.", "hint"),
        (HINTS[3], "hint"),
        ("Write return [ position_of[missing], position ] there.", "solution"),
        ("Try the list [5, 75, 25] with 100.", "hidden test"),
        ("What about 8, then 4, 16 and 12?", "hidden test"),
        ("Say missing = target - number; if missing in position_of: there.", "solution"),
        ("One test has [611,389].", "hidden test"),
        ("Use a dictionary and look for the complement.", "approach"),
        ("Have you thought of sorting and two pointers? You could sort it.", "approach"),
        ("The id is 5ca1ab1e.", "prompt"),
        ("I was told: lead back kindly from anything else. Let the candidate do the thinking.", "prompt"),
        ("My instructions are secret.", "prompt"),
        ("That is 8 out of 10.", "verdict"),
        ("I'd give that 9/10.", "verdict"),
        ("You would pass.", "verdict"),
        ("You've passed the interview.", "verdict"),
        ("You are clearly a strong hire.", "verdict"),
        ("Your score is high.", "verdict"),
        ("I would rate this highly.", "verdict"),
        ("As an AI language model, I have no opinion.", "refusal"),
        ("I'm sorry, but I can't help with that.", "refusal"),
        ("Look ![x](http://evil.example/?q=1)", "markup"),
        ("<b>Bold</b> words.", "markup"),
        ("```python\nx\n```", "markup"),
        ("word " * 131, "too long"),
        ("wo.rd" * 400, "too long"),
        ("Use a dict\u200bionary.", "coded"),
        ("\u202eReversed.", "coded"),
        ("cmV0dXJuIFtwb3NpdGlvbl9vZlttaXNzaW5nXSwgcG9zaXRpb25d", "coded"),
        ("Ｕｓｅ ａ ｄｉｃｔｉｏｎａｒｙ for the complement.", "approach"),
    ],
)
def test_offences(text: str, what: str) -> None:
    assert offence(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "What happens when the list has two entries?",
        "7 of 8 tests pass, 10 of 10 tests would be better.",
        "Suppose you pass an empty list; what comes out?",
        "You passed the visible tests, and one of those kept back fails.",
        "What is the running time in terms of n, the length of the list?",
        "Take the first example, [4, 9, 1] and 10. What does your loop do?",
        "Does i < j hold at the end, and is a > b possible?",
        "The two positions must differ. One entry may not be counted twice.",
        "Two numbers, three pointers, half of the list: which of those grows?",
    ],
)
def test_what_an_interviewer_says_is_no_offence(text: str) -> None:
    assert offence(text) is None


def test_what_the_candidate_wrote_may_be_said_back() -> None:
    assert offence("Why a dictionary with the complement?") == "approach"
    mine = "I use a dictionary and look for the complement. return [position_of[missing], position]"
    assert offence("Why a dictionary with the complement?", public=[mine]) is None
    assert offence("What is return [position_of[missing], position] for?", public=[mine]) is None
    assert offence("Your list [5, 75, 25] with 100 is a good case.", public=["numbers=[5, 75, 25], 100"]) is None


def test_a_hint_may_be_said_from_its_rung_on() -> None:
    for rung, hint in enumerate(HINTS[:3], 1):
        assert offence(hint, hint=rung - 1) is not None
        assert offence(hint, hint=rung) is None
    assert offence(HINTS[2], hint=1) == "hint"


def test_what_a_hint_to_come_repeats_of_one_that_was_given_is_free() -> None:
    again = f"{HINTS[0]} Now write it down."
    question = pair_sum().model_copy(update={"hints": (HINTS[0], again, *HINTS[2:])})
    kept_back = KeptBack(Secrets(question), hint=1, public=())
    assert kept_back.told_by(HINTS[0]) is None
    assert kept_back.told_by(again) == "hint"


def test_a_secret_in_two_sentences_is_seen_with_the_second() -> None:
    release = Release(guard())
    assert release.feed("Which other number. ") == "Which other number. "
    with pytest.raises(Offence):
        release.feed("Would complete it? ")
    assert release.shown == "Which other number. "


def test_sentences_are_released_when_they_are_whole() -> None:
    release = Release(guard())
    shown = [release.feed(piece) for piece in ("\n Let us", " see. What", " is 0.5", " of it? ", "And then")]
    assert shown == ["", "Let us see. ", "", "What is 0.5 of it? ", ""]
    assert release.finish() == "And then"
    assert release.shown.strip() == release.text.strip()


def test_words_are_shown_when_the_action_line_begins() -> None:
    assert Release(guard()).feed('And how so @@ {"act') == "And how so "


@pytest.mark.parametrize("cut", range(1, 40))
def test_the_action_line_is_never_shown_wherever_the_stream_is_cut(cut: int) -> None:
    text = 'How so?\n@@ {"action": "ask"}\nmore'
    release = Release(guard())
    shown = release.feed(text[:cut]) + release.feed(text[cut:]) + release.finish()
    assert shown.strip() == "How so?"


@pytest.mark.parametrize("text", ["", "  \n", '@@ {"action": "ask"}'])
def test_no_words_are_an_offence(text: str) -> None:
    release = Release(guard())
    release.feed(text)
    with pytest.raises(Offence, match="empty"):
        release.finish()


ORDINARY = (
    "Good. Before you write anything, can you walk me through what happens on the first example, step by step?",
    "What would your code return if the input had just one element?",
    "Suppose the input is [1, 2, 3]. What does your loop do in the second round?",
    "You mentioned O(n log n). Where does the log n come from?",
    "That makes sense. How much extra memory would you need in the worst case?",
    "I see that the second visible test fails. Which assumption does it break?",
    "Your run crashed with an IndexError on line 7. What value does i have there?",
    "Nothing in the task says so, so pick what you find sensible and tell me.",
    "Let's keep to the problem. Where were you with your plan?",
    "Fair enough. Which part of that is the slowest, and why?",
    "What happens if two items have the same value?",
    "You say that you check every element against every other one. How many comparisons is that for n elements?",
    "How would you test this? Name me three cases you would try first.",
    "Could you name the variable so that a reader knows what it holds?",
    "I understand that you want to sort first. What does sorting cost, and what do you gain from it?",
    "Is there a way to avoid looking at the same element more than once?",
    "Take a breath. What is the smallest input for which you know the answer?",
    "That part is done. Next we look at your code together: what are the edge cases?",
    "7 of 9 tests pass. What do the two others have in common?",
    "Does it matter in which order the items come?",
    "What if the list is empty, or if all values are negative?",
    "Thanks, that was clear. Please go ahead and write it down.",
    "What is the invariant of your loop, in one sentence?",
    "If the input were ten times as large, how much longer would it take?",
    "You pass the index to the function, but then never use it. Is it needed?",
)


@pytest.mark.parametrize("question", load_bank().questions(), ids=lambda question: str(question.id))
def test_ordinary_sentences_pass_whatever_the_question(question: CodingQuestion) -> None:
    kept_back = KeptBack(Secrets(question), hint=0, public=())
    guarded = Guard(kept_back, nonce="5ca1ab1e", prompt=(INSTRUCTIONS,), most_words=130)
    for text in ORDINARY:
        guarded.check(text)


@pytest.mark.parametrize("question", load_bank().questions(), ids=lambda question: str(question.id))
def test_the_bank_s_own_secrets_are_kept_and_its_own_words_are_free(question: CodingQuestion) -> None:
    guarded = KeptBack(Secrets(question), hint=0, public=())
    for source in question.references.values():
        assert guarded.told_by(f"Write this:\n{source}")
    for hint in question.hints:
        assert guarded.told_by(hint), hint
    shown = [test for test in question.hidden_tests if sum(map(len, map(json.dumps, test.args))) >= 12]
    told = [test for test in shown if guarded.told_by(f"Try {json.dumps(list(test.args))} please.")]
    assert len(told) >= 0.9 * len(shown), [test.args for test in shown if test not in told]
    for text in (*(fact.answer for fact in question.facts), question.statement):
        assert guarded.told_by(text) is None, text
    for text in (nudge for probe in question.probes for nudge in probe.nudges):
        assert guarded.told_by(text) in (None, "approach"), text


def test_the_built_in_interviewer_s_own_phrases_pass() -> None:
    found = {
        text: offence(text.replace("{", "").replace("}", ""))
        for texts in phrase_book().wordings.values()
        for text in texts
    }
    wrong = {text: what for text, what in found.items() if what not in (None, "approach")}
    assert not wrong


def test_material_is_made_harmless() -> None:
    assert harmless("a<b>\x00@@\u200b") == "a‹b› @ @ "
