"""What a turn's prompt is made of, in estimated tokens, and what a whole session reads: every question, two candidates.

The ordinary one says some twenty things in thirty minutes; the talkative one says something twice a minute as well.
What a model would say is stood in for by the built-in interviewer's words, so output is only bounded, not measured.
"""

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, pairwise

from bench.history import Figures
from mockloop.bank.loader import Bank, load_bank
from mockloop.bank.question import CodingQuestion
from mockloop.interviewer.built_in import BuiltInInterviewer
from mockloop.interviewer.model.actions import Permission
from mockloop.interviewer.model.context import packed
from mockloop.interviewer.model.interviewer import MODE, is_built_in
from mockloop.interviewer.model.modes import load_mode
from mockloop.interviewer.port import Passed, Said, View
from mockloop.llm.port import Prompt
from mockloop.models.ledger import Budgets
from mockloop.modes.fencing import tokens
from tests.support.story import Story

NONCE = "0123456789abcdef"
PAUSE_S = 80.0
"""Between two steps of the ordinary candidate; eighteen of them make most of half an hour."""
TALK_S = 30.0
MINUTES = 31.0

Step = str | Callable[[Story], object]

THOUGHTS = (
    "I think the edge case there is an empty list, and I would like to treat it first, before the loop begins.",
    "Now I am writing the loop. I keep the best value so far in a variable of its own and compare it each time.",
    "That line is not right yet: the index runs one too far, so I change the bound and look at it again.",
    "I think this costs linear time, because each item is looked at once, and the space for what I keep.",
)


@dataclass
class Session:
    """What the model was told in one session, turn by turn."""

    parts: list[Mapping[str, int]] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)

    @property
    def read(self) -> int:
        return sum(sum(by_part.values()) for by_part in self.parts)


class Listener(BuiltInInterviewer):
    """The built-in interviewer, who notes what a model would be told wherever a model would be asked."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        self._mode = load_mode(MODE)

    def answer(self, view: View) -> Said | Passed:
        """See `BuiltInInterviewer.answer`."""
        planned = super().answer(view)
        if isinstance(planned, Said) and not is_built_in(planned):
            segment = view.state.segment
            permission = Permission(self._mode.allowance(segment.stages if segment else ()).may, 0)
            told = packed(self._mode, view, planned, permission, NONCE)
            self.session.parts.append(told.tokens_by_part)
            self.session.prompts.append(told.prompt)
        return planned


def steps_of(question: CodingQuestion) -> list[Step]:
    """A candidate who does well, and not at once."""
    edges = [probe.edge for probe in question.probes]
    best = max(question.examples, key=lambda example: example.mark).answer
    code = question.references["python"]
    return [
        "Hello!",
        f"{question.facts[0].asks[0]} {question.facts[1].asks[0]}",
        "No more questions.",
        best,
        "It takes linear time and linear space.",
        lambda story: story.writes(code[: len(code) // 2]),
        THOUGHTS[1],
        lambda story: story.runs_own_input(),
        lambda story: story.writes(code),
        lambda story: story.runs_tests(failing=edges[:1]),
        THOUGHTS[2],
        lambda story: story.writes(code + "\n# handled\n"),
        lambda story: story.runs_tests(),
        "An empty input and equal values; both give the neutral result.",
        "I would test one with a single entry and a very large one.",
        question.follow_ups[0].good_answer,
        question.follow_ups[1].good_answer,
        "Thank you, bye",
    ]


def ordinary(story: Story, listener: Listener) -> None:
    """Plays the steps, a good minute apart."""
    for step in steps_of(story.question):
        _ = story.says(step) if isinstance(step, str) else step(story)
        if story.state.owes_turn:
            story.hears_from(listener)
        story.passes(seconds=PAUSE_S, answers=listener)


def talkative(story: Story, listener: Listener) -> None:
    """The same, and thoughts said aloud between the steps."""
    thoughts = cycle(THOUGHTS)
    for step in steps_of(story.question):
        _ = story.says(step) if isinstance(step, str) else step(story)
        if story.state.owes_turn:
            story.hears_from(listener)
        for _ in range(int(PAUSE_S // TALK_S)):
            story.passes(seconds=TALK_S, answers=listener)
            if not story.state.ended:
                story.says(next(thoughts))
            if story.state.owes_turn:
                story.hears_from(listener)


def played(bank: Bank, candidate: Callable[[Story, Listener], None]) -> list[Session]:
    """A session for each question."""
    sessions = []
    for question in bank.questions():
        story, listener = Story(question, bank.styles[0], seed=question.id).started(), Listener()
        story.hears_from(listener)
        candidate(story, listener)
        story.passes(minutes=MINUTES, answers=listener)
        sessions.append(listener.session)
    return sessions


def kept_before(session: Session) -> Iterator[tuple[int, int]]:
    """For each turn but the first: tokens that begin it and the turn before alike, and all of its tokens."""
    texts = ["\n\n".join((prompt.instructions, *prompt.parts)) for prompt in session.prompts]
    for before, now in pairwise(texts):
        yield tokens(now[: _alike(before, now)]), tokens(now)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def middle_and_most(values: Sequence[float]) -> Figures:
    """The usual value and the greatest."""
    return {"p50": round(statistics.median(values)), "max": round(max(values))}


def rows_of(name: str, sessions: Sequence[Session]) -> list[Figures]:
    """Tokens by part, by turn and by session, and what of them a provider may keep in its cache."""
    by_part: dict[str, list[float]] = defaultdict(list)
    for turn in (turn for session in sessions for turn in session.parts):
        for part, size in turn.items():
            by_part[part].append(size)
    totals = [sum(turn.values()) for session in sessions for turn in session.parts]
    kept = [pair for session in sessions for pair in kept_before(session)]
    mode, budgets = load_mode(MODE), Budgets()
    written = [len(session.parts) * mode.max_tokens for session in sessions]
    read = [session.read for session in sessions]
    return [
        *(
            {"what": f"{name}: {part}", "turns_with_it": len(sizes), **middle_and_most(sizes)}
            for part, sizes in by_part.items()
        ),
        {
            "what": f"{name}: instructions and question, for the cache",
            **middle_and_most([turn["instructions"] + turn["question"] for s in sessions for turn in s.parts]),
        },
        {"what": f"{name}: a turn", "turns": len(totals), **middle_and_most(totals)},
        {"what": f"{name}: begins like the turn before", **middle_and_most([same for same, _ in kept])},
        {"what": f"{name}: that part of a turn, %", **middle_and_most([100 * same / whole for same, whole in kept])},
        {"what": f"{name}: turns of a session", **middle_and_most([len(session.parts) for session in sessions])},
        {"what": f"{name}: a session reads", **middle_and_most(read), "budget": budgets.session_input},
        {"what": f"{name}: a session writes at most", **middle_and_most(written), "budget": budgets.session_output},
        {
            "what": f"{name}: sessions of {len(sessions)} that run out",
            "of_their_own_budget": sum(size > budgets.session_input for size in read),
            "of_a_day_at_the_second": sum(2 * size > budgets.day_input for size in read),
        },
    ]


def bench() -> list[Figures]:
    """Both candidates."""
    bank = load_bank()
    return rows_of("ordinary", played(bank, ordinary)) + rows_of("talkative", played(bank, talkative))
