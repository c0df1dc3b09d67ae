"""Each rule on paper: a sound question passes all of them; broken in one way, the rule says so and no other does."""

from collections.abc import Callable
from typing import Any

import pytest

from mockloop.bank.check import problems_on_paper
from mockloop.bank.content_rules import BANK_RULES, RULES
from mockloop.bank.loader import Bank, load_bank
from mockloop.bank.question import CodingQuestion, Comparison, TestCase

NAME = "pair-within-budget"

Break = Callable[[CodingQuestion], CodingQuestion]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def put(**fields: Any) -> Break:
    return lambda question: question.model_copy(update=fields)


def edit(field: str, old: str, new: str) -> Break:
    """Change a text."""

    def change(question: CodingQuestion) -> CodingQuestion:
        text = getattr(question, field)
        assert old in text
        return question.model_copy(update={field: text.replace(old, new)})

    return change


def at(field: str, position: int, **values: Any) -> Break:
    """Change one entry of a tuple of models."""

    def change(question: CodingQuestion) -> CodingQuestion:
        entries = list(getattr(question, field))
        entries[position] = entries[position].model_copy(update=values)
        return question.model_copy(update={field: tuple(entries)})

    return change


def only(field: str, keep: Callable[[Any], bool]) -> Break:
    return lambda question: question.model_copy(update={field: tuple(filter(keep, getattr(question, field)))})


def hint(position: int, text: str) -> Break:
    def change(question: CodingQuestion) -> CodingQuestion:
        hints = list(question.hints)
        hints[position] = text
        return question.model_copy(update={"hints": tuple(hints)})

    return change


def plan(**values: Any) -> Break:
    return lambda question: question.model_copy(update={"growth": question.growth.model_copy(update=values)})


def text_of(field: str, language: str, text: str) -> Break:
    return lambda question: question.model_copy(update={field: {**getattr(question, field), language: text}})


def marks(*values: int) -> Break:
    """The marks of the graded examples, in order."""

    def change(question: CodingQuestion) -> CodingQuestion:
        changed = [
            example.model_copy(update={"mark": mark}) for example, mark in zip(question.examples, values, strict=True)
        ]
        return question.model_copy(update={"examples": tuple(changed)})

    return change


def best(**values: Any) -> Break:
    def change(question: CodingQuestion) -> CodingQuestion:
        position = [approach.standing for approach in question.approaches].index("best")
        return at("approaches", position, **values)(question)

    return change


def more_tests(*cases: TestCase) -> Break:
    return lambda question: question.model_copy(update={"hidden_tests": (*question.hidden_tests, *cases)})


def case(args: list[Any], expected: Any, edge: str) -> TestCase:
    return TestCase(args=tuple(args), expected=expected, edge=edge, why="")


ASKS = ("Is it sorted?", "Can I rely on sorted prices?", "Are they in sorted order?")

BREAKAGES: list[tuple[str, str, Break]] = [
    ("statement", "no Constraints", edit("statement", "### Constraints", "### Limits")),
    ("statement", "no Constraints with a list", edit("statement", "\n- `0 <=", "\n`0 <=")),
    ("visible-tests", "visible[1] (ties-far-apart) is none", at("visible_tests", 1, args=([1, 3, 4, 6, 80], 9))),
    ("visible-tests", "visible[0] (typical) is none", at("visible_tests", 0, expected=[1, 3])),
    ("hidden-tests", "stand for 7 different edges", only("hidden_tests", lambda test: test.edge < "g")),
    ("hidden-tests", "'test-3' does not say", more_tests(case([[1, 2], 5], [0, 1], "test-3"))),
    ("hidden-tests", "2 tests have the same arguments", more_tests(case([[], 20], [], "empty"))),
    ("arguments", "hidden[2] (duplicates) has 1 arguments instead of 2", at("hidden_tests", 2, args=([3, 3],))),
    ("arguments", "must list the accepted answers", put(comparison=Comparison(kind="any_of"))),
    ("entry-point", "starter (python) does not define", text_of("starter", "python", "def pair(a, b): ...")),
    ("entry-point", "reference (typescript) does not define", text_of("references", "typescript", "let pair = 1")),
    ("entry-point", "longer than the runner accepts", at("planted", 4, source="x" * 65537)),
    ("planted", "no slow solution is planted", only("planted", lambda planted: planted.flaw == "wrong")),
    ("planted", "no wrong solution is planted", only("planted", lambda planted: planted.flaw == "slow")),
    ("planted", "caught by 'full-moon'", at("planted", 0, caught_by="full-moon")),
    ("planted", "caught by 'growth'", at("planted", 0, caught_by="growth")),
    ("hints", "hints[2] contains a line of the reference", hint(2, "Try:\n`while  left < right:` and see.")),
    ("hints", "hints[3] has no worked line", hint(3, "Move one of the two ends after each comparison.")),
    ("hints", "hints[0] already names the approach", hint(0, "Use two pointers that move towards each other.")),
    ("hints", "hints[1] and hints[2] say nearly the same", lambda q: hint(1, "First: " + q.hints[2])(q)),
    ("probes", "the edge 'full-moon', which no test", at("probes", 0, edge="full-moon")),
    ("probes", "no probe draws attention to the edge 'empty'", only("probes", lambda probe: probe.edge != "empty")),
    ("probes", "'empty' has more than one probe", lambda q: put(probes=(*q.probes, q.probes[0]))(q)),
    ("probes", "needs two wordings", at("probes", 0, nudges=("What about nothing?", "What  about Nothing?"))),
    ("probes", "gives the expected value [0, 3]", at("probes", 2, nudges=("Why not [0,3] here?", "And here?"))),
    ("probes", "gives the expected value []", at("probes", 0, nudges=("It should be [] for nothing.", "And here?"))),
    ("probes", "names the test", at("probes", 1, nudges=("Think of single-item.", "Think of one."))),
    ("facts", "needs four ways of asking", at("facts", 0, asks=ASKS)),
    ("facts", "no keyword of the fact 'sorted' stands in", at("facts", 0, asks=(*ASKS, "Cheap to dear?"))),
    ("facts", "two ways of asking are the same", at("facts", 0, asks=(*ASKS, "Sorted, really?", "Is it  sorted?"))),
    ("approaches", "no approach is called best", best(standing="acceptable")),
    ("approaches", "is quadratic, the growth target linear", best(growth="quadratic", time=("fast",))),
    ("approaches", "writes its time as O(n²)", best(time=("O(n²)",))),
    ("approaches", "does not say its time and space", best(space=())),
    ("follow-ups", "'unsorted' has not what it looks for", at("follow_ups", 1, good_answer="Let me think.")),
    ("rubric", "about quality", only("rubric", lambda criterion: criterion.dimension != "quality")),
    ("examples", "no graded example has a low mark", marks(31, 45, 74, 95)),
    ("examples", "no graded example has a middle mark", marks(12, 20, 74, 95)),
    ("examples", "no graded example has a high mark", marks(12, 45, 70, 74)),
    ("examples", "highest mark names no good approach", at("examples", 3, answer="I would think hard and find it.")),
    ("examples", "with 10 points names the best", lambda q: at("examples", 0, mark=10, answer=q.examples[3].answer)(q)),
    ("references", "'no-such' is unknown", put(related=("no-such",))),
    ("references", f"'{NAME}' is itself", put(related=(NAME,))),
    ("references", "company style 'acme' is unknown", put(companies=("google", "acme"))),
    ("ids", "facts: the id 'sorted' is there twice", at("facts", 1, id="sorted")),
    ("ids", "rubric: the id", at("rubric", 1, id="reads-well")),
    ("ids", "planted: the name", at("planted", 1, name="accepts only an exact sum")),
    ("growth-plan", "must increase", plan(sizes=(10, 40, 30, 100))),
    ("growth-plan", "eight times the smallest", plan(sizes=(10, 20, 30, 40))),
    ("growth-plan", "cannot be followed for n = 1000: parameter 1: kind 'dice'", plan(recipe=({"kind": "dice"},) * 2)),
    ("growth-plan", "makes 1 arguments instead of 2", plan(recipe=({"kind": "int", "value": "n"},))),
]  # fmt: skip


def test_every_rule_is_broken_below() -> None:
    assert {rule for rule, _, _ in BREAKAGES} == set(RULES)


def test_every_question_of_the_bank_is_sound_on_paper(bank: Bank) -> None:
    problems = [problem for question in bank.questions() for problem in problems_on_paper(question, bank)]
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize(("rule", "text", "damage"), BREAKAGES, ids=[f"{rule}: {text}" for rule, text, _ in BREAKAGES])
def test_a_broken_question_is_named(bank: Bank, rule: str, text: str, damage: Break) -> None:
    question = bank.question(NAME)
    problems = problems_on_paper(damage(question), bank)
    assert text in "\n".join(problem.text for problem in problems if problem.rule == rule)
    assert problems_on_paper(question, bank) == []


def test_a_class_has_two_arguments_of_one_length(bank: Bank) -> None:
    question = bank.question("recent-places-cache")
    [operations, arguments] = question.hidden_tests[0].args
    short = question.hidden_tests[0].model_copy(update={"args": (operations, arguments[:-1])})
    broken = question.model_copy(update={"hidden_tests": (short, *question.hidden_tests[1:])})
    problems = problems_on_paper(broken, bank)
    assert [problem.rule for problem in problems] == ["arguments"]


def test_a_sentence_of_another_question_is_found(bank: Bank) -> None:
    [texts_are_own] = BANK_RULES.values()
    assert list(texts_are_own(bank)) == []
    question = bank.question(NAME)
    stolen = bank.question("first-repeat-visitor").facts[0].answer
    copied = at("facts", 0, answer=f"Yes. {stolen}")(question)
    others = [other for other in bank.questions() if other.id != NAME]
    found = list(texts_are_own(Bank([*others, copied], bank.styles)))
    assert {owner for owner, _ in found} < {NAME, "first-repeat-visitor"}
    assert any("whoever passes a second time earliest" in text for _, text in found)
    same_title = put(title=others[0].title)(question)
    [(_, text)] = texts_are_own(Bank([*others, same_title], bank.styles))
    assert "has the title of" in text
