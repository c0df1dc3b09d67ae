"""Providers that fail at random, what they were about to say, and what of it a tab shows meanwhile."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mockloop.client import LiveSession
from mockloop.rooms import protocol as p
from tests.support.fake_provider import FAULTS, FakeProvider, Seen

LASTING = {"fault-401", "fault-429-quota", "fault-429-after"}
"""After these a provider is left alone for longer than the talk lasts."""
BAG = (*FAULTS, *[fault for fault in FAULTS if fault not in LASTING] * 2, *["ok"] * 36)
"""One request of three is answered well."""
NOTE = re.compile(r"\bnote ([0-9a-f]{8})\b")


class Weather:
    """Draws what is done to each request, from a bag that holds everything, so that nothing is left out for long."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)
        self._bag: list[str] = []

    def fault(self) -> str:
        if not self._bag:
            self._bag = list(BAG)
            self._random.shuffle(self._bag)
        return self._bag.pop()

    def words(self, body: object) -> str:
        """Words that nobody says twice, in several sentences and of several lengths."""
        number = self._random.getrandbits(32)
        return f"Thank you, that is note {number:08x}. What happens to it when the list is empty? " + (
            "And what does it cost when the list is long? Take your time. " + "Go on, please. " * (number % 8)
        )


class Answers:
    """What the models of some providers were asked and about to say."""

    def __init__(self, providers: Sequence[FakeProvider]) -> None:
        self._providers = providers
        self._read = [0] * len(providers)
        self._by_note: dict[str, Seen] = {}

    def all(self) -> list[Seen]:
        return [seen for fake in self._providers for seen in fake.journal]

    def of(self, note: str) -> Seen:
        """The one answer with this note."""
        for n, fake in enumerate(self._providers):
            for seen in fake.journal[self._read[n] :]:
                self._by_note.update(dict.fromkeys(NOTE.findall(seen.text), seen))
            self._read[n] = len(fake.journal)
        return self._by_note[note]


@dataclass
class Screen:
    """What one tab shows of turns that are on their way, looked at with every piece."""

    live: LiveSession
    answers: Answers
    warm: set[str]
    """Addresses of instances from which a model's words have come."""
    torn: list[str] = field(default_factory=list)

    def watch(self, notice: p.Notice) -> None:
        """Words are the beginning of one answer, whoever gives it."""
        if not isinstance(notice, p.Delta):
            return
        shown = self.live.typing
        notes = NOTE.findall(shown)
        if notes:
            self.warm.add(self.live.client.url)
            whole = len(notes) == 1 and self.answers.of(notes[0]).text.startswith(shown)
        else:
            whole = shown.count(shown[:24]) == 1
        if not whole:
            self.torn.append(shown)
