"""What a candidate claims about running time and memory, and whether it fits the approach in question."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mockloop.bank.question import Approach, GrowthClass
from mockloop.interviewer.words import Sentence, plain

Kind = Literal["time", "space"]
Verdict = Literal["fits", "differs", "unclear"]


@dataclass(frozen=True)
class Claim:
    """A stated cost: `cost` in one spelling (`n log n`, `1`, `n*m`), `written` as the candidate put it."""

    kind: Kind
    cost: str
    written: str


_GROWTH: dict[str, GrowthClass] = {
    "1": "constant",
    "log n": "logarithmic",
    "n": "linear",
    "n log n": "linearithmic",
    "n^2": "quadratic",
    "n^3": "cubic",
    "2^n": "exponential",
    "n!": "exponential",
}

_WORDS: dict[str, str] = {
    r"constant": "1",
    r"logarithmic|log time|log of n": "log n",
    r"linearithmic|quasi-?linear|linear log": "n log n",
    r"linear": "n",
    r"quadratic": "n^2",
    r"cubic": "n^3",
    r"exponential": "2^n",
    r"factorial": "n!",
}
_VAR = r"(?:[a-z]|rows|columns|cols|rooms|amount|target|width|height|coins|edges|vertices|nodes|depth)"
_POWER = r"(?:\s*(?:\^|\*\*)\s*[23]|\s*(?:squared?|cubed?)|[23](?!\d))?"
_FACTOR = rf"(?:{_VAR}\b{_POWER}|{_VAR}[23]\b|\d+)"
_BARE = (
    rf"n\s*(?:\*|times|x)?\s*(?:log|lg|ln)\s*(?:of\s+)?\(?\s*(?:base\s*2\s*)?{_VAR}?\s*\)?"
    r"|nlogn|nlgn|n log\b"
    r"|n\s*(?:\^|\*\*)\s*[23]|n\s+squared|n\s+square|n\s+cubed|n\s*\*\s*n|n2\b"
    r"|2\s*(?:\^|\*\*)\s*n|two to the n|2 to the n|log\s*\(?n\)?|n factorial|n!"
)
_BIG_O = re.compile(r"\bo\s*\(\s*((?:[^()]|\([^()]*\))*)\s*\)")
_O_OF = re.compile(
    rf"\b(?:big[- ]?o(?: of)?|o of|order(?: of)?)\s+(?:o\s+)?({_BARE}|one|1|n)(?![\w^])"
)
_BARE_CLAIM = re.compile(rf"(?<![\w(/])({_BARE})(?![\w^])")
_NAMED = re.compile(r"\b(" + "|".join(_WORDS) + r")\b")
_LABELLED = re.compile(
    r"\b(?P<label>time|runtime|running time|space|memory|storage)(?: complexity| usage)?"
    r"\s*(?:is|:|=|would be|will be|of|,|-)?\s*(?:just|only|about|also|still)?\s*(?P<cost>n|1|one)\b(?!\s*(?:\w+\s+)?(?:minute|hour|second|more|thing|question|element|pass|loop))"
)
_SPACE = re.compile(r"\b(space|memory|storage|ram|auxiliary)\b")
_TIME = re.compile(r"\b(time|runtime|run-?time|runs?|running|speed|fast|slow|steps|operations|lookups?|pass)\b")
_NOT_A_CLAIM = re.compile(
    r"\b(require[ds]?|expect(?:ed|ing)?|want(?:ed)?|target|need(?:ed)?|aim(?:ing)? for|looking for|acceptable|allowed|"
    r"good enough|fast enough|optimal|best possible|what is the|what should|must it be|does it have to)\b"
)
_NOT_ABOUT_COST = re.compile(
    r"\b(constant (?:factor|value|number|string|variable|name)|linear (?:search|scan|list|pass|order|probing|algebra|equation)|"
    r"quadratic (?:equation|formula))s?\b"
)


def claims(sentence: Sentence) -> list[Claim]:
    """The costs that one sentence states, in order. A question for the wanted cost states none."""
    text = sentence.plain
    if "not" in sentence.words and re.search(r"\b(is|be|was) not (?:really )?(?:o\(|in o|linear|quadratic|constant)", text):
        text = re.sub(r"\b(?:is|be|was) not [^,.;]*", "", text)
    if sentence.asks and _NOT_A_CLAIM.search(text):
        return []
    text = _NOT_ABOUT_COST.sub(lambda found: " " * len(found.group()), text)
    return _kinds(text, _found(text))


def _found(text: str) -> list[tuple[int, int, str, str]]:
    """(begin, end, cost, as written) of all mentions, without overlaps, in order."""
    mentions: list[tuple[int, int, str, str]] = []

    def note(begin: int, end: int, cost: str | None) -> None:
        if cost and all(end <= b or begin >= e for b, e, _, _ in mentions):
            mentions.append((begin, end, cost, text[begin:end].strip()))

    for found in _BIG_O.finditer(text):
        note(found.start(), found.end(), canonical_cost(found.group(1)))
    for found in _O_OF.finditer(text):
        note(found.start(), found.end(), canonical_cost(found.group(1)))
    for found in _BARE_CLAIM.finditer(text):
        note(found.start(), found.end(), canonical_cost(found.group(1)))
    for found in _NAMED.finditer(text):
        note(found.start(), found.end(), _named(found.group(1)))
    for found in _LABELLED.finditer(text):
        note(found.start("cost"), found.end("cost"), canonical_cost(found.group("cost")))
    return sorted(mentions)


def _kinds(text: str, mentions: list[tuple[int, int, str, str]]) -> list[Claim]:
    """Each mention with the dimension whose word stands nearest in its own stretch of the sentence."""
    result: list[Claim] = []
    for i, (begin, end, cost, written) in enumerate(mentions):
        after = text[end : mentions[i + 1][0] if i + 1 < len(mentions) else len(text)]
        before = text[mentions[i - 1][1] if i else 0 : begin]
        close_after = re.split(r"[,;]| and | but ", after)[0]
        if _SPACE.search(close_after[:30]):
            kind: Kind = "space"
        elif re.match(r"\s*\W*(?:in )?(?:time|runtime)", close_after):
            kind = "time"
        else:
            kind = _last_label(before, result)
        result.append(Claim(kind, cost, written))
    return result


def _last_label(before: str, earlier: list[Claim]) -> Kind:
    space = max((found.start() for found in _SPACE.finditer(before)), default=-1)
    time = max((found.start() for found in _TIME.finditer(before)), default=-1)
    if space > time:
        return "space"
    if time < 0 and earlier and earlier[-1].kind == "space" and len(earlier) == 1 and re.search(r"\band\b", before):
        return "time"
    return "time"


def _named(word: str) -> str:
    for pattern, cost in _WORDS.items():
        if re.fullmatch(pattern, word):
            return cost
    return ""


@lru_cache(maxsize=4096)
def canonical_cost(written: str) -> str:
    """One spelling for a cost: `O(n*log(n))`, `nlogn` and `linearithmic` are all `n log n`. Empty if it is none."""
    text = plain(written).strip()
    inner = _BIG_O.fullmatch(text)
    text = (inner.group(1) if inner else text).strip()
    found = _NAMED.fullmatch(text) or _NAMED.fullmatch(re.sub(r"\s+(time|space|memory)$", "", text))
    if found:
        return _named(found.group(1))
    text = re.sub(r"\bone\b", "1", text)
    text = re.sub(r"\b(?:two|2) to the n\b", "2^n", text).replace("**", "^")
    text = re.sub(r"(?<=\w)\s+squared?\b", "^2", text)
    text = re.sub(r"(?<=\w)\s+cubed?\b", "^3", text)
    text = re.sub(r"\b([a-z])([23])\b", r"\1^\2", text)
    text = re.sub(r"\bn\s*factorial\b", "n!", text)
    text = re.sub(r"^n\s*lo?g\s*n?$", "n log n", text.replace("(", " ").replace(")", " ").strip())
    text = re.sub(r"\b(lg|ln)\b", "log", text)
    text = re.sub(r"\btimes\b|\bx\b", "*", text)
    if not re.fullmatch(r"[a-z0-9^*+!\s|.-]+", text) or len(text) > 60:
        return ""
    terms = sorted({_term(term) for term in text.split("+")} - {"", "1"}) if "+" in text else [_term(text)]
    return " + ".join(terms)


def _term(term: str) -> str:
    """One product, its factors in order: `m * n` and `nm` are `m*n`; constant factors are dropped."""
    term = re.sub(r"log\s*([a-z0-9]+)?", lambda found: f" log_{found.group(1) or 'n'} ", term)
    factors: list[str] = []
    for word in re.findall(r"log_\w+|[a-z0-9]+(?:\^[a-z0-9]+)?!?", term):
        if re.fullmatch(r"[a-z]{2,3}", word) and word not in ("log",) and not re.search("[aeiou]", word[1:]):
            factors += list(word)
        else:
            factors.append(word)
    factors = [word for word in factors if not word.isdigit() or factors == [word]]
    letters = sorted(word for word in factors if not word.startswith("log_"))
    logs = sorted(f"log {word[4:]}" for word in factors if word.startswith("log_"))
    if len(letters) == 2 and letters[0] == letters[1]:
        letters = [f"{letters[0]}^2"]
    return " ".join([part for part in ("*".join(letters), " ".join(logs)) if part]) or "1"


def growth_of(cost: str) -> GrowthClass | None:
    """The class of a cost in one variable called n; None for others."""
    return _GROWTH.get(cost)


def verdict(claim: Claim, approach: Approach) -> Verdict:
    """Whether the claim fits what the bank accepts for this approach. `unclear`: in letters that cannot be compared."""
    accepted = _accepted(approach, claim.kind)
    if claim.cost in accepted:
        return "fits"
    growth = growth_of(claim.cost)
    if growth is None or not accepted:
        return "unclear"
    if claim.kind == "time" and growth == approach.growth:
        return "fits"
    known = {growth_of(cost) for cost in accepted} - {None}
    if known:
        return "fits" if growth in known else "differs"
    return "unclear"


def verdict_among(claim: Claim, approaches: Iterable[Approach]) -> Verdict:
    """As `verdict`, when nobody said which approach is meant: it fits if it fits any that could work."""
    verdicts = {verdict(claim, approach) for approach in approaches if approach.standing != "wrong"}
    for each in ("fits", "unclear"):
        if each in verdicts:
            return "fits" if each == "fits" else "unclear"
    return "differs"


def _accepted(approach: Approach, kind: Kind) -> set[str]:
    written = approach.time if kind == "time" else approach.space
    return {canonical_cost(cost) for cost in written} - {""}
