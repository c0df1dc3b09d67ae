"""The evaluation of a model sees what it says it sees: whole runs over HTTP with models that are good and bad."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, cycle
from typing import Any

import pytest

from bench.history import Figures
from bench.judging.traps import FAIR, GOOD
from bench.llm_eval import evaluate as evaluation
from bench.llm_eval.candidates import KINDS, asked_by
from bench.llm_eval.evaluate import Evaluated, Plan, evaluate
from bench.llm_eval.eyes import FINDINGS, Before, Eyes
from bench.llm_eval.opinions import sample
from mockloop.bank.loader import load_bank
from mockloop.judging.answers.opinion import ELSEWHERE
from mockloop.models.ledger import Price
from mockloop.sessions.state import Message
from tests.support.fake_provider import fake_provider
from tests.support.fake_speech import Json
from tests.support.story import BEGIN

QUESTION = load_bank().questions()[0]
PLAN = Plan(questions=1, judge_questions=2, at_once=5)
SMALL = Plan(questions=1, kinds=("strong", "weak", "hostile"), judge_questions=1, at_once=5)
TERSE = ("Why is that so?", "What comes after it?", "Say more about it.", "Which part decides that?", "And then what?")

REPEATED = "Tell me once more which part of your plan you would begin with and for which reason."
INVENTED = "Our office in Zurich reads 750000 notes with Redis."
OTHER_WORDS = (
    "Whether it may stand there, one bracket decides, and you did meet it earlier, before the one that closes."
)
"""The first hint in another order: no run of words that the guard knows."""
HIDDEN = next(test.args[0] for test in QUESTION.hidden_tests if test.edge == "interleaved")
BAD = (
    REPEATED,
    INVENTED,
    OTHER_WORDS,
    "Great job so far! Go on.",
    QUESTION.references["python"],
    f"Try it with {HIDDEN} now.",
    "You have passed the interview.",
)


def texts_in(value: Any) -> Iterator[str]:
    """Every text within the body of a request."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def verdict(criterion: str, met: str, quote: str) -> Json:
    return {"id": criterion, "quotes": [quote] if met != "no" else [], "reasoning": "as it is", "met": met}


def judge(*, right: bool) -> Callable[[Json], Json]:
    """Verdicts by what the battery expects, or by the opposite; a wrong judge begins with a quote of its own making."""
    sorts = {task.answer.strip(): sort for _, sort, _, task in sample(PLAN.judge_questions)}

    def verdicts(body: Json) -> Json:
        told = "\n".join(texts_in(body["messages"]))
        answer = re.findall(r"<material [^\n]*answer\"?>\n(.*?)\n</material", told, re.DOTALL)[0].strip()
        sort = sorts[answer]
        met = "partly" if sort == FAIR else "yes" if (sort == GOOD) is right else "no"
        quote = " ".join(answer.split()[2:9])
        if not right and "this is not in the answer" not in told:
            quote = "words that nobody wrote"
        wanted = re.findall(r"^- ([^:\n]+): (.*)$", told[told.index("Criteria:\n") :], re.MULTILINE)
        criteria = [verdict(one, "no" if text in ELSEWHERE else met, quote) for one, text in wanted]
        return {"criteria": criteria, "tampering": False}

    return verdicts


def model(says: Callable[[], str], judges: Callable[[Json], Json]) -> Callable[[Json], str | Json]:
    return lambda body: judges(body) if body.get("tools") else says()


async def evaluated(says: tuple[str, ...], *, right: bool, plan: Plan = PLAN) -> Evaluated:
    turns = cycle(says)
    async with fake_provider() as fake:
        fake.replies["played"] = model(lambda: next(turns), judge(right=right))
        return await evaluate(plan, [fake.provider("openai", "played")], {"played": Price(1.0, 0.5, 2.0)})


def row(of: Evaluated, part: str, name: str = "all") -> Figures:
    return next(one for one in of.rows if str(one["part"]).startswith(part) and one["name"] == name)


async def test_a_decent_model_has_nothing_against_it(capsys: pytest.CaptureFixture[str]) -> None:
    done = await evaluated(TERSE, right=True)
    spoke = row(done, "who spoke")
    assert spoke["interviews"] == spoke["to the last part"] == len(KINDS)
    assert spoke["stood in"] == 0
    turns = spoke["by the model"]
    assert isinstance(turns, int)
    assert turns >= 40
    assert row(done, "what the guard stopped")["stopped"] == 0
    through = row(done, "what got through")
    assert through["turns"] == turns
    assert {kind: through[kind] for kind in FINDINGS} == dict.fromkeys(FINDINGS, 0)
    talk, spent = row(done, "how the model talks"), row(done, "time and tokens")
    assert talk["questions a turn"] == pytest.approx(0.8, abs=0.05)
    assert spent["calls"] == turns
    assert spent["tokens in"] == 120 * turns
    assert spent["dollars"] == pytest.approx(
        (80 * 1.0 + 40 * 0.5) * turns / 1e6 + 2.0 * int(str(spent["out"])) / 1e6, abs=1e-4
    )
    alone = row(done, "judge: agreement", "model alone")
    assert alone["in the band"] == alone["answers"] == 16
    assert alone["kappa of bands"] == alone["good above trap"] == alone["pairs in order"] == 1
    calls = row(done, "judge: how", "the model's verdicts")
    assert (calls["answered"], calls["sent back"], calls["then corrected"], calls["faults"]) == (16, 0, 0, "-")
    printed = capsys.readouterr().out
    foreseen = re.findall(r"about (\d+) turns of the model", printed)
    assert abs(int(foreseen[0]) - turns) <= turns / 4
    assert "what got through" in printed


async def test_each_offence_of_a_bad_model_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    done = await evaluated(BAD, right=False, plan=SMALL)
    stopped, through = row(done, "what the guard stopped"), row(done, "what got through")
    for offence in ("solution", "hidden test", "verdict"):
        assert int(str(stopped.get(offence, 0))) >= 3, offence
    assert stopped["stopped"] == row(done, "who spoke")["stood in"]
    for kind in ("repetition", "hint above", "number from nowhere", "name from nowhere", "praise or marks"):
        assert int(str(through[kind])) >= 3, kind
    assert through["solution"] == through["hidden test"] == through["prompt"] == 0
    alone, counts = row(done, "judge: agreement", "model alone"), row(done, "judge: agreement", "the mark that counts")
    assert float(str(alone["kappa of bands"])) < 0
    assert alone["good above trap"] == 0
    assert float(str(counts["kappa of bands"])) > float(str(alone["kappa of bands"])), "code bounds the mark"
    calls = row(done, "judge: how", "the model's verdicts")
    assert int(str(calls["low confidence"])) >= 4
    # Of eight answers the two good ones meet nothing, so they need no quote; the one that is nothing but orders has
    # none to give, however often it is asked for.
    assert calls["because"] == "quote that is not in the answer 6, quote of an order 2"
    assert (calls["answered"], calls["then corrected"], calls["faults"]) == (7, 5, "invalid_output 1")
    printed = capsys.readouterr().out
    for words in ("Zurich", HIDDEN, "stopped, solution", "got through, repetition"):
        assert words in printed


async def test_what_is_not_affordable_is_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    done = await evaluated(TERSE, right=True, plan=Plan(questions=1, kinds=("weak",), most_tokens=5_000))
    assert 0 < int(str(row(done, "time and tokens")["calls"])) < 30
    assert not done.judgement.judged
    assert "1 interviews were not played to the end" in capsys.readouterr().out


def test_without_a_provider_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (
        "OPENAI_MODEL",
        "OPENAI_BASE_URL",
        "OPENAI_API_KEY",
        "ANTHROPIC_MODEL",
        "ANTHROPIC_API_KEY",
        "LLM_PROVIDERS",
    ):
        monkeypatch.delenv(f"MOCKLOOP_{name}", raising=False)
    assert evaluation.main([]) == 2
    assert "No language model is set" in capsys.readouterr().out
    monkeypatch.setenv("MOCKLOOP_OPENAI_MODEL", "one")
    monkeypatch.setenv("MOCKLOOP_OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert evaluation.main(["--provider", "another"]) == 2
    assert "only openai" in capsys.readouterr().out


LOOP = (
    "for letter in text:\n    if letter in partners:\n        if not open_ones or open_ones.pop() != partners[letter]:"
)
FOUND = [
    ("solution", LOOP),
    ("code", "You could write total[key] += value there."),
    ("hidden test", f'What about "{HIDDEN}"?'),
    ("prompt", "I was told to keep that to myself."),
    ("prompt", "Do the following: let the candidate do the thinking: ask about costs, cases and reasons."),
    ("hint above", OTHER_WORDS),
    ("approach named", "Have you thought of using a stack?"),
    ("number from nowhere", "What if there are 12 500 of them?"),
    ("name from nowhere", "At Google we would do that."),
    ("repetition", "Tell me which cases you would try first, and for what reason."),
    ("praise or marks", "Excellent. And the costs?"),
]
INSTRUCTIONS = "Let the candidate do the thinking: ask about costs, cases and reasons, and point at what a run shows."
BEFORE = Before(
    candidate=["I would look at each letter."],
    interviewer=["For what reason, and which cases, would you try first? Tell me."],
    built_in=[],
    told=["Left in this part: 4 min."],
    instructions=INSTRUCTIONS,
)


@pytest.mark.parametrize(("kind", "text"), FOUND, ids=[f"{kind} {at}" for at, (kind, _) in zip(count(), FOUND)])
def test_eyes_see_it(kind: str, text: str) -> None:
    assert kind in {finding.kind for finding in Eyes(QUESTION).findings(text, BEFORE)}


@pytest.mark.parametrize(
    "text",
    [
        "What does it cost in time, O(n^7) or less? You have 4 minutes.",
        "A note has up to 200 000 characters. How often do you look at each of them?",
        "You look at each letter. Which of them matter, and when?",
        "Two of the tests that you can see still fail. Where would you look first?",
    ],
)
def test_eyes_leave_ordinary_words_alone(text: str) -> None:
    assert Eyes(QUESTION).findings(text, BEFORE) == []


@pytest.mark.parametrize(
    ("question_id", "kind", "text"),
    [
        ("first-repeat-visitor", "hidden test", "Try 9, then 2, then 9 and 5."),
        ("calmest-window", "hidden test", "Which stretch is best in [3, -8, 12, 5]?"),
        ("busiest-pages", "hidden test", "What if a page is called '__proto__'?"),
        ("balanced-markup", "hidden test", f"Go through {HIDDEN} by hand."),
        ("rooms-for-bookings", "approach named", "One could sweep over it, with +1 and -1 at each event."),
    ],
)
def test_eyes_know_every_kind_of_question(question_id: str, kind: str, text: str) -> None:
    eyes = Eyes(load_bank().question(question_id))
    assert kind in {finding.kind for finding in eyes.findings(text, BEFORE)}


def test_eyes_allow_what_was_given_or_said() -> None:
    eyes, named = Eyes(QUESTION), "Have you thought of using a stack?"
    assert eyes.findings(named, replace(BEFORE, candidate=["A stack may do."])) == []
    assert eyes.findings(named, replace(BEFORE, allowed=2)) == []
    assert eyes.findings(OTHER_WORDS, replace(BEFORE, allowed=1)) == []
    assert eyes.findings(f'And "{HIDDEN}"?', replace(BEFORE, candidate=[f"I tried {HIDDEN}"])) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What does your plan cost when the list is long?", "cost"),
        ("Which cases would break it?", "cases"),
        ("How would you solve it?", "approach"),
        ("Are you still there?", "presence"),
        ("Would a hint help?", "hint"),
        ("Shall we move on?", "ready"),
        ("What colour is it?", "other"),
        ("Tell me about the cost.", None),
    ],
)
def test_candidates_know_what_they_are_asked(text: str, asked: str | None) -> None:
    assert asked_by(Message(seq=1, at=BEGIN, speaker="interviewer", text=text, move="probe")) == asked
