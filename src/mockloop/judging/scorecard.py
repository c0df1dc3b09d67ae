"""The judged session, as stored and as sent to the browser. Marks are 0-100 here; screens show them as 0-10."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from mockloop.bank.question import GrowthClass

Outcome = Literal["Strong Hire", "Hire", "No Hire"]
Readiness = Literal["Ready", "Almost Ready", "Needs Practice"]
DimensionId = Literal["correctness", "efficiency", "quality", "process", "communication"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Part):
    """What a sentence rests on. `quote` stands word for word in the event `seq`, or `seq` alone shows the moment."""

    kind: Literal["said", "code", "run", "time", "absent"]
    seq: int | None = Field(None, description="the event it points to; None only for something that never happened")
    quote: str = ""
    start: int | None = Field(None, description="where the quote begins in a message, in characters, if that is known")
    end: int | None = None


class Remark(_Part):
    text: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Band(_Part):
    """Where a second reader's mark would probably lie, 0 to 100, and the name of that range."""

    low: int
    high: int
    name: str


class CriterionMark(_Part):
    """One line of the rubric: met, partly or not, the points that gives, and why.

    `band` and `confidence` (0-1) come with marks for free answers, which two people would not mark alike either.
    """

    id: str
    text: str
    met: Literal["yes", "partly", "no", "not_assessed"]
    points: float = Field(ge=0)
    out_of: float = Field(gt=0)
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    band: Band | None = None
    confidence: float | None = None


class Dimension(_Part):
    """`weight` is its share of the overall mark in percent; 0 for those shown beside it."""

    id: DimensionId
    title: str
    mark: float = Field(ge=0, le=100)
    weight: int = Field(0, ge=0, le=100)
    explanation: str
    criteria: tuple[CriterionMark, ...]


class EdgeResult(_Part):
    """One edge case of the tests; `evidence` is the code that was tested."""

    edge: str
    passed: bool
    why: str
    evidence: tuple[Evidence, ...] = ()


class Complexity(_Part):
    """Running time: what was claimed, what was measured on growing inputs, what the best known approach reaches."""

    stated: str | None = None
    stated_seq: int | None = None
    measured: GrowthClass | None = None
    measured_seq: int | None = Field(None, description="the version of the code that was timed")
    target: GrowthClass
    timings: tuple[tuple[int, float], ...] = Field((), description="(input size, seconds) pairs")


class TimedNote(_Part):
    """A remark tied to a moment of the session."""

    seq: int
    at_s: float = Field(description="seconds since the start")
    text: str
    tone: Literal["good", "bad", "neutral"]


class ShownBy(_Part):
    """A session that shows a weakness: what the criterion earned there."""

    session_id: UUID
    title: str
    at: datetime
    points: float
    out_of: float


class Recommendation(_Part):
    """`evidence`: what in this session it rests on; `sessions`: which ones show it. `practise` is of older judges."""

    kind: Literal["redo", "related", "practise", "weakest"]
    text: str
    question_id: str | None = None
    in_days: int | None = None
    criterion: str | None = None
    evidence: tuple[Evidence, ...] = ()
    sessions: tuple[ShownBy, ...] = ()


class Scorecard(_Part):
    """What the session was worth, and why. `overall` is the weighted mean of the dimensions, 0-100."""

    version: int = 1
    judge: str = "built-in"
    overall: float = Field(ge=0, le=100)
    outcome: Outcome
    outcome_reason: str
    outcome_evidence: tuple[Evidence, ...] = ()
    readiness: Readiness | None = Field(None, description="none on scorecards of older judges")
    readiness_reason: str = ""
    readiness_evidence: tuple[Evidence, ...] = ()
    dimensions: tuple[Dimension, ...]
    did_well: tuple[Remark, ...]
    improve: tuple[Remark, ...]
    notes: tuple[TimedNote, ...]
    recommendations: tuple[Recommendation, ...]
    edges: tuple[EdgeResult, ...]
    tests_passed: int
    tests_total: int
    complexity: Complexity
    hints_used: int
    minutes_used: float
    caveats: tuple[Remark, ...] = Field((), description="what could not be judged, and why, in plain words")

    @field_validator("caveats", mode="before")
    @classmethod
    def _caveats_of_older_judges(cls, caveats: object) -> object:
        """Those were sentences without evidence."""
        if not isinstance(caveats, list | tuple):
            return caveats
        absent = {"kind": "absent", "seq": None}
        return [{"text": one, "evidence": [absent]} if isinstance(one, str) else one for one in caveats]
