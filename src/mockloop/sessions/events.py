"""The closed list of what can happen in a session. The log is a list of these; state is `sessions.state.fold` over it.

A new event is one class here, one case in `sessions.state`, and one case in `web/src/features/room/fold.ts`.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from mockloop.bank.question import Difficulty
from mockloop.runner.contract import Language, RunOutcome, VerdictOutcome
from mockloop.sessions.formats import Segment

MESSAGE_LIMIT_BYTES = 8 * 1024
CODE_LIMIT_BYTES = 64 * 1024
DRAWING_LIMIT_BYTES = 512 * 1024

FileName = Literal["solution", "notes"]
RunKind = Literal["script", "tests"]

Move = Literal[
    "greet",
    "present",
    "answer",
    "ask_approach",
    "ask_complexity",
    "challenge",
    "probe",
    "nudge",
    "acknowledge",
    "hint",
    "repeat",
    "redirect",
    "check_in",
    "notice",
    "move_on",
    "follow_up",
    "wrap_up",
]
"""What the interviewer does with a turn. `docs/interviewer.md` has the table of when."""


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Slot(BaseModel):
    """When a segment runs. The slots of a session follow each other without gaps, up to its deadline."""

    model_config = ConfigDict(frozen=True)

    segment_id: str
    starts_at: datetime
    ends_at: datetime


class SessionCreated(_Event):
    """A session was set up; nothing is timed yet."""

    type: Literal["SessionCreated"] = "SessionCreated"
    format_id: str
    session_type: str
    title: str
    question_id: str
    company_style: str
    difficulty: Difficulty
    language: Language
    segments: tuple[Segment, ...]


class SessionStarted(_Event):
    """The clock runs."""

    type: Literal["SessionStarted"] = "SessionStarted"
    schedule: tuple[Slot, ...]
    deadline_at: datetime


class SegmentEntered(_Event):
    """The session moved to another segment; `schedule` is the whole new plan."""

    type: Literal["SegmentEntered"] = "SegmentEntered"
    segment_id: str
    by: Literal["timer", "candidate", "interviewer"]
    schedule: tuple[Slot, ...]


class SegmentEnding(_Event):
    """The present segment ends soon."""

    type: Literal["SegmentEnding"] = "SegmentEnding"
    segment_id: str
    ends_at: datetime


class SegmentResized(_Event):
    """The present segment was made longer or shorter, within the session's limit."""

    type: Literal["SegmentResized"] = "SegmentResized"
    segment_id: str
    schedule: tuple[Slot, ...]


class CandidateSaid(_Event):
    type: Literal["CandidateSaid"] = "CandidateSaid"
    text: str


class HintAsked(_Event):
    type: Literal["HintAsked"] = "HintAsked"


class RepeatAsked(_Event):
    type: Literal["RepeatAsked"] = "RepeatAsked"


class RetryAsked(_Event):
    """The candidate wants the interviewer's last words from a model, for which the built-in interviewer stood in."""

    type: Literal["RetryAsked"] = "RetryAsked"
    message_seq: int


class CandidateWentQuiet(_Event):
    """Nothing came from the candidate for a while."""

    type: Literal["CandidateWentQuiet"] = "CandidateWentQuiet"
    quiet_s: int


class FileEdited(_Event):
    """The whole new text of a file. `base_seq` is the edit that it was made on top of (0: the starter code)."""

    type: Literal["FileEdited"] = "FileEdited"
    file: FileName
    language: Language | None = Field(None, description="for the solution; notes have none")
    text: str
    base_seq: int


class LanguageChosen(_Event):
    type: Literal["LanguageChosen"] = "LanguageChosen"
    language: Language


class DrawingSaved(_Event):
    """The whole canvas, as Excalidraw's JSON text."""

    type: Literal["DrawingSaved"] = "DrawingSaved"
    drawing: str


class CodeRunAsked(_Event):
    type: Literal["CodeRunAsked"] = "CodeRunAsked"
    run_id: UUID
    kind: RunKind
    language: Language
    source: str
    stdin: str = ""


class TestRun(BaseModel):
    """One visible test of a run, as the candidate sees it."""

    __test__ = False
    model_config = ConfigDict(frozen=True)

    index: int
    outcome: VerdictOutcome
    wall_s: float
    arguments: str = Field("", description="as JSON text, shortened")
    expected: str = ""
    actual: str = ""
    message: str = ""


class CodeRan(_Event):
    """What became of a run."""

    type: Literal["CodeRan"] = "CodeRan"
    run_id: UUID
    kind: RunKind
    outcome: RunOutcome
    stdout: str = ""
    stderr: str = ""
    message: str = ""
    line: int | None = None
    exit_code: int | None = None
    signal: int | None = None
    wall_s: float = 0.0
    cpu_s: float = 0.0
    memory_mb: float = 0.0
    truncated: bool = False
    tests: tuple[TestRun, ...] = ()
    hidden_passed: int = 0
    hidden_total: int = 0


class HiddenTestsRan(_Event):
    """Which edge cases a run missed. The interviewer reads it; the candidate only after the end."""

    type: Literal["HiddenTestsRan"] = "HiddenTestsRan"
    run_id: UUID
    failed_edges: tuple[str, ...]
    passed_edges: tuple[str, ...]


class RunLost(_Event):
    """A run that was asked for has no result, through our fault."""

    type: Literal["RunLost"] = "RunLost"
    run_id: UUID
    reason: str


class InterviewerSaid(_Event):
    """One turn of the interviewer. `answers_seq` is the last event it takes into account."""

    type: Literal["InterviewerSaid"] = "InterviewerSaid"
    text: str
    move: Move
    about: str = Field("", description="what it was about, e.g. `fact:empty-input`; keeps it from repeating itself")
    reason: str = Field("", description="why this move; shown in the review, withheld while the session runs")
    hint_level: int | None = None
    answers_seq: int
    source: str = Field(
        "built-in",
        description="who spoke: `built-in`, `model:` and a provider's name, or `built-in:` and the fault for which it "
        "stood in for a model",
    )
    instead_of: int | None = Field(None, description="seq of the words that these replace, after a `RetryAsked`")


class InterviewerPassed(_Event):
    """The interviewer chose to stay silent. `answers_seq` as in `InterviewerSaid`."""

    type: Literal["InterviewerPassed"] = "InterviewerPassed"
    reason: str = ""
    answers_seq: int


COUNTED: frozenset[Move] = frozenset({"hint", "follow_up"})
"""Turns that marks rest on. They stand as they were said: nobody can ask for them again."""


def stood_in(source: str) -> bool:
    """Whether the built-in interviewer spoke because no model did."""
    return source.startswith("built-in:")


class SessionCompleted(_Event):
    """The candidate ended it."""

    type: Literal["SessionCompleted"] = "SessionCompleted"


class SessionExpired(_Event):
    """The time was up."""

    type: Literal["SessionExpired"] = "SessionExpired"


class SessionJudged(_Event):
    """The scorecard stands. The one event that comes after the end."""

    type: Literal["SessionJudged"] = "SessionJudged"
    overall: float = Field(description="0 to 100")
    outcome: str


class Withheld(_Event):
    """Stands for an event that the candidate may not see yet, so that the numbering has no holes."""

    type: Literal["Withheld"] = "Withheld"


Event = Annotated[
    SessionCreated
    | SessionStarted
    | SegmentEntered
    | SegmentEnding
    | SegmentResized
    | CandidateSaid
    | HintAsked
    | RepeatAsked
    | RetryAsked
    | CandidateWentQuiet
    | FileEdited
    | LanguageChosen
    | DrawingSaved
    | CodeRunAsked
    | CodeRan
    | HiddenTestsRan
    | RunLost
    | InterviewerSaid
    | InterviewerPassed
    | SessionCompleted
    | SessionExpired
    | SessionJudged
    | Withheld,
    Field(discriminator="type"),
]


class Entry(BaseModel):
    """An event in its place in the log. `client_id` is the id under which a client asked for it, if one did."""

    model_config = ConfigDict(frozen=True)

    seq: int
    at: datetime
    client_id: UUID | None = None
    event: Event


def for_candidate(entry: Entry, *, ended: bool) -> Entry:
    """What the candidate may see of an entry: everything after the end, no hidden results and reasons before.

    What a turn was about is withheld too: it can name the edge case of a hidden test.
    """
    if ended:
        return entry
    match entry.event:
        case HiddenTestsRan():
            return entry.model_copy(update={"event": Withheld()})
        case InterviewerSaid():
            return entry.model_copy(update={"event": entry.event.model_copy(update={"reason": "", "about": ""})})
        case InterviewerPassed():
            return entry.model_copy(update={"event": entry.event.model_copy(update={"reason": ""})})
        case _:
            return entry
