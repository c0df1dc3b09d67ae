"""What a candidate claims about running time and memory, and whether it fits the approach in question.

The claims themselves are read by `mockloop.language`; here they meet what the bank accepts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from mockloop.bank.question import Approach
from mockloop.interviewer.words import Sentence
from mockloop.language import canonical, growth_of, parse_complexities, same_complexity

Kind = Literal["time", "space"]
Verdict = Literal["fits", "differs", "unclear"]


@dataclass(frozen=True)
class Claim:
    """A stated cost: `cost` in one spelling (`n log n`, `1`). `own` is false for a way that is only compared with."""

    kind: Kind
    cost: str
    own: bool = True
    total: bool = False


_NOT_A_CLAIM = re.compile(
    r"\b(require[ds]?|expect(?:ed|ing)?|want(?:ed)?|target|need(?:ed)?|aim(?:ing)? for|looking for|acceptable|allowed|"
    r"good enough|fast enough|optimal|best possible|what is the|what should|must it be|does it have to)\b"
)
_BARE_PRODUCT = re.compile(
    r"\b(up to|at most|of size|(?:grows|grow) (?:to|with)|is|be|about|in) ([a-z]) ?(?:\*|times|x) ?([a-z])\b"
)
_ORDER_OF = re.compile(r"\b(?:in|is|be|of)? ?(?:the )?order (?:of )?(n(?: log n|\^2| squared)?|1)\b(?! numbers)")


_MAY_CLAIM = re.compile(
    r"\bo\s*\(|\bbig|\bo of\b|log|\blg\b|linear|quadratic|constant|cubic|exponential|factorial|square|cube|"
    r"\^|\*\*|n!|\btheta\b|\border\b|\b(?:time|runtime|space|memory|complexity|storage)\b.{0,80}\b[nkmhvewu1]\b|"
    r"\b[a-z] ?(?:\*|x|times) ?[a-z]\b|n2\b|\b[nmk] (?:extra|time|space|memory|for|in)\b|"
    r"\b(?:no|without|zero) (?:any )?(?:extra|additional|further)\b"
)


def claims(sentence: Sentence) -> list[Claim]:
    """The costs that one sentence states, in order. A question for the wanted cost states none."""
    text = sentence.plain
    if not _MAY_CLAIM.search(text) or (sentence.asks and _NOT_A_CLAIM.search(text)):
        return []
    text = _ORDER_OF.sub(r" O(\1)", text)
    text = _BARE_PRODUCT.sub(r"\1 O(\2*\3)", text)
    return [
        Claim(_kind(found.kind, text), found.bound, found.about == "own", found.total)
        for found in parse_complexities(text)
        if not found.negated
    ]


_HOLDS = re.compile(
    r"\b(?:map|set|dict|dictionary|stack|queue|heap|array|table|cache|list|window|counter|it|we|i)\b.{0,25}"
    r"\b(?:holds?|stores?|keeps?|contains?|(?:grows|of size|up) to|has at most|at most)\b"
)
_RUNS = re.compile(r"\b(?:time|runs?|running|steps?|operations?|visit\w*|pass|passes|loops?|takes|sort\w*)\b")


def _kind(kind: Kind, clause: str) -> Kind:
    """ "The map holds at most O(k)" is about memory without the word."""
    return "space" if kind == "time" and _HOLDS.search(clause) and not _RUNS.search(clause) else kind


def overall(stated: Sequence[Claim]) -> tuple[Claim, ...]:
    """At most one claim per dimension: the one called a total, else the largest one said of the own approach."""
    result: list[Claim] = []
    for kind in ("time", "space"):
        of_kind = [claim for claim in stated if claim.kind == kind]
        own = [claim for claim in of_kind if claim.own] or of_kind
        total = [claim for claim in own if claim.total] or own
        if total:
            result.append(max(enumerate(total), key=lambda pair: (_size(pair[1].cost), pair[0]))[1])
    return tuple(result)


_SIZES = ("constant", "logarithmic", "linear", "linearithmic", "quadratic", "cubic", "exponential")


def _size(cost: str) -> int:
    growth = growth_of(cost)
    return _SIZES.index(growth) if growth in _SIZES else len(_SIZES)


def verdict(claim: Claim, approach: Approach) -> Verdict:
    """Whether the claim fits what the bank accepts for this approach. `unclear`: in letters that cannot be compared."""
    accepted = [cost for cost in (approach.time if claim.kind == "time" else approach.space) if canonical(cost)]
    if any(same_complexity(claim.cost, cost) or _same_but_for_names(claim.cost, cost) for cost in accepted):
        return "fits"
    if not accepted:
        return "unclear"
    if _letters(claim.cost) > 1:
        known = {growth_of(cost) for cost in accepted if _letters(cost) > 1}
        return "differs" if known and growth_of(claim.cost) not in known else "unclear"
    growth = growth_of(claim.cost)
    if claim.kind == "time" and growth == approach.growth and all(_letters(cost) <= 1 for cost in accepted):
        return "fits"
    return "fits" if growth in {growth_of(cost) for cost in accepted} else "differs"


def _letters(cost: str) -> int:
    """How many different sizes a cost speaks of."""
    return len(_names(canonical(cost)))


def _names(written: str) -> list[str]:
    return sorted(set(re.findall(r"[a-z_]\w*", written)) - {"log", "sqrt"})


def _same_but_for_names(one: str, other: str) -> bool:
    """Whether two costs in up to three sizes become equal when the sizes of one are called otherwise."""
    first, second = canonical(one), canonical(other)
    names, others = _names(first), _names(second)
    if not 2 <= len(names) == len(others) <= 3:
        return False
    for renamed in permutations(others):
        table = dict(zip(names, renamed, strict=True))
        if canonical(_renamed(first, table)) == second:
            return True
    return False


def _renamed(written: str, table: Mapping[str, str]) -> str:
    return re.sub(r"[a-z_]\w*", lambda found: table.get(found[0], found[0]), written)


def verdict_among(claim: Claim, approaches: Iterable[Approach]) -> Verdict:
    """As `verdict`, when nobody said which approach is meant: it fits if it fits any that could work."""
    verdicts = {verdict(claim, approach) for approach in approaches if approach.standing != "wrong"}
    return "fits" if "fits" in verdicts else "unclear" if "unclear" in verdicts else "differs"
