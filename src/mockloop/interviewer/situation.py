"""What a turn has to go on: the unanswered events, what is known so far, what was asked already. Read by `policy`."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from mockloop.bank.question import Approach, Probe
from mockloop.interviewer.acts import ActKind, Reading
from mockloop.interviewer.code_shape import loop_depth
from mockloop.interviewer.complexity import Claim, Verdict, verdict, verdict_among
from mockloop.interviewer.port import View
from mockloop.interviewer.reading import QuestionReader, approach_of
from mockloop.interviewer.run_report import Trouble, trouble_of
from mockloop.language import growth_of
from mockloop.sessions import events as e
from mockloop.sessions.formats import Segment, Stage
from mockloop.sessions.state import Message

ALMOST_OVER_S = 75
"""When the session is about to end: time for a closing word, not for a new question."""

SHORT_S = 45
"""When a segment is about to end: what is missing is left, and one moves on."""


@dataclass(frozen=True)
class Plan:
    """What the candidate told of a solution. `approach` is None when none of the known ones was named.

    `since` is the message with which the present approach came up.
    """

    told: bool = False
    approach: Approach | None = None
    since: int = 0


@dataclass(frozen=True)
class Temper:
    """A style's patience in numbers: probes for a vague plan, review questions, repeats until a hint is offered."""

    probes: int
    review_questions: int
    follow_ups: int
    offers_hint_after: int


TEMPERS = {
    "low": Temper(probes=1, review_questions=2, follow_ups=2, offers_hint_after=2),
    "normal": Temper(probes=2, review_questions=3, follow_ups=2, offers_hint_after=3),
    "high": Temper(probes=3, review_questions=3, follow_ups=1, offers_hint_after=4),
}


class Situation:
    """One turn's view of a session. Everything is worked out when first asked for, and never changes."""

    def __init__(self, view: View, reader: QuestionReader) -> None:
        self.view = view
        self.state = view.state
        self.question = view.question
        self.style = view.style
        self.reader = reader
        self.temper = TEMPERS[view.style.patience]

    # What happened since the last turn

    @cached_property
    def new(self) -> tuple[e.Entry, ...]:
        answered = self.state.answered_seq
        fresh: list[e.Entry] = []
        for entry in reversed(self.view.entries):
            if entry.seq <= answered:
                break
            fresh.append(entry)
        return tuple(reversed(fresh))

    @cached_property
    def started(self) -> bool:
        return any(isinstance(entry.event, e.SessionStarted) for entry in self.new)

    @cached_property
    def entered(self) -> e.SegmentEntered | None:
        found = [entry.event for entry in self.new if isinstance(entry.event, e.SegmentEntered)]
        return found[-1] if found and found[-1].by != "interviewer" else None

    @cached_property
    def ending(self) -> bool:
        return any(
            isinstance(entry.event, e.SegmentEnding) and entry.event.segment_id == self.state.segment_id
            for entry in self.new
        )

    @cached_property
    def went_quiet(self) -> bool:
        """Silence that nothing has broken since."""
        return (
            bool(self.new)
            and any(isinstance(entry.event, e.CandidateWentQuiet) for entry in self.new)
            and (self.state.quiet_notices > 0)
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(entry.event.text for entry in self.new if isinstance(entry.event, e.CandidateSaid))

    @cached_property
    def reading(self) -> Reading:
        """All that the unanswered messages do together."""
        readings = [self.reader.read(text) for text in self.texts]
        if len(readings) == 1:
            return readings[0]
        return Reading(
            acts=tuple(dict.fromkeys(act for reading in readings for act in reading.acts)),
            claims=tuple(claim for reading in readings for claim in reading.claims),
            approaches=tuple(seen for reading in readings for seen in reading.approaches),
            words=sum(reading.words for reading in readings),
        )

    def does(self, *kinds: ActKind) -> bool:
        """Whether the unanswered messages do one of these."""
        return self.reading.does(*kinds)

    @cached_property
    def hint_asked(self) -> bool:
        return any(isinstance(entry.event, e.HintAsked) for entry in self.new) or self.does("asks_hint")

    @cached_property
    def repeat_asked(self) -> bool:
        return any(isinstance(entry.event, e.RepeatAsked) for entry in self.new) or self.does("asks_repeat")

    # Where the session stands

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        return self.state.segment.stages if self.state.segment else ()

    def in_stage(self, *stages: Stage) -> bool:
        return any(stage in self.stages for stage in stages)

    @cached_property
    def following(self) -> Segment | None:
        """The segment after this one."""
        segments = self.state.setup.segments if self.state.setup else ()
        ids = [segment.id for segment in segments]
        at = ids.index(self.state.segment_id) if self.state.segment_id in ids else len(ids)
        return segments[at + 1] if at + 1 < len(segments) else None

    @cached_property
    def segment_left_s(self) -> float:
        slot = self.state.slot
        return (slot.ends_at - self.view.now).total_seconds() if slot else 0.0

    @cached_property
    def left_s(self) -> float:
        return (self.state.deadline_at - self.view.now).total_seconds() if self.state.deadline_at else 0.0

    @cached_property
    def is_short(self) -> bool:
        return self.segment_left_s < SHORT_S

    @cached_property
    def almost_over(self) -> bool:
        return self.left_s < ALMOST_OVER_S

    @cached_property
    def has_code(self) -> bool:
        """Whether anything was written that the starter code does not have."""
        starters: dict[str, str] = dict(self.question.starter.items())
        return any(
            "".join(file.text.split()) != "".join(starters.get(language, "").split())
            for language, file in self.state.solutions.items()
        )

    # What was said before

    @cached_property
    def spoken(self) -> tuple[Message, ...]:
        return tuple(message for message in self.state.messages if message.speaker == "interviewer")

    @cached_property
    def asked(self) -> Counter[str]:
        """How often the interviewer was about each thing."""
        return Counter(about for message in self.spoken for about in message.about.split())

    def times(self, about: str) -> int:
        return self.asked[about]

    def moves(self, *moves: e.Move) -> int:
        return sum(message.move in moves for message in self.spoken)

    def times_for_plan(self, about: str) -> int:
        """As `times`, but only since the present approach came up: another approach has another cost."""
        return sum(about in message.about.split() for message in self.spoken if message.seq > self.plan.since)

    @cached_property
    def open_question(self) -> str:
        """What the interviewer last asked about, if the candidate's words may be the answer to it."""
        asking = ("ask_approach", "ask_complexity", "challenge", "probe", "nudge", "follow_up", "check_in")
        for message in reversed(self.spoken):
            if message.move in asking or message.about.startswith(
                ("offer", "complexity", "review", "follow_up", "approach")
            ):
                return message.about.split()[-1] if message.about else message.move
        return ""

    @cached_property
    def wrapped(self) -> bool:
        return self.moves("wrap_up") > 0

    # What the candidate has told

    def _entered_seq(self, stage: Stage) -> int:
        """When the part of this stage began; 0 if it is yet to come."""
        segments = self.state.setup.segments if self.state.setup else ()
        ids = {segment.id for segment in segments if stage in segment.stages and "code" not in segment.stages}
        seqs = [x.seq for x in self.view.entries if isinstance(x.event, e.SegmentEntered) and x.event.segment_id in ids]
        return seqs[0] if seqs else 0

    @cached_property
    def _heard(self) -> tuple[tuple[int, Reading], ...]:
        said = [message for message in self.state.messages if message.speaker == "candidate"]
        return tuple((message.seq, self.reader.read(message.text)) for message in said)

    @cached_property
    def plan(self) -> Plan:
        """The approach told so far. The latest one that was named wholly counts; parts add up over messages."""
        plan = Plan()
        review_since = self._entered_seq("review")
        gathered: dict[str, frozenset[int]] = {}
        for seq, reading in self._heard:
            told = reading.all("describes_approach")
            if not told and not (plan.told and reading.approaches):
                continue
            if plan.approach is not None and 0 < review_since < seq:
                break  # from the review on, other approaches are only talked about
            whole = approach_of(self.question, told[0].about) if told and told[0].about else None
            for seen in reading.approaches:
                gathered[seen.approach_id] = gathered.get(seen.approach_id, frozenset()) | seen.groups
                complete = len(gathered[seen.approach_id]) == seen.needed
                if whole is None and plan.approach is None and complete:
                    whole = approach_of(self.question, seen.approach_id)
            changed = whole is not None and whole is not plan.approach
            plan = Plan(True, whole or plan.approach, seq if changed or not plan.told else plan.since)
        return plan

    @cached_property
    def plan_is_new(self) -> bool:
        """Whether the unanswered messages brought the approach that now counts."""
        return self.plan.told and any(entry.seq == self.plan.since for entry in self.new)

    @cached_property
    def new_plan(self) -> bool:
        """Whether the unanswered messages brought a plan."""
        return self.does("describes_approach")

    @cached_property
    def stated(self) -> dict[str, Claim]:
        """The latest claim about time and about space that belongs to the approach now told, not to an earlier one."""
        stated: dict[str, Claim] = {}
        approach = ""
        follow_up_since = self._entered_seq("follow_up")
        for seq, reading in self._heard:
            if 0 < follow_up_since < seq:
                break
            named = next((act.about for act in reading.all("describes_approach") if act.about), approach)
            if seq <= self.plan.since and named != approach and approach:
                stated = {}
            approach = named
            stated |= {claim.kind: claim for claim in reading.claims}
        return stated

    def judged(self, kind: str) -> Verdict | None:
        """Whether the latest claim fits the approach told, or any sound one where none is known; None without claim."""
        claim = self.stated.get(kind)
        if claim is None:
            return None
        if self.plan.approach is not None:
            return verdict(claim, self.plan.approach)
        found = verdict_among(claim, self.question.approaches)
        return "differs" if found == "fits" and kind == "time" and self._loops_say_more(claim) else found

    def _loops_say_more(self, claim: Claim) -> bool:
        """Whether the code nests loops over the input although the claim is at most n log n."""
        file = self.state.solutions.get(self.state.language)
        modest = growth_of(claim.cost) in ("constant", "logarithmic", "linear", "linearithmic")
        return modest and file is not None and loop_depth(file.text, self.state.language) >= 2

    @cached_property
    def letters_explained(self) -> bool:
        """Whether the message with the latest claim says what its letters stand for."""
        said = " ".join(message.text for message in self.state.messages[-6:] if message.speaker == "candidate")
        return bool(
            re.search(r"\b[a-zA-Z] (?:is|are|=|being|for|distinct|different)\b|\b(?:where|with) [a-zA-Z]\b", said)
        )

    @cached_property
    def complexity_settled(self) -> bool:
        """Stated and fitting, or talked about often enough."""
        if "time" not in self.stated:
            return self.times("complexity:let-go") > 0
        return self.judged("time") != "differs" or self.times_for_plan("challenge:time") > 0

    # Runs

    @cached_property
    def run(self) -> e.CodeRan | None:
        runs = [entry.event for entry in self.new if isinstance(entry.event, e.CodeRan)]
        return runs[-1] if runs else None

    @cached_property
    def _failed_edges(self) -> dict[object, tuple[str, ...]]:
        return {
            entry.event.run_id: entry.event.failed_edges
            for entry in self.view.entries
            if isinstance(entry.event, e.HiddenTestsRan)
        }

    @cached_property
    def troubles(self) -> tuple[Trouble, ...]:
        """What was wrong with each run so far, oldest first; `Trouble.kind` is `none` for a clean one."""
        return tuple(
            trouble_of(run.result, self._failed_edges.get(run.run_id, ()))
            for run in self.state.runs
            if run.result is not None
        )

    @cached_property
    def trouble(self) -> Trouble:
        """Of the run that is to be answered, or of the latest one."""
        if self.run is not None:
            return trouble_of(self.run, self._failed_edges.get(self.run.run_id, ()))
        return self.troubles[-1] if self.troubles else Trouble("none")

    @cached_property
    def repeats(self) -> int:
        """How many runs in a row, up to the latest one, had the same trouble."""
        count = 0
        for trouble in reversed(self.troubles):
            if not trouble.same_as(self.trouble):
                break
            count += 1
        return count

    @cached_property
    def tests_pass(self) -> bool:
        """Whether the latest run of the tests was clean."""
        runs = [run for run in self.state.runs if run.kind == "tests" and run.result is not None]
        if not runs or runs[-1].result is None:
            return False
        return trouble_of(runs[-1].result, self._failed_edges.get(runs[-1].run_id, ())).kind == "none"

    @cached_property
    def tested_since_edit(self) -> bool:
        """Whether the tests have run since the solution was last changed."""
        edited = max((file.seq for file in self.state.solutions.values()), default=0)
        return any(run.kind == "tests" and run.asked_seq > edited for run in self.state.runs)

    @cached_property
    def open_probe(self) -> Probe | None:
        """The probe for the failing edge that was talked about least."""
        failing = [probe for probe in self.question.probes if probe.edge in self.trouble.edges]
        return min(failing, key=lambda probe: self.times(f"edge:{probe.edge}"), default=None)
