"""An answer read once: its words, verbs and cues, and what of it can be evidence at all."""

from dataclasses import dataclass
from functools import cached_property

from mockloop.judging.answers.cues import Cue, cues
from mockloop.judging.answers.narrative import Narrative, narrative_of
from mockloop.judging.answers.terms import Said, is_empty
from mockloop.judging.answers.wording import LINKS, VAGUE
from mockloop.language import Reading, Span, order_spans, quote_around, read_once
from mockloop.language.structure import AUXILIARIES, SUBJECTS

_CLAIM_WORDS = SUBJECTS | AUXILIARIES


@dataclass(frozen=True)
class Answer:
    """The text and everything that the judge derives from it."""

    text: str

    @cached_property
    def orders(self) -> tuple[Span, ...]:
        """Where the text gives orders to the judge."""
        return order_spans(self.text)

    @cached_property
    def reading(self) -> Reading:
        """Orders to the judge are blanked, not cut out: the words around them keep their places in the text."""
        text = self.text
        for start, end in self.orders:
            text = text[:start] + " " * (end - start) + text[end:]
        return read_once(text)

    @cached_property
    def said(self) -> Said:
        return Said(self.reading)

    @cached_property
    def cues(self) -> list[Cue]:
        return cues().find(self.reading)

    @cached_property
    def narrative(self) -> Narrative:
        return narrative_of(self.reading, self.cues)

    @cached_property
    def _by_list(self) -> dict[str, list[Cue]]:
        found: dict[str, list[Cue]] = {}
        for cue in self.cues:
            if not cue.denied:
                found.setdefault(cue.name, []).append(cue)
        return found

    def cued(self, name: str) -> list[Cue]:
        """The cues of a list that no negation reaches."""
        return self._by_list.get(name, [])

    @cached_property
    def words(self) -> int:
        """How many words it has, without orders to the judge."""
        return len(self.reading.without_orders)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The stems of its telling words, each once, in order."""
        words = self.reading.words
        return tuple(dict.fromkeys(words[i].stem for i in self.said.kept))

    def vagueness(self, subject: frozenset[str]) -> float:
        """The share of its telling words that only praise, announce or wave, those apart that the subject needs."""
        words = self.reading.words
        empty = VAGUE - subject
        return sum(words[i].stem in empty for i in self.said.kept) / max(1, len(self.said.kept))

    @cached_property
    def links(self) -> float:
        """Words that tie one statement to another (if, because, then) per word."""
        plain = self.reading.without_orders
        return sum(word.text in LINKS for word in plain) / max(1, len(plain))

    @cached_property
    def sentence_words(self) -> float:
        """The share of words that hold sentences together; below 0.2 it is a list."""
        plain = [word for word in self.reading.without_orders if word.text[0].isalpha()]
        return sum(is_empty(word.text) for word in plain) / max(1, len(plain))

    @cached_property
    def claims(self) -> bool:
        """Whether anything is said of anything: a subject or a verb of being among its words."""
        return any(word.text in _CLAIM_WORDS for word in self.reading.without_orders)

    def quote(self, first: int, last: int) -> Span:
        """The characters of the sentence, or of a part of a long one, around words `first` to `last`."""
        words = self.reading.words
        start, end = words[first].start, words[last].end
        text = quote_around(self.text, start, end)
        at = self.text.find(text, max(0, start - len(text)), end + len(text))
        return Span(at, at + len(text))
