"""What the judge is given and what it gives back: the shapes of `mockloop grade`, read from JSON and written to it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Kind = Literal["concept", "behavioural", "design", "approach", "about_yourself"]
Met = Literal["yes", "partly", "no"]
Text = Annotated[str, StringConstraints(max_length=20_000)]
ShortText = Annotated[str, StringConstraints(max_length=2_000)]
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=200)] | int

MOST_CRITERIA = 40
MOST_EXAMPLES = 50
MOST_FOLLOW_UPS = 10


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Given(_Shape):
    """What comes from outside; a field that is null counts as left out."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


class Criterion(_Given):
    """One thing that a full answer says. `any_of` are phrases any one of which shows it; `weight` is relative."""

    id: Identifier
    text: ShortText
    weight: float = Field(default=1.0, gt=0, le=100)
    any_of: tuple[Phrase, ...] = Field(default=(), max_length=60)


class Example(_Given):
    """An answer to the same question that a person marked, 0 to 100."""

    answer: Text
    mark: float = Field(ge=0, le=100)


class FollowUp(_Given):
    """What the interviewer asked next, and what the candidate added."""

    question: ShortText
    answer: Text


class Task(_Given):
    """An answer to mark.

    `needs`: so many of the criteria make a full answer ("name two of these"); without it all of them do.
    `wrong_claims`: common misconceptions; an answer that makes one loses marks. `objection`: an appeal, read beside it.
    """

    id: Identifier = "answer"
    question: Text
    answer: Text
    reference: Text | None = None
    criteria: tuple[Criterion, ...] = Field(default=(), max_length=MOST_CRITERIA)
    needs: int | None = Field(default=None, ge=1, le=MOST_CRITERIA)
    wrong_claims: tuple[ShortText, ...] = Field(default=(), max_length=MOST_CRITERIA)
    examples: tuple[Example, ...] = Field(default=(), max_length=MOST_EXAMPLES)
    follow_ups: tuple[FollowUp, ...] = Field(default=(), max_length=MOST_FOLLOW_UPS)
    kind: Kind | None = None
    objection: ShortText | None = None

    @model_validator(mode="after")
    def _ids_differ(self) -> "Task":
        ids = [criterion.id for criterion in self.criteria]
        if len(set(ids)) < len(ids):
            raise ValueError("two criteria have the same id")
        return self


class CriterionGrade(_Shape):
    """How far a criterion is met. `quotes` are verbatim; `spans` are their first and last characters in the answer."""

    id: str | int
    text: str
    met: Met
    credit: float
    weight: float
    quotes: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


class Remark(_Shape):
    """One sentence of feedback and what it rests on: a quote of the answer, or the id of a missing criterion."""

    text: str
    quote: str | None = None
    criterion: str | int | None = None


class Feedback(_Shape):
    """What is good, what is missing, and the one next step."""

    did_well: tuple[Remark, ...]
    improve: tuple[Remark, ...]
    next_step: str


class Band(_Shape):
    """The range in which a second marker's mark would probably lie, 0 to 100, and its name."""

    low: int
    high: int
    name: Literal["not an answer", "weak", "partial", "good", "strong"]


class FollowUpGrade(_Shape):
    """The mark of everything said up to this follow-up, and which criteria it added."""

    mark: float
    mark10: int
    added: tuple[str | int, ...]


class Grade(_Shape):
    """A mark, 0 to 100 and 1 to 10, and all it rests on. `confidence` is from 0 to 1; below 0.5 ask again."""

    id: str | int
    kind: Kind
    mark: float
    mark10: int
    confidence: float
    band: Band
    criteria: tuple[CriterionGrade, ...]
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    feedback: Feedback
    level: Literal["L4", "L5A", "L5B"] | None = None
    follow_ups: tuple[FollowUpGrade, ...] = ()
