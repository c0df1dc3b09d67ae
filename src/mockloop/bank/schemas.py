"""What the bank shows: lists of questions and styles, and of one question only what a candidate may see."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from mockloop.bank.question import CodingQuestion, CompanyStyle, Difficulty, Structure
from mockloop.runner.contract import Language


class QuestionSummary(BaseModel):
    """One line of a list of questions."""

    id: str
    title: str
    difficulty: Difficulty
    topics: list[str]
    summary: str


class QuestionList(BaseModel):
    """Questions, easy ones first."""

    questions: list[QuestionSummary]


class CompanyStyleSummary(BaseModel):
    """One line of a list of company styles."""

    id: str
    title: str
    summary: str


class CompanyStyleList(BaseModel):
    """The company styles, the one that suits everybody first."""

    styles: list[CompanyStyleSummary]


class PublicParameter(BaseModel):
    """A parameter, and how its JSON form reads: a plain value, or a list or tree built from an array."""

    name: str
    structure: Structure


class PublicTest(BaseModel):
    """A test that the candidate sees: the arguments, and what should be returned."""

    args: list[Any]
    expected: Any = Field(description="for `comparison` any_of the list of all accepted answers")


class PublicQuestion(BaseModel):
    """What a candidate may see of a question. Hidden tests, solutions, facts and hints are no part."""

    id: str
    title: str
    difficulty: Difficulty
    topics: list[str]
    statement: str = Field(description="Markdown")
    entry_point: str
    entry_kind: Literal["function", "class"]
    parameters: list[PublicParameter]
    return_structure: Structure
    comparison: Literal["exact", "unordered", "float", "any_of"] = Field(description="how answers are compared")
    starter: dict[Language, str]
    visible_tests: list[PublicTest]


def question_summary(question: CodingQuestion) -> QuestionSummary:
    """The question as one line of a list."""
    return QuestionSummary(
        id=question.id,
        title=question.title,
        difficulty=question.difficulty,
        topics=list(question.topics),
        summary=question.summary,
    )


def public_question(question: CodingQuestion) -> PublicQuestion:
    """The question as the candidate sees it in the room."""
    return PublicQuestion(
        id=question.id,
        title=question.title,
        difficulty=question.difficulty,
        topics=list(question.topics),
        statement=question.statement,
        entry_point=question.entry_point,
        entry_kind=question.entry_kind,
        parameters=[PublicParameter(name=one.name, structure=one.structure) for one in question.parameters],
        return_structure=question.return_structure,
        comparison=question.comparison.kind,
        starter=dict(question.starter),
        visible_tests=[PublicTest(args=list(test.args), expected=test.expected) for test in question.visible_tests],
    )


def style_summary(style: CompanyStyle) -> CompanyStyleSummary:
    """The style as one line of a list."""
    return CompanyStyleSummary(id=style.id, title=style.title, summary=style.summary)
