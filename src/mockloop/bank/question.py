"""What a coding question is: every folder of `bank/content/coding/`, as `bank.loader` reads it.

Candidate-facing texts are Markdown. Nothing here is code that the server runs: solutions are data.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mockloop.runner.contract import Language

Difficulty = Literal["easy", "medium", "hard"]

GrowthClass = Literal["constant", "logarithmic", "linear", "linearithmic", "quadratic", "cubic", "exponential"]
"""How running time grows with the size of the input; what timing can tell apart."""

Structure = Literal["plain", "list_node", "tree_node"]

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(_Frozen):
    """One parameter of the function, as the statement names it."""

    name: str
    structure: Structure = "plain"


class TestCase(_Frozen):
    """One call and what it should return. `edge` names the case it stands for, e.g. `empty`, `duplicates`."""

    __test__ = False  # not a test class, whatever pytest thinks of the name

    args: tuple[Any, ...]
    expected: Any
    edge: Slug
    why: str = Field("", description="what the case guards against, for a reviewer; never shown live")


class Comparison(_Frozen):
    """How a returned value is compared with the expected one (see `runner.verdicts`)."""

    kind: Literal["exact", "unordered", "float", "any_of"] = "exact"
    tolerance: float = 1e-9


class Fact(_Frozen):
    """An answer the interviewer may give to a clarifying question."""

    id: Slug
    asks: tuple[str, ...] = Field(description="four or more ways a candidate may ask, in plain words")
    keywords: tuple[str, ...] = Field(description="words of which at least one stands in such a question")
    answer: str


class Approach(_Frozen):
    """A known way to solve the question. Whoever uses one phrase of each group of `says` has named it."""

    id: Slug
    title: str
    standing: Literal["best", "acceptable", "brute_force", "wrong"]
    says: tuple[tuple[str, ...], ...]
    time: tuple[str, ...] = Field(description="accepted ways to write the running time, the usual one first")
    space: tuple[str, ...]
    growth: GrowthClass
    remark: str = Field(description="what to weigh about it, for the scorecard; no praise")


class Probe(_Frozen):
    """How to draw attention to an edge case without naming the test or giving the fix."""

    edge: Slug
    nudges: tuple[str, ...] = Field(description="two or more wordings")


class FollowUp(_Frozen):
    """A question for after the solution works. `looks_for` groups phrases like `Approach.says`."""

    id: Slug
    ask: str
    looks_for: tuple[tuple[str, ...], ...]
    good_answer: str


class Criterion(_Frozen):
    """One line of the rubric. `says` groups phrases that count as evidence, as in `Approach.says`."""

    id: Slug
    dimension: Literal["problem_solving", "correctness", "quality", "communication"]
    text: str
    weight: int = Field(ge=1, le=5)
    says: tuple[tuple[str, ...], ...] = ()


class ExampleAnswer(_Frozen):
    """A graded answer to "explain your approach", for calibrating the judge."""

    answer: str
    mark: int = Field(ge=0, le=100)
    because: str


class PlantedSolution(_Frozen):
    """A solution that must fail: `wrong` ones on the edge case named, `slow` ones on time."""

    name: str
    language: Language
    source: str
    flaw: Literal["wrong", "slow"]
    caught_by: Slug = Field(
        description="edge of a hidden test that catches it; a slow one may say `growth`: the growth measurement does"
    )


class GrowthPlan(_Frozen):
    """Inputs of growing size, as a recipe (see `bank.growth`), for measuring how running time grows."""

    recipe: tuple[dict[str, Any], ...] = Field(description="one generator per parameter")
    sizes: tuple[int, ...] = Field(min_length=4, max_length=8)
    target: GrowthClass = Field(description="what the best known approach reaches")


class CodingQuestion(_Frozen):
    """Everything known about one coding question."""

    id: Slug
    title: str
    difficulty: Difficulty
    topics: tuple[Slug, ...] = Field(min_length=1)
    tags: tuple[Slug, ...] = ()
    companies: tuple[Slug, ...] = Field((), description="company styles it suits; empty = all")
    summary: str = Field(max_length=160, description="one line for lists")
    statement: str = Field(description="Markdown: task, two or more examples, constraints")
    entry_point: str
    entry_kind: Literal["function", "class"] = "function"
    parameters: tuple[Parameter, ...]
    return_structure: Structure = "plain"
    comparison: Comparison = Comparison()
    starter: dict[Language, str]
    references: dict[Language, str]
    planted: tuple[PlantedSolution, ...]
    visible_tests: tuple[TestCase, ...] = Field(min_length=2, max_length=5)
    hidden_tests: tuple[TestCase, ...] = Field(min_length=8, max_length=40)
    growth: GrowthPlan
    facts: tuple[Fact, ...] = Field(min_length=4)
    approaches: tuple[Approach, ...] = Field(min_length=2)
    hints: tuple[str, str, str, str] = Field(description="orientation, approach, concrete step, worked line")
    probes: tuple[Probe, ...] = Field(min_length=3)
    follow_ups: tuple[FollowUp, ...] = Field(min_length=2)
    rubric: tuple[Criterion, ...] = Field(min_length=5)
    examples: tuple[ExampleAnswer, ...] = Field(min_length=3)
    related: tuple[Slug, ...] = Field(min_length=1)


class CompanyStyle(_Frozen):
    """How a company's interviewers tend to behave. Shapes the built-in interviewer's order and emphasis."""

    id: Slug
    title: str
    summary: str
    opening: tuple[str, ...] = Field(description="greetings in this style, without the candidate's name")
    emphasis: tuple[Literal["edge_cases", "complexity", "communication", "testing", "quality"], ...]
    patience: Literal["low", "normal", "high"] = "normal"
