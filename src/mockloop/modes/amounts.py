"""The amounts in a text, in one way of writing: "1.2k", "1,200" and "twelve hundred" are 1200, "twice" is "2x".

`grounding` compares them. An amount keeps its kind, so that 45 people do not become 45 percent.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from mockloop.language.words import vocabulary


class Amount(NamedTuple):
    """`value` as plain digits, or a word such as "thousands"; `unit` is "" where none was said, "#" for things."""

    value: str
    unit: str
    said: str
    loose: bool = False
    """Said in passing ("one", "second", "two reasons"): it may ground another, and needs no ground itself."""


_TOKEN = re.compile(
    r"""(?<!\w)[qpv]\d++(?:\.\d++)*+(?!\w)
      | \d{1,3}+(?:[ ]\d{3}){1,4}+(?![\d.,:_]|[ ]\d)
      | \d++(?:[.,:_]\d++)*+
      | [^\W\d_]\w*+(?:['’]\w++)?+
      | [^\w\s]""",
    re.VERBOSE,
)
_ONE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+,\d+|[^,]+")
_SUPERSCRIPTS = {ord("²"): "^2", ord("³"): "^3"}
_LONGEST_NUMBER = 40

_UP_TO_NINETEEN = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS_UP = "twenty thirty forty fifty sixty seventy eighty ninety"
_IN_ORDER = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ONES = {word: n for n, word in enumerate(_UP_TO_NINETEEN.split())}
_TENS = {word: 10 * n for n, word in enumerate(_TENS_UP.split(), 2)}
_DIGITS_OF = _ONES | _TENS
_SCALES = {"hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9}
_ORDINALS = {word: n for n, word in enumerate(_IN_ORDER.split(), 1)}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    form: n for word, n in _ORDINALS.items() if n > 2 for form in (word, f"{word}s")
}
_MULTIPLES = {
    "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "thrice": 3, "triple": 3, "tripled": 3,
    "tripling": 3, "quadruple": 4, "quadrupled": 4, "quadrupling": 4,
}  # fmt: skip
_HALVED = frozenset({"halve", "halves", "halved", "halving"})
_SPANS = {"decade": (10, "year"), "decades": (10, "year"), "century": (100, "year"), "fortnight": (2, "week")}
_VAGUE = vocabulary("""
    dozens hundreds thousands millions billions majority twenties thirties forties fifties sixties seventies eighties
    nineties
""")
_UNITS = {
    form: unit
    for unit, forms in {
        "%": "% percent pct", "$": "$ dollar dollars usd bucks", "€": "€ euro euros eur", "£": "£ pound pounds gbp",
        "x": "x × times fold", "th": "st nd rd th", "ms": "ms millisecond milliseconds",
        "s": "s sec secs second seconds", "min": "min mins minute minutes", "h": "h hr hrs hour hours",
        "day": "day days", "week": "week weeks", "month": "month months", "year": "year years yr yrs",
        "am": "am", "pm": "pm", "kb": "kb", "mb": "mb", "gb": "gb", "tb": "tb",
    }.items()
    for form in forms.split()
}  # fmt: skip
_MONEY = frozenset("$€£")
STRICT = frozenset({"%", "x", "th", "q"}) | _MONEY
"""Kinds that no other kind can stand for."""
_SHARED = frozenset({"%", "$", "€", "£"})
_BETWEEN = frozenset({"-", "–", "—", "to", "and", "or"})
_PEOPLE = frozenset({"people", "men", "women", "children", "staff"})
_FREE_NOUNS = vocabulary("""
    reasons things points parts steps ways ideas questions sentences options cases gaps examples sides pieces aspects
    themes halves words
""")
_NOT_A_FRACTION_AFTER = vocabulary("first second other left right upper lower better each either")


def amounts_in(text: str) -> list[Amount]:
    """Every amount of a sentence, in order. Never raises; the time it takes grows with the text."""
    return _Reader(text).amounts()


def is_unit(word: str) -> bool:
    """Whether letters right after digits are their unit or scale."""
    return word in _UNITS or word in _SHORT_SCALES


def is_mark(word: str) -> bool:
    """Whether a folded word is a quarter, a percentile or a version: "q3", "p99", "v2"."""
    return word[:1] in ("q", "p", "v") and word[1:2].isdigit() and word[1:].replace(".", "").isdigit()


def supports(known: Iterable[str], unit: str) -> bool:
    """Whether an amount that sources have with the units `known` may be said with this one."""
    kinds = set(known)
    if unit in kinds:
        return True
    if unit in STRICT:
        return False
    if unit == "#":
        return "" in kinds
    return "" in kinds or (not unit and bool(kinds - {"%", "x", "th", "q"}))


_BEGINNINGS = frozenset({"a", "factor"}).union(
    _DIGITS_OF, _SCALES, _PARTS, _MULTIPLES, _HALVED, _SPANS, _VAGUE, _ORDINALS
)


class _Reader:
    """Walks over the tokens of one text, once."""

    def __init__(self, text: str) -> None:
        plain = unicodedata.normalize("NFKC", text.translate(_SUPERSCRIPTS)).replace("⁄", "/").casefold()
        if not plain.isascii():
            plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in plain)
        found = list(_TOKEN.finditer(plain))
        self._tokens = [one.group() for one in found]
        self._spans = [one.span() for one in found]
        self._text = plain
        self._at = 0
        self._found: list[Amount] = []

    def amounts(self) -> list[Amount]:
        while self._at < len(self._tokens):
            start = self._at
            word = self._tokens[start]
            if not (word in _BEGINNINGS or word[-1].isdigit() or word.endswith("fold")):
                self._at += 1
                continue
            read = self._digits() or self._fraction() or self._words() or self._single()
            self._at = max(self._at, start + 1)
            if read is not None:
                self._found.append(read)
                self._share(start)
        return self._found

    def _word(self, ahead: int = 0) -> str:
        """The token so many places on; the hyphens of "forty-five" and "10-year" are tokens too."""
        at = self._at + ahead
        return self._tokens[at] if 0 <= at < len(self._tokens) else ""

    def _attached(self) -> bool:
        return 0 < self._at < len(self._tokens) and self._spans[self._at - 1][1] == self._spans[self._at][0]

    def _made(self, value: Decimal | str, begin: int, unit: str | None = None, *, loose: bool = False) -> Amount:
        """An amount from token `begin` on, with the unit that follows, unless its unit is known."""
        if unit is None:
            value, unit = self._with_unit(value, begin)
        end = self._spans[min(self._at, len(self._spans)) - 1][1]
        return Amount(_plain(value), unit, self._text[self._spans[begin][0] : end], loose)

    def _with_unit(self, value: Decimal | str, begin: int) -> tuple[Decimal | str, str]:
        before = self._tokens[begin - 1] if begin else ""
        scaled = self._word() in _SHORT_SCALES and self._attached()
        if isinstance(value, Decimal) and (scaled or self._word() in _SCALES):
            value *= _SHORT_SCALES.get(self._word()) or _SCALES[self._word()]
            self._at += 1
        if isinstance(value, Decimal) and [self._word(n) for n in range(3)] == ["and", "a", "half"]:
            value, self._at = value + Decimal("0.5"), self._at + 3
        if before in _MONEY:
            return value, before
        ahead = 1 if self._word() == "-" else 0
        word = self._word(ahead)
        if [self._word(n) for n in range(3)] in (["a", ".", "m"], ["p", ".", "m"]):
            self._at += 3
            return value, f"{self._tokens[self._at - 3]}m"
        if word == "per" and self._word(ahead + 1) == "cent":
            self._at += ahead + 2
            return value, "%"
        if word in _SPANS and isinstance(value, Decimal):
            self._at += ahead + 1
            return value * _SPANS[word][0], _SPANS[word][1]
        if word in _UNITS and not (len(word) == 1 and word.isalpha() and not self._attached()):
            self._at += ahead + 1
            return value, _UNITS[word]
        counted = word in _PEOPLE or (len(word) > 3 and word.endswith("s") and word.isalpha())
        return value, "#" if counted else ""

    def _digits(self) -> Amount | None:
        said, begin = self._word(), self._at
        if is_mark(said):
            self._at += 1
            return self._made(_number(said[1:]), begin, {"q": "q", "p": "th", "v": ""}[said[0]])
        if not said[:1].isdigit():
            return None
        values = [said] if _ONE_NUMBER.fullmatch(said) else said.split(",")
        self._found += [Amount(_plain(_number(value)), "", value) for value in values[:-1]]
        self._at += 1
        value = _number(values[-1])
        if self._word() == "/" and self._word(1).isdigit() and self._attached():
            below = _number(self._word(1))
            if isinstance(value, Decimal) and isinstance(below, Decimal) and 0 < value < below <= 10:
                self._at += 2
                return self._made(_share(int(value), int(below)), begin, "%")
        if begin and self._tokens[begin - 1] in ("'", "’", "‘") and len(said) == 2:
            return self._made(_number(("20" if said < "50" else "19") + said), begin, "")
        if begin == 0 and len(said) <= 2 and self._word() in (".", ")"):
            return None
        return self._made(value, begin)

    def _fraction(self) -> Amount | None:
        """Such as "a third of", "two-thirds", "three quarters", "half"."""
        begin, above, ahead = self._at, 1, 0
        if self._word() in ("a", *_ONES) and self._word(1) not in ("", "half", "halves"):
            above, ahead = _ONES.get(self._word(), 1), 2 if self._word(1) == "-" else 1
        part = self._word(ahead)
        if part not in _PARTS or not above:
            return None
        if part == "half":
            return self._half()
        plural = part.endswith("s")
        after, before = self._word(ahead + 1), self._tokens[begin - 1] if begin else ""
        named = self._word() == "one" or (self._word() == "a" and (after == "of" or before == "by"))
        if not ahead or not (plural or named) or part in _HALVED:
            return None
        self._at += ahead + 1
        return self._made(_share(above, _PARTS[part]), begin, "%")

    def _half(self) -> Amount | None:
        begin = self._at
        if begin and self._tokens[begin - 1] in _NOT_A_FRACTION_AFTER:
            return None
        self._at += 1
        scale = self._word(1) if self._word() in ("a", "an") else self._word()
        if scale in _SCALES or scale == "hour":
            self._at += 2 if self._word() in ("a", "an") else 1
            if scale == "hour":
                return self._made(Decimal(30), begin, "min")
            return self._made(Decimal(_SCALES[scale]) / 2, begin)
        return self._made("50", begin, "%")

    def _words(self) -> Amount | None:
        """Numbers that are written as words."""
        begin, total, current, seen = self._at, Decimal(0), Decimal(0), ""
        while True:
            word = self._word()
            if word in ("-", "and", "a") and not self._goes_on(seen, word):
                break
            if word in _DIGITS_OF:
                value = _DIGITS_OF[word]
                if seen == "digit" and not (_TENS.get(self._word(-1)) or _TENS.get(self._word(-2))) and value < 10:
                    break
                if seen == "digit" and value >= 10:
                    if not 17 <= current <= 20:
                        break
                    current *= 100
                elif seen == "digit" and current % 10:
                    break
                current, seen = current + value, "digit"
            elif word in ("hundred", "dozen"):
                current, seen = (current or Decimal(1)) * _SCALES[word], "scale"
            elif word in _SCALES:
                total, current, seen = total + (current or Decimal(1)) * _SCALES[word], Decimal(0), "scale"
            elif word == "point" and seen == "digit" and self._word(1) in _ONES:
                current += Decimal(_ONES[self._word(1)]) / 10
                self._at += 1
            elif word not in ("-", "and", "a"):
                break
            self._at += 1
        if not seen:
            self._at = begin
            return None
        return self._counted(total + current, begin)

    def _goes_on(self, seen: str, word: str) -> bool:
        """Whether a hyphen, an "and" or an "a" stands within a number."""
        follows = self._word(1)
        if word == "a":
            return not seen and follows in _SCALES
        if word == "and":
            return seen == "scale" and follows in _DIGITS_OF
        return seen == "digit" and self._word(-1) in _TENS and 0 < _ONES.get(follows, 0) < 10

    def _counted(self, value: Decimal, begin: int) -> Amount:
        near = {self._word(), self._word(1)}
        loose = value == 1 or (value <= 6 and not near.isdisjoint(_FREE_NOUNS))
        made = self._made(value, begin)
        return made._replace(loose=loose and made.unit in ("", "#", "day", "week", "month", "year", "s", "min", "h"))

    def _single(self) -> Amount | None:
        word, begin = self._word(), self._at
        self._at += 1
        if word in _MULTIPLES and self._word(self._word() == "-") not in ("check", "checked", "checking", "down"):
            return self._made(Decimal(_MULTIPLES[word]), begin, "x")
        if word in _HALVED:
            return self._made("50", begin, "%")
        if word.endswith("fold") and word[:-4] in _DIGITS_OF:
            return self._made(Decimal(_DIGITS_OF[word[:-4]]), begin, "x")
        if word == "factor" and self._word() == "of":
            self._at += 1
            inner = self._digits() or self._words()
            return inner._replace(unit="x", loose=False) if inner else None
        if word in _SPANS:
            return self._made(Decimal(_SPANS[word][0]), begin, _SPANS[word][1])
        if word in _ORDINALS:
            value = Decimal(_ORDINALS[word])
            if self._word() == "quarter":
                return self._made(value, begin, "q")
            return self._made(value, begin, "th", loose=value < 4)
        return self._made(word, begin, "") if word in _VAGUE else None

    def _share(self, start: int) -> None:
        """In "10 to 15%" the first number is of the second one's kind."""
        if len(self._found) < 2 or start == 0 or self._tokens[start - 1] not in _BETWEEN:
            return
        earlier, last = self._found[-2:]
        if not earlier.unit and last.unit in _SHARED and self._tokens[start - 2].endswith(earlier.said[-1:]):
            self._found[-2] = earlier._replace(unit=last.unit)


def _number(digits: str) -> Decimal | str:
    """A number in digits; versions, times of day and what no one can read stay as they are."""
    plain = re.sub(r"[ _]|,(?=\d{3}(?!\d))", "", digits).replace(",", ".")
    try:
        return Decimal(plain) if len(plain) <= _LONGEST_NUMBER else plain
    except InvalidOperation:
        return plain


def _plain(value: Decimal | str) -> str:
    return value if isinstance(value, str) else format(value.normalize(), "f")


def _share(above: int, below: int) -> Decimal | str:
    """A fraction in percent where that comes out even."""
    return Decimal(100 * above) / below if 100 * above % below == 0 else f"{above}/{below}"
