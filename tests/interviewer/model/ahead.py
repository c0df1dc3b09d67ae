"""A part of an interview that is about to begin, and an interviewer that prepares for it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

from mockloop.interviewer.built_in import BuiltInInterviewer
from mockloop.interviewer.model.interviewer import ModelInterviewer
from mockloop.interviewer.port import Delta, Passed, Reset, Said, View
from mockloop.llm.port import AllFailed, Done, Models, Prompt, Provider, Restart, Role, Text
from tests.interviewer.model.telling import NONCE, told
from tests.support.scripted_models import OneCaller, Purse, ScriptedModels, Speech, usage
from tests.support.story import Story

READY = "Time to write it down. Where do you begin?"
ANEW = "So, to the code. What comes first?"
PLAN = "I would keep each number in a dictionary and look up the complement, target minus the number."


def planning() -> Story:
    """A plan is told, and the interviewer has answered; the part ends in 20 s, and code is next."""
    story = told("Is the list sorted?")
    story.hears_from(BuiltInInterviewer())
    story.works_until("plan").says(PLAN)
    story.hears_from(BuiltInInterviewer())
    return nearly_over(story)


def nearly_over(story: Story) -> Story:
    """The end of the part was announced, and somebody types."""
    story.ends_soon()
    story.hears_from(BuiltInInterviewer())
    return story.left_in_part(21).writes("def pair_sum(numbers, target):\n    seen = {}\n")


def ahead_of(story: Story) -> View:
    """What the conductor foresees."""
    later = Story(story.question, story.style, seed=story.seed)
    later.entries, later.state, later.now = list(story.entries), story.state, story.now
    assert later.happens_by(story.now + timedelta(seconds=30))
    assert later.state.segment_id != story.state.segment_id
    return later.view


def then_begins(story: Story, by: str = "timer") -> Story:
    story.now += timedelta(seconds=18)
    return story.enters("code", by=by)


class Streamed:
    """A double of `Models` whose one call says what the test feeds it, and whose later calls say `ANEW`."""

    def __init__(self) -> None:
        self.calls = 0
        self.left = 0
        self._fed: asyncio.Queue[Text | Restart | Done | AllFailed] = asyncio.Queue()

    def feed(self, *items: Text | Restart | Done | AllFailed) -> None:
        for item in items:
            self._fed.put_nowait(item)

    async def stream(
        self, providers: Sequence[Provider], role: Role, prompt: Prompt
    ) -> AsyncIterator[Text | Restart | Done]:
        self.calls += 1
        if self.calls > 1:
            yield Text(ANEW)
            yield Done(ANEW, usage("house"))
            return
        try:
            while True:
                item = await self._fed.get()
                if isinstance(item, AllFailed):
                    raise item
                yield item
                if isinstance(item, Done):
                    return
        finally:
            self.left += 1

    async def ask(self, *_: object) -> object:
        raise AssertionError("the live interviewer asks for no typed output")


@dataclass
class Prepares:
    """An interviewer with a purse, and what it says."""

    models: ScriptedModels | Streamed
    callers: OneCaller = field(default_factory=OneCaller)
    purse: Purse = field(default_factory=Purse)
    speaker: ModelInterviewer = field(init=False)
    pieces: list[Delta | Reset] = field(default_factory=list)

    def __post_init__(self) -> None:
        models = cast(Models, self.models)
        self.speaker = ModelInterviewer(models, self.callers, self.purse, nonce_of=lambda seed: NONCE)

    async def prepares(self, view: View) -> None:
        """Begin, and let the call get as far as it can."""
        self.speaker.prepare(view)
        await settled()

    async def turns(self, story: Story) -> Said | Passed:
        """One turn with exactly one outcome."""
        outcomes: list[Said | Passed] = []
        async for piece in self.speaker.turn(story.view):
            if isinstance(piece, Delta | Reset):
                assert not outcomes
                self.pieces.append(piece)
            else:
                outcomes.append(piece)
        await settled()
        (outcome,) = outcomes
        return outcome

    async def hears(self, story: Story) -> Said:
        """A turn that is words."""
        outcome = await self.turns(story)
        assert isinstance(outcome, Said)
        return outcome

    @property
    def shown(self) -> str:
        text = ""
        for piece in self.pieces:
            text = text + piece.text if isinstance(piece, Delta) else ""
        return text


async def settled() -> None:
    for _ in range(30):
        await asyncio.sleep(0)


def scripted(*scripts: Sequence[Speech]) -> Prepares:
    return Prepares(ScriptedModels(*scripts))


def asked(ada: Prepares) -> int:
    return len(ada.models.prompts) if isinstance(ada.models, ScriptedModels) else ada.models.calls


def on_their_way() -> list[str]:
    """Preparations that are on their way in this loop."""
    names = [getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()]
    return [name for name in names if name.startswith("Preparation")]
