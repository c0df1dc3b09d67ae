"""`docs/judging.md` says what the judge does: its tables are the tables of `weights`, its example comes out as told."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from mockloop.judging.answers import confidence, examples, objection, stories
from mockloop.judging.answers import weights as w
from mockloop.judging.answers.advice import _FLAGS
from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.grade import grade
from mockloop.judging.answers.marks import scaled
from mockloop.judging.answers.statements import Statements, mark_statements
from mockloop.judging.answers.task import Task
from mockloop.judging.answers.terms import stems_of

PAGE = (Path(__file__).parents[3] / "docs" / "judging.md").read_text(encoding="utf-8")
PROSE = " ".join(PAGE.replace("\n> ", "\n").split())


def rows(first: str) -> list[list[str]]:
    """The rows of the table whose heading starts with this word."""
    block = PAGE.split(f"\n| {first} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip().strip("`") for cell in line.strip().strip("|").split("|")] for line in block.splitlines()[2:]]


def shown(value: object) -> str:
    """A weight as the page writes it."""
    match value:
        case Mapping():
            return ", ".join(f"{name} {shown(one)}" for name, one in value.items())
        case frozenset():
            return ", ".join(sorted(value))
        case tuple():
            return ", ".join(f"({shown(one)})" if isinstance(one, tuple) else shown(one) for one in value)
        case int() | float():
            return f"{value:g}"
    raise AssertionError(f"the page has no way to show {value!r}")


def percent(share: float) -> str:
    return f"{round(100 * share)} %"


def test_every_weight_stands_in_the_table() -> None:
    names = [name for name in vars(w) if name.isupper()]
    assert [row[0] for row in rows("name")] == names
    documented = {name: value for name, _, value in rows("name") if name != "CAPS"}
    assert documented == {name: shown(getattr(w, name)) for name in names if name != "CAPS"}


def test_floors() -> None:
    documented = {flag: most for flag, _, most, _ in rows("flag")}
    real = {flag: shown(cap) for flag, cap in w.CAPS.items()}
    assert documented == real | {"keywords": f"{shown(w.LIST_LEAST)} to {shown(w.LIST_MOST)}"}


def test_every_flag_is_explained() -> None:
    assert set(_FLAGS) <= {row[0] for row in rows("flag")} | {"orders_ignored", "unaided"}
    for flag in ("orders_ignored", "unaided", "low_confidence", "wrong_claim_1"):
        assert f"`{flag}`" in PAGE


def test_how_sure_a_flag_makes() -> None:
    documented = {flag: sure for flag, _, _, sure in rows("flag") if sure != "-"}
    assert documented == {name: percent(sure) for name, sure in (confidence._CERTAIN | confidence._FAIRLY).items()}


def test_bands() -> None:
    assert rows("below") == [*([shown(below), name] for below, name in confidence._NAMES), ["else", "strong"]]


def joined(names: list[str], last: str) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


@pytest.mark.parametrize(
    "sentence",
    [
        f"It is about something else below {shown(w.OFF_TOPIC)} and surely on the subject from {shown(w.ON_TOPIC)}",
        f"{percent(w.SHARED)} is earned by the whole answer",
        f"{percent(1 - w.SHARED)} by what is said on the statement itself",
        f"up to {percent(examples._PULL)} of its error",
        f"cost {shown(w.WRONG_CLAIM)} marks each",
        f"With a cap up to {shown(w.NO_EVIDENCE)}, or with {joined(['denied', 'shuffled', 'noise'], 'or')}",
        f"with {joined(['keywords', 'vague', 'off_topic', 'no_story'], 'or')} in part at most",
        f"The band is {confidence._HALF_WIDTH} marks to each side, and up to {confidence._DOUBT_WIDTH} more",
        f"“we replaced it” {percent(stories._SHARED_CREDIT)}".replace("“", '"').replace("”", '"'),
        f"without which at most {percent(stories._WORKING_LIFE[0])} is kept",
        f"quotes {objection.QUOTED_WORDS} or more words of the answer",
        f"{percent(w.REREAD)} of the likeness is enough",
        f"The mark stays below {10 * int(10 * scaled(w.UNAIDED_MOST) + 1)}, the confidence is 20 %",
    ],
)
def test_numbers_in_sentences(sentence: str) -> None:
    assert sentence in PROSE


@pytest.fixture(scope="module")
def task() -> Task:
    """The task of the example, as the page quotes it."""
    quoted = " ".join(re.findall(r"^> ?(.*)$", PAGE, re.MULTILINE))
    _, question, reference, answer = re.split(r"\*\*(?:Question|Reference|Answer)\*\*", quoted)
    return Task(question=" ".join(question.split()), reference=" ".join(reference.split()), answer=answer.strip())


@pytest.fixture(scope="module")
def found(task: Task) -> Statements:
    statements = mark_statements(task, Answer(task.answer))
    assert statements is not None
    return statements


def test_the_statements_of_the_example(task: Task, found: Statements) -> None:
    shown_as = [one.met for one in grade(task).criteria]
    real = [
        [str(one.point.id), f"{one.point.weight:.3f}", f"{one.own:.3f}", f"{one.credit:.3f}", met]
        for one, met in zip(found.made, shown_as, strict=True)
    ]
    assert rows("statement") == real


def test_the_steps_of_the_example(task: Task, found: Statements) -> None:
    full, own = len(stems_of(task.reference or "")), len(Answer(task.answer).telling)
    topic, on, detail, mean = (f"{one:.3f}" for one in (found.topic, found.on_topic, found.detail, found.mark))
    like = found.topic / w.FULL_TOPIC
    whole = 1 - w.TOPIC_SHARE - w.LENGTH_SHARE + w.TOPIC_SHARE * like + w.LENGTH_SHARE * found.detail
    low, high = next((a, b) for a, b in zip(w.SCALE, w.SCALE[1:], strict=False) if found.mark <= b[0])
    steps = [
        f"The reference has {full} telling words and four statements; the answer has {own} telling words.",
        f"The likeness is {topic}, between {w.OFF_TOPIC:g} and {w.ON_TOPIC:g}: ({topic} - {w.OFF_TOPIC:g}) / "
        f"{w.ON_TOPIC - w.OFF_TOPIC:g} = {on} on the subject.",
        f"{own} / ({w.FULL_LENGTH:g} x {full}) = {detail}.",
        f"earns {1 - w.TOPIC_SHARE - w.LENGTH_SHARE:g} + {w.TOPIC_SHARE:g} x {topic} / {w.FULL_TOPIC:g} + "
        f"{w.LENGTH_SHARE:g} x {detail} = {whole:.3f}.",
        f"earns {on} x ({w.SHARED:g} x {whole:.3f} + {1 - w.SHARED:g} x its own)",
        f"**Mean** {mean}. **Scale** {low[1]:g} + ({mean} - {low[0]:g}) x {high[1] - low[1]:g} / {high[0] - low[0]:g} "
        f"= {scaled(found.mark):.3f}.",
    ]
    assert [step for step in steps if step not in PROSE] == []
    assert full >= w.SHORT_REFERENCE, "a short reference has other thresholds than the page tells"


def test_the_arithmetic_of_the_example_is_the_judges(found: Statements) -> None:
    """By hand, from what the page tells alone: the credit of each statement, their mean, the mark."""
    table = [(float(weight), float(own), float(credit)) for _, weight, own, credit, _ in rows("statement")]
    on, whole = (float(one) for one in re.findall(r"earns (0\.\d+) x \(0\.7 x (0\.\d+)", PROSE)[0])
    for _, own, credit in table:
        by_hand = on * (w.SHARED * whole + (1 - w.SHARED) * own) if own else 0.0
        assert credit == pytest.approx(by_hand, abs=0.002)
    mean = sum(weight * credit for weight, _, credit in table) / sum(weight for weight, _, _ in table)
    assert mean == pytest.approx(found.mark, abs=0.002)


def test_the_mark_of_the_example(task: Task) -> None:
    result = grade(task)
    assert result.flags == ()
    assert (
        f"**Mark** {result.mark}, {result.mark10} of 10, confidence {percent(result.confidence)}, band "
        f"{result.band.low} to {result.band.high}, called {result.band.name}. No floor, no flag." in PROSE
    )
