"""What the log says of one coding session, arranged for judging. Pure; reads entries, decides nothing.

The judge looks at the candidate's words, code and runs. What the interviewer said counts only as the moment of a hint
or of an answer, never as a reason for a mark.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from mockloop.bank.question import CodingQuestion
from mockloop.runner.contract import Language
from mockloop.sessions import events as e
from mockloop.sessions.events import Entry

_COMMENT = {
    "python": re.compile(r"#.*|(?s:\"\"\".*?\"\"\"|'''.*?''')"),
    "javascript": re.compile(r"//.*|(?s:/\*.*?\*/)"),
    "typescript": re.compile(r"//.*|(?s:/\*.*?\*/)"),
}


@dataclass(frozen=True)
class Message:
    seq: int
    at: datetime
    text: str


@dataclass(frozen=True)
class Version:
    """The solution as it stood after one edit, or as it was sent to a run."""

    seq: int
    at: datetime
    language: Language
    text: str


@dataclass(frozen=True)
class Run:
    """A run with its result; `better` and `worse` than another by how many visible tests passed."""

    asked_seq: int
    asked_at: datetime
    kind: e.RunKind
    language: Language
    source: str
    stdin: str
    seq: int
    at: datetime
    result: e.CodeRan

    @property
    def passed(self) -> int:
        return sum(test.outcome == "passed" for test in self.result.tests) + self.result.hidden_passed

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong: for tests all passed, for a script an ordinary end."""
        if self.kind == "script":
            return self.result.outcome == "ok"
        failed = any(test.outcome != "passed" for test in self.result.tests)
        hidden_failed = self.result.hidden_passed < self.result.hidden_total
        return self.result.outcome == "ok" and bool(self.result.tests) and not failed and not hidden_failed


@dataclass(frozen=True)
class Record:
    """One session, as far as marks go. Times are the server's."""

    question: CodingQuestion
    entries: tuple[Entry, ...]
    started_at: datetime
    ended_at: datetime
    deadline_at: datetime | None
    language: Language
    said: tuple[Message, ...]
    versions: tuple[Version, ...]
    runs: tuple[Run, ...]
    runs_lost: int
    hints: tuple[Entry, ...]
    answered_facts: dict[int, str] = field(default_factory=dict)
    """`seq` of the interviewer's answer to a clarifying question -> id of the fact."""

    @cached_property
    def format(self) -> tuple[str, str]:
        """The format's id and type; empty for a log that does not begin with its setup."""
        setup = next((x.event for x in self.entries if isinstance(x.event, e.SessionCreated)), None)
        return (setup.format_id, setup.session_type) if setup else ("", "")

    @property
    def length_s(self) -> float:
        return max(0.0, (self.ended_at - self.started_at).total_seconds())

    def seconds(self, at: datetime) -> float:
        """Seconds since the start, never negative."""
        return max(0.0, (at - self.started_at).total_seconds())

    @cached_property
    def by_seq(self) -> dict[int, Entry]:
        return {entry.seq: entry for entry in self.entries}

    @cached_property
    def final(self) -> Version | None:
        """The code that is judged: the last substantive version in the chosen language, else in any; else None."""
        last: dict[Language, Version] = {version.language: version for version in self.versions}
        substantive = [version for version in last.values() if self.is_substantive(version)]
        chosen = [version for version in substantive if version.language == self.language]
        return max(chosen or substantive, key=lambda version: version.seq, default=None)

    @cached_property
    def first_code(self) -> Version | None:
        """The first version that is more than the starter code."""
        return next((version for version in self.versions if self.is_substantive(version)), None)

    def is_substantive(self, version: Version) -> bool:
        """Whether a version holds more than the starter code, comments and white space aside."""
        text = bare(version.text, version.language)
        return text not in ("", bare(self.question.starter.get(version.language, ""), version.language))

    def before_code(self, seq: int) -> bool:
        """Whether a moment lies before the first substantive code."""
        return self.first_code is None or seq < self.first_code.seq


def bare(source: str, language: Language) -> str:
    """The source without comments, white space and `pass`: what is left is what it does."""
    text = re.sub(r"\s+", "", _COMMENT[language].sub("", source))
    return re.sub(r"pass;?$", "", text) if language == "python" else text


def record_of(entries: Sequence[Entry], question: CodingQuestion) -> Record:
    """Arrange the log of a session. Works for any log, also one without a start or an end."""
    setup = next((entry.event for entry in entries if isinstance(entry.event, e.SessionCreated)), None)
    language: Language = setup.language if setup else "python"
    said: list[Message] = []
    versions: list[Version] = []
    asked: dict[object, Entry] = {}
    runs: list[Run] = []
    answered: dict[int, str] = {}
    for entry in entries:
        match entry.event:
            case e.LanguageChosen() as event:
                language = event.language
            case e.CandidateSaid() as event:
                said.append(Message(entry.seq, entry.at, event.text))
            case e.FileEdited(file="solution") as event:
                versions.append(Version(entry.seq, entry.at, event.language or language, event.text))
            case e.CodeRunAsked() as event:
                asked[event.run_id] = entry
                versions = _with_run_source(versions, entry, event)
            case e.CodeRan() as event if event.run_id in asked:
                runs.append(_run(asked.pop(event.run_id), entry, event))
            case e.InterviewerSaid(move="answer") as event if event.about.startswith("fact:"):
                answered[entry.seq] = event.about.removeprefix("fact:")
            case _:
                pass
    return Record(
        question=question,
        entries=tuple(entries),
        started_at=_moment(entries, e.SessionStarted, first=True),
        ended_at=_moment(entries, (e.SessionCompleted, e.SessionExpired), first=False),
        deadline_at=next((x.event.deadline_at for x in entries if isinstance(x.event, e.SessionStarted)), None),
        language=language,
        said=tuple(said),
        versions=tuple(versions),
        runs=tuple(runs),
        runs_lost=sum(isinstance(entry.event, e.RunLost) for entry in entries),
        hints=tuple(x for x in entries if isinstance(x.event, e.InterviewerSaid) and x.event.move == "hint"),
        answered_facts=answered,
    )


def _with_run_source(versions: list[Version], entry: Entry, event: e.CodeRunAsked) -> list[Version]:
    """A run carries its source; a client that runs before it saves must not lose that version.

    Only a run of the tests is a version of the solution: a script may be any scratch program.
    """
    if event.kind != "tests":
        return versions
    last = next((v for v in reversed(versions) if v.language == event.language), None)
    if last is not None and last.text == event.source:
        return versions
    return [*versions, Version(entry.seq, entry.at, event.language, event.source)]


def _run(asked: Entry, answer: Entry, result: e.CodeRan) -> Run:
    event = asked.event
    assert isinstance(event, e.CodeRunAsked)
    return Run(
        asked_seq=asked.seq,
        asked_at=asked.at,
        kind=event.kind,
        language=event.language,
        source=event.source,
        stdin=event.stdin,
        seq=answer.seq,
        at=answer.at,
        result=result,
    )


def _moment(entries: Sequence[Entry], kinds: type[e._Event] | tuple[type[e._Event], ...], *, first: bool) -> datetime:
    """When the first event of these kinds came; without one, the log's first or last moment."""
    found = next((entry.at for entry in entries if isinstance(entry.event, kinds)), None)
    if found is None:
        found = entries[0 if first else -1].at
    return found
