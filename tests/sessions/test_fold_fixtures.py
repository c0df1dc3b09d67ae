"""The logs on which both folds must agree. The frontend's tests read the same files.

After a change of the fold: `WRITE_FIXTURES=1 pytest tests/sessions/test_fold_fixtures.py`, then look at the difference.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from mockloop.sessions import events as e
from mockloop.sessions.schedule import entered, laid_out, resized
from mockloop.sessions.state import fold
from tests.sessions.test_fold import EVENTS, FORMAT, RUN, START, created, log_of, started

FOLDER = Path(__file__).parents[2] / "web" / "src" / "features" / "room" / "fixtures"
ENTRIES: TypeAdapter[list[e.Entry]] = TypeAdapter(list[e.Entry])

SCHEDULE = laid_out(FORMAT.segments, START)

AFTERNOON: list[e.Event] = [
    created(),
    started(),
    e.InterviewerSaid(text="Good morning.", move="greet", answers_seq=2),
    e.CandidateSaid(text="Can the list be empty?"),
    e.InterviewerSaid(text="It may be.", move="answer", about="fact:empty", answers_seq=4),
    e.SegmentResized(segment_id="understand", schedule=resized(SCHEDULE, "understand", SCHEDULE[1].ends_at, START)),
    e.SegmentEntered(segment_id="plan", by="candidate", schedule=entered(SCHEDULE, "plan", START)),
    e.FileEdited(file="notes", text="two pointers?", base_seq=0),
    e.FileEdited(file="solution", language="typescript", text="export {};\n", base_seq=0),
    e.LanguageChosen(language="javascript"),
    e.FileEdited(file="solution", text="// ünïcödé 🙂\n", base_seq=0),
    e.CodeRunAsked(run_id=RUN, kind="tests", language="javascript", source="// ünïcödé 🙂\n"),
    e.HiddenTestsRan(run_id=RUN, failed_edges=("empty",), passed_edges=("typical",)),
    e.CodeRan(
        run_id=RUN,
        kind="tests",
        outcome="ok",
        wall_s=0.0421,
        tests=(e.TestRun(index=0, outcome="passed", wall_s=0.01, arguments="[[1,2],3]", expected="[0,1]"),),
        hidden_passed=8,
        hidden_total=9,
    ),
    e.InterviewerPassed(reason="typing", answers_seq=14),
    e.HintAsked(),
    e.InterviewerSaid(text="Think of both ends.", move="hint", hint_level=1, answers_seq=16),
    e.SegmentEntered(segment_id="code", by="interviewer", schedule=entered(SCHEDULE, "code", START)),
    e.CandidateWentQuiet(quiet_s=150),
    e.SegmentEnding(segment_id="code", ends_at=SCHEDULE[2].ends_at),
    e.SessionCompleted(),
    e.SessionJudged(overall=71.25, outcome="Hire"),
]

LOGS: dict[str, list[e.Event]] = {
    "afternoon": AFTERNOON,
    "everything": [created(), started(), *EVENTS],
    "not-started": [created()],
}


def stored(events: Sequence[e.Event]) -> dict[str, Any]:
    """The entries as the candidate sees them, and the state they fold to, as JSON."""
    entries = [e.for_candidate(entry, ended=False) for entry in log_of(*events, every_s=7.25)]
    return {
        "entries": ENTRIES.dump_python(entries, mode="json"),
        "state": fold(entries).model_dump(mode="json"),
    }


@pytest.mark.parametrize("name", LOGS)
def test_the_stored_state_is_what_the_fold_gives(name: str) -> None:
    path = FOLDER / f"{name}.json"
    made = stored(LOGS[name])
    if os.environ.get("WRITE_FIXTURES"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert json.loads(path.read_text("utf-8")) == made


def test_no_fixture_is_left_behind() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(LOGS)
