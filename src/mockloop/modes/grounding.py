"""Whether a text stays within its sources: every number, name, technology and claim in it must occur in one of them.

Placeholders such as "[your figure]" stand for what the sources do not say. The check reads words, not meaning: what is
made of the sources' own words passes, whatever it then says.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mockloop.language import Span, sentences
from mockloop.modes.amounts import amounts_in, supports
from mockloop.modes.claims import claims_in, grounds_in
from mockloop.modes.names import Names, name_in, names_of

_ASKS = re.compile(r"\[(?:what|which|who|when|where|how|name|your)\b[^\[\]]{0,80}\]", re.IGNORECASE)
"""A placeholder that asks for something claims nothing. Its numbers and names are looked at like all others."""
_ROUNDS = 3


@dataclass(frozen=True)
class Ungrounded:
    """A sentence, by its place in the text, and the first thing in it that no source has."""

    span: Span
    what: str


class Sources:
    """The texts that a text must stay within."""

    def __init__(self, texts: Iterable[str]) -> None:
        amounts: dict[str, set[str]] = {}
        names, claims = Names(), set[int]()
        for text in texts:
            for sentence in _sentences(text):
                for amount in amounts_in(sentence):
                    amounts.setdefault(amount.value, set()).add(amount.unit)
                names.learn(sentence)
                claims |= grounds_in(sentence)
        self._amounts, self._names, self._claims = amounts, names, claims

    def offences(self, text: str) -> tuple[Ungrounded, ...]:
        """The sentences of a text that say more than the sources."""
        found = ((span, self._offence(text[span.start : span.end])) for span in sentences(text))
        return tuple(Ungrounded(span, what) for span, what in found if what is not None)

    def _offence(self, sentence: str) -> str | None:
        plain = _plain(sentence)
        for amount in amounts_in(plain):
            if not amount.loose and not supports(self._amounts.get(amount.value, ()), amount.unit):
                return amount.said
        for name in names_of(plain):
            if what := name_in(name, self._names):
                return what
        claims = claims_in(_ASKS.sub(" ", plain))
        return next((said for kind, said in claims if kind not in self._claims), None)


def within(text: str, sources: Sequence[str]) -> str:
    """The text without the sentences that say more than its sources; line breaks stay."""
    known = Sources(sources)
    left = _lines(text)
    for _ in range(_ROUNDS):
        offences = known.offences(left)
        if not offences:
            return left
        kept, at = [], 0
        for one in offences:
            kept.append(left[at : one.span.start])
            at = one.span.end
        # What stood apart can hang together now, and be read differently.
        left = _lines("".join((*kept, left[at:])))
    return "" if known.offences(left) else left


def _lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _sentences(text: str) -> list[str]:
    return [_plain(text[span.start : span.end]) for span in sentences(text)]
