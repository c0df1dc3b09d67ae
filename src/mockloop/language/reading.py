"""A text read once: its words, which of them are denied, and which belong to an order to whoever marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mockloop.language.negation import NEGATORS, denial_share, denied
from mockloop.language.orders import order_spans
from mockloop.language.sentences import Span
from mockloop.language.structure import Structure, structure_of
from mockloop.language.words import ARTICLES, Word, split


@dataclass(frozen=True, slots=True)
class Reading:
    """`denied[i]` says whether a negation reaches `words[i]`; `orders` are spans that try to command the reader."""

    text: str
    words: tuple[Word, ...]
    denied: tuple[bool, ...]
    orders: tuple[Span, ...]
    structure: Structure
    denial_share: float
    spoken: tuple[int, ...]
    """Indexes of the words that are no articles; phrases are matched over these."""
    places: Mapping[str, tuple[int, ...]]
    """Per stem, where in `spoken` it stands."""

    def in_order(self, position: int) -> bool:
        """Whether the character at `position` belongs to an order to the reader."""
        return any(span.start <= position < span.end for span in self.orders)

    def denied_by_other(self, i: int, first: int, last: int) -> bool:
        """Whether word `i` is denied by a word outside `first`..`last`; a phrase may contain its own "no"."""
        if not self.denied[i]:
            return False
        own = next((j for j in range(first, last + 1) if self.words[j].text in NEGATORS), None)
        return own is None or (first > 0 and self.denied[first - 1] and self.denied[first])

    @property
    def without_orders(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if not self.in_order(word.start))


@lru_cache(maxsize=2048)
def read(text: str) -> Reading:
    """The reading of a text. The same text always gives the same reading."""
    return read_once(text)


def read_once(text: str) -> Reading:
    """As `read`, for a text that nobody will ask for again: nothing of it is kept."""
    words = split(text)
    orders = order_spans(text)
    plain = tuple(w for w in words if not any(span.start <= w.start < span.end for span in orders))
    spoken = tuple(i for i, word in enumerate(words) if word.text not in ARTICLES)
    places: dict[str, list[int]] = {}
    for k, i in enumerate(spoken):
        places.setdefault(words[i].stem, []).append(k)
    found = {stem: tuple(at) for stem, at in places.items()}
    return Reading(text, words, denied(words), orders, structure_of(plain), denial_share(plain), spoken, found)
