"""Stories told to the interviewer that speaks through a model."""

from dataclasses import dataclass, field

from mockloop.interviewer.built_in import BuiltInInterviewer
from mockloop.interviewer.model.interviewer import ModelInterviewer
from mockloop.interviewer.port import Delta, Passed, Reset, Said
from mockloop.llm.port import Models, Prompt
from tests.support.scripted_models import OneCaller, Purse, ScriptedModels, Speech
from tests.support.story import Story

NONCE = "5ca1ab1e5ca1ab1e"


def told(*messages: str) -> Story:
    """A session in which the built-in interviewer answered each of these messages but the last."""
    story, built_in = Story().started(), BuiltInInterviewer()
    for message in messages:
        story.hears_from(built_in)
        story.says(message)
    return story


@dataclass
class Heard:
    """All of one turn."""

    pieces: list[Delta | Reset]
    outcome: Said | Passed
    models: Models
    purse: Purse

    @property
    def prompt(self) -> Prompt:
        assert isinstance(self.models, ScriptedModels)
        return self.models.prompts[-1]

    @property
    def shown(self) -> str:
        """What stands on the screen when the turn ends."""
        text = ""
        for piece in self.pieces:
            text = text + piece.text if isinstance(piece, Delta) else ""
        return text

    @property
    def ever_shown(self) -> str:
        """All that was on the screen at any time, also what was taken back."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Delta))

    @property
    def said(self) -> Said:
        assert isinstance(self.outcome, Said)
        return self.outcome


@dataclass
class Told:
    """A story and who listens to it."""

    story: Story
    callers: OneCaller = field(default_factory=OneCaller)
    purse: Purse = field(default_factory=Purse)
    _speaker: tuple[Models, ModelInterviewer] | None = None
    """Kept as long as the same models are listened to: what it knows of a question takes long to make."""

    async def hears(self, *speech: str) -> Heard:
        """A turn for which one provider says this."""
        return await self.hears_all(list(speech))

    async def hears_all(self, *speeches: Speech) -> Heard:
        """A turn with one speech a provider."""
        return await self.listens_to(ScriptedModels(speeches))

    async def listens_to(self, models: Models) -> Heard:
        if self._speaker is None or self._speaker[0] is not models:
            self._speaker = models, ModelInterviewer(models, self.callers, self.purse, nonce_of=lambda seed: NONCE)
        interviewer = self._speaker[1]
        pieces: list[Delta | Reset] = []
        outcomes: list[Said | Passed] = []
        async for piece in interviewer.turn(self.story.view):
            if isinstance(piece, Delta | Reset):
                assert not outcomes
                pieces.append(piece)
            else:
                outcomes.append(piece)
        assert len(outcomes) == 1
        return Heard(pieces, outcomes[0], models, self.purse)
