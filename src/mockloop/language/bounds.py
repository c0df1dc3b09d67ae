"""Bounds such as `n log n`: one way of writing for all that say the same, and the class of growth they belong to."""

import re
from functools import lru_cache
from typing import Literal

from mockloop.language.words import vocabulary

Growth = Literal["constant", "logarithmic", "linear", "linearithmic", "quadratic", "cubic", "exponential"]
ORDER: tuple[Growth, ...] = (
    "constant",
    "logarithmic",
    "linear",
    "linearithmic",
    "quadratic",
    "cubic",
    "exponential",
)

ADJECTIVES = {
    "constant": "1",
    "logarithmic": "log n",
    "linear": "n",
    "linearly": "n",
    "linearithmic": "n log n",
    "loglinear": "n log n",
    "quadratic": "n^2",
    "quadratically": "n^2",
    "cubic": "n^3",
    "exponential": "2^n",
    "exponentially": "2^n",
    "factorial": "n!",
}


@lru_cache(maxsize=4096)
def canonical(bound: str) -> str:
    """A bound in one way of writing: `N*log(N)`, `nlogn` and `O(n lg n)` are all `n log n`; "" when it is none.

    Factors and summands are sorted, constants dropped: `O(2n + m)` is `m + n`, `O(5)` is `1`.
    """
    text = bound.casefold().replace("²", "^2").replace("³", "^3").replace("**", "^").replace("·", "*").replace("×", "*")
    text = re.sub(r"\b(?:big\s*-?)?[oθ]\s*\((.*)\)\s*$", r"\1", text.strip().rstrip(".,;"))
    text = re.sub(r"\b(?:lg|ln|log2|log_2|log10)\b", "log", text)
    text = re.sub(r"\bnlogn\b|\bnlog\(?n\)?", "n log n", text)
    text = re.sub(r"\blogn\b", "log n", text)
    text = re.sub(r"\bto the(?: power of)?\b", "^", text)
    text = re.sub(r"\s*\bsquared?\b", "^2", text)
    text = re.sub(r"\s*\bcubed\b", "^3", text)
    text = re.sub(r"\s*\bfactorial\b", "!", text)
    text = re.sub(r"\b(?:times|by)\b|(?<=\w)\s+x\s+(?=\w)", "*", text)
    text = re.sub(r"\b(?:plus|and)\b", "+", text)
    text = re.sub(r"\bsquare\b", "", text)
    text = re.sub(r"\bone\b", "1", text)
    if text.strip() in ADJECTIVES:
        return ADJECTIVES[text.strip()]
    try:
        terms = _Parser(text).expression()
    except _NotABound:
        return ""
    return _written(terms)


_NO_NAMES = vocabulary("of the to a an is in on for it and or with power number size space time rooms words")


class _NotABound(Exception):
    """The text is no bound."""


Factor = tuple[str, int]  # ("n", 2) is n squared, ("log n", 1), ("2^n", 1), ("n!", 1)
_LEXEME = re.compile(r"\s*(?:(\d+)|([a-z_][\w']*)|([-+*/^()!|,]))")


class _Parser:
    """Recursive descent over `n log n + m`, giving a list of products."""

    def __init__(self, text: str) -> None:
        self.signs: list[str] = []
        position = 0
        while position < len(text.rstrip()):
            match = _LEXEME.match(text, position)
            if not match:
                raise _NotABound
            self.signs.append(match.group().strip())
            position = match.end()
        self.signs = [sign for sign in self.signs if sign != "|"]
        self.at = 0
        if not self.signs or len(self.signs) > 24:
            raise _NotABound

    def peek(self) -> str:
        return self.signs[self.at] if self.at < len(self.signs) else ""

    def take(self) -> str:
        sign = self.peek()
        self.at += 1
        return sign

    def expression(self) -> list[list[Factor]]:
        terms = self.sum()
        if self.at < len(self.signs):
            raise _NotABound
        return terms

    def sum(self) -> list[list[Factor]]:
        terms = self.product()
        while self.peek() in ("+", "-"):
            minus = self.take() == "-"
            more = self.product()
            terms = terms if minus else terms + more
        return terms

    def product(self) -> list[list[Factor]]:
        terms = self.power()
        while True:
            sign = self.peek()
            if sign in ("*", "/"):
                self.take()
                factor = self.power()
                if sign == "/":
                    continue
            elif sign and (sign[0].isalnum() or sign[0] in "_("):
                factor = self.power()
            else:
                return terms
            terms = [left + right for left in terms for right in factor]

    def power(self) -> list[list[Factor]]:
        terms = self.atom()
        while self.peek() in ("^", "!"):
            if self.take() == "!":
                terms = [[(f"{_written(terms)}!", 1)]]
                continue
            exponent = self.atom()
            text = _written(exponent) if exponent != [[]] else self.signs[self.at - 1]
            if text.isdigit():
                terms = [[(name, times * int(text)) for name, times in term] for term in terms]
            else:
                terms = [[(f"2^{text}", 1)]]
        return terms

    def atom(self) -> list[list[Factor]]:
        sign = self.take()
        if sign == "(":
            terms = self.sum()
            if self.take() != ")":
                raise _NotABound
            return terms
        if sign in ("log", "sqrt", "root", "len", "length"):
            inner = self.atom()
            if sign in ("log", "sqrt", "root"):
                return [[(f"{'log' if sign == 'log' else 'sqrt'} {_written(inner)}", 1)]]
            return inner
        if sign in ("max", "min") and self.peek() == "(":
            return self.choice(largest=sign == "max")
        if sign.isdigit():
            return [[]]
        match = re.fullmatch(r"(\d+)([a-z]\w*)", sign)
        if match:
            return [[(match.group(2), 1)]]
        if sign and (sign[0].isalpha() or sign[0] == "_") and sign not in _NO_NAMES:
            return [[(sign, 1)]]
        raise _NotABound

    def choice(self, *, largest: bool) -> list[list[Factor]]:
        """`max(a, b)` is bounded by the sum; of `min(a, b)` the first will do."""
        self.take()
        chosen = self.sum()
        while self.peek() == ",":
            self.take()
            other = self.sum()
            chosen = chosen + other if largest else chosen
        if self.take() != ")":
            raise _NotABound
        return chosen


def _written(terms: list[list[Factor]]) -> str:
    counted = [_powers(term) for term in terms if term or len(terms) == 1]
    kept = [term for term in counted if not any(_dominates(other, term) for other in counted)]
    return " + ".join(sorted({_product(term) for term in kept}))


def _powers(factors: list[Factor]) -> dict[str, int]:
    powers: dict[str, int] = {}
    for name, times in factors:
        powers[name] = powers.get(name, 0) + times
    return powers


def _dominates(large: dict[str, int], small: dict[str, int]) -> bool:
    return large != small and all(
        large.get(name, 0) >= times or (name.startswith("log ") and large.get(name[4:], 0) > small.get(name[4:], 0))
        for name, times in small.items()
    )


def _product(powers: dict[str, int]) -> str:
    if not powers:
        return "1"
    plain = sorted(name for name in powers if " " not in name)
    logs = sorted(name for name in powers if " " in name)
    parts = [f"{name}^{powers[name]}" if powers[name] > 1 else name for name in (*plain, *logs)]
    return "*".join(parts[: len(plain)]) + (" " if plain and logs else "") + " ".join(parts[len(plain) :])


@lru_cache(maxsize=4096)
def growth_of(bound: str) -> Growth | None:
    """The class of a bound, the largest summand deciding; None when it is no bound.

    Every name counts as a size of its own, so `n*m` and `V*E` are quadratic and `rows + columns` linear.
    """
    written = canonical(bound)
    if not written:
        return None
    return max((_growth_of_product(term) for term in written.split(" + ")), key=ORDER.index)


def _growth_of_product(term: str) -> Growth:
    if "!" in term or re.search(r"\b2\^[a-z(]", term):
        return "exponential"
    degree = 0.0
    has_log = "log " in term
    for factor in re.sub(r"(?:log|sqrt) [\w^*]+", " ", term).replace("*", " ").split():
        name, _, power = factor.partition("^")
        degree += int(power or 1) if name != "1" else 0
    degree += 0.5 * term.count("sqrt ")
    if degree == 0:
        return "logarithmic" if has_log else "constant"
    if degree <= 1:
        return "linearithmic" if has_log and degree == 1 else "linear"
    return "quadratic" if degree <= 2 else "cubic" if degree <= 3 else "exponential"


def same_complexity(one: str, other: str) -> bool:
    """Whether two bounds say the same, up to the name of a single variable: `O(r)` and `O(n)` do."""
    first, second = canonical(one), canonical(other)
    return bool(first) and (first == second or _anonymous(first) == _anonymous(second))


def _anonymous(written: str) -> str:
    names = sorted(set(re.findall(r"[a-z_]\w*", written)) - {"log", "sqrt"})
    return re.sub(rf"\b{names[0]}\b", "n", written) if len(names) == 1 else written
