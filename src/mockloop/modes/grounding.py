"""Whether a text stays within its sources: every number, name, technology and claim in it must occur in one of them.

Placeholders such as "[your figure]" stand for what the sources do not say. The check reads words, not meaning: what is
made of the sources' own words passes, whatever it then says.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from mockloop.language import Span, sentences, stem, words_of
from mockloop.language.thesaurus import thesaurus

_PLACEHOLDER = re.compile(r"\[(?:your|the|a|an|how|what|which|who|when|where|name)\b[^\[\]\d]{0,80}\]", re.IGNORECASE)
_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_][\w]*(?:[.+#/&-]+\w+)*[+#]*")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_MAGNITUDE = re.compile(r"(\d[\d,.]*\d|\d)\s?(k|m|mn|bn|b|thousand|million|billion)\b", re.IGNORECASE)
_MAGNITUDES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9}

_UP_TO_NINETEEN = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS_UP = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word.text: value for value, word in enumerate(words_of(_UP_TO_NINETEEN))}
_TENS = {word.text: 10 * value for value, word in enumerate(words_of(_TENS_UP), 2)}
_AMOUNTS = {
    "half": "1/2", "halve": "1/2", "halved": "1/2", "halving": "1/2", "quarter": "1/4", "quarters": "1/4",
    "double": "x2", "doubled": "x2", "doubling": "x2", "twice": "x2", "twofold": "x2", "triple": "x3", "tripled": "x3",
    "tripling": "x3", "thrice": "x3", "tenfold": "x10", "dozen": "12", "dozens": "dozens", "hundreds": "hundreds",
    "thousands": "thousands", "millions": "millions", "billions": "billions", "majority": "majority",
}  # fmt: skip
_TIMES = re.compile(r"(\d[\d.]*)\s?(?:x|×|times)\b", re.IGNORECASE)

_CLAIMS = frozenset(
    word.stem
    for word in words_of("""
        lead manage mentor hire found launch promote award patent publish supervise negotiate architect spearhead
        pioneer certify graduate recruit fundraise chair headed oversee invent
    """)
)
"""Deeds that nobody may be given who did not speak of them."""

_ALWAYS = frozenset({"i", "ok", "okay"})


@dataclass(frozen=True)
class Ungrounded:
    """A sentence, by its place in the text, and the first thing in it that no source has."""

    span: Span
    what: str


class Sources:
    """The texts that a text must stay within."""

    def __init__(self, texts: Iterable[str]) -> None:
        whole = "\n".join(texts)
        self._numbers = frozenset(_numbers(whole))
        self._words = frozenset(part for token in _tokens(whole) for part in _forms(token))
        self._stems = frozenset(word.stem for word in words_of(whole))

    def offences(self, text: str) -> tuple[Ungrounded, ...]:
        """The sentences of a text that say more than the sources."""
        found = ((span, self._offence(text[span.start : span.end])) for span in sentences(text))
        return tuple(Ungrounded(span, what) for span, what in found if what is not None)

    def _offence(self, sentence: str) -> str | None:
        said = _PLACEHOLDER.sub(" ", sentence)
        for number in _numbers(said):
            if number not in self._numbers:
                return number
        for place, token in enumerate(_tokens(said)):
            if not token[0].isdigit() and not self._known(token) and _is_name(token, first=place == 0):
                return token
        stems = (word for word in words_of(said) if word.stem in _CLAIMS)
        return next((word.text for word in stems if word.stem not in self._stems), None)

    def _known(self, token: str) -> bool:
        forms = _forms(token)
        return not forms.isdisjoint(self._words) or any(stem(form) in self._stems for form in forms)


def within(text: str, sources: Sequence[str]) -> str:
    """The text without the sentences that say more than its sources; line breaks stay."""
    offences = Sources(sources).offences(text)
    kept, at = [], 0
    for one in offences:
        kept.append(text[at : one.span.start])
        at = one.span.end
    kept.append(text[at:])
    lines = (" ".join(line.split()) for line in "".join(kept).splitlines())
    return "\n".join(lines).strip()


def _tokens(text: str) -> list[str]:
    return [found.group() for found in _TOKEN.finditer(text)]


def _forms(token: str) -> frozenset[str]:
    """How a name may be written elsewhere: folded, without its genitive, and joined from its parts."""
    folded = token.casefold()
    return frozenset({folded, re.sub(r"[^\w+#]", "", folded), *re.split(r"[.+#/&-]", folded)} - {""})


def _is_name(token: str, *, first: bool) -> bool:
    """Whether a word names something: capitals within or before it, digits in it, or a technology."""
    folded = token.casefold()
    if folded in _ALWAYS:
        return False
    if folded in _technologies():
        return True
    if any(c.isupper() for c in token[1:]) or any(c.isdigit() for c in token):
        return True
    if not token[0].isupper():
        return False
    return not first or not (folded.endswith(_EVERYDAY_ENDINGS) or stem(folded) in _everyday())


@lru_cache(maxsize=1)
def _technologies() -> frozenset[str]:
    return frozenset((files("mockloop.modes") / "technologies.txt").read_text("utf-8").split())


_OPENERS = """
    the this that these those there then when while where what which who how why because since after before during
    first second third next finally later also and but so or if as at by for from in into of on to with without we
    my our your it its they he she you i once now still only even each every all both most some many any no not
    nothing nobody everyone everybody somebody something instead however therefore although though despite until
    unless again today yesterday meanwhile overall eventually initially specifically additionally furthermore
    moreover together within across over under about above below between through per via let lets thanks given
    rather whenever whatever had has have was were is are be been being do did does can could would should will may
    might must
"""
_EVERYDAY_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ly")


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Words that may begin a sentence without naming anything."""
    known = {part for phrase in thesaurus().groups for part in phrase}
    return frozenset(known | {word.stem for word in words_of(_OPENERS)}) - _technologies()


def _numbers(text: str) -> list[str]:
    """Every amount in a text, in one way of writing: "1.2k" and "1,200" are both 1200, "twice" and "2x" both x2."""
    found = [f"x{_plain(times.group(1))}" for times in _TIMES.finditer(text)]
    rest = _TIMES.sub(" ", text)
    for match in _MAGNITUDE.finditer(rest):
        found.append(_plain(_shifted(match.group(1), _MAGNITUDES[match.group(2).casefold()])))
    rest = _MAGNITUDE.sub(" ", rest)
    found += [_plain(match.group()) for match in _NUMBER.finditer(rest)]
    return found + _in_words(re.findall(r"[a-z]+", rest.casefold()))


def _plain(number: str) -> str:
    """Without separators of thousands and without a fraction of nothing."""
    plain = re.sub(r",(?=\d{3}\b)", "", number).replace(",", ".").rstrip(".")
    return re.sub(r"\.0+$", "", plain)


def _shifted(number: str, digits: int) -> str:
    try:
        return f"{float(_plain(number)) * 10**digits:.0f}"
    except ValueError:
        return number


def _in_words(words: Sequence[str]) -> list[str]:
    """Numbers that are written as words; a lone "one" is none."""
    found: list[str] = []
    total, current, open_ = 0, 0, False
    for word in (*words, ""):
        if word in _SMALL or word in _TENS:
            current += _SMALL.get(word, _TENS.get(word, 0))
            open_ = True
        elif word == "hundred" and open_:
            current *= 100
        elif word in ("thousand", "million", "billion") and open_:
            total, current = total + current * 10 ** _MAGNITUDES[word], 0
        else:
            if open_ and total + current != 1:
                found.append(str(total + current))
            total, current, open_ = 0, 0, False
            if word in _AMOUNTS:
                found.append(_AMOUNTS[word])
    return found
