"""Reading stated complexities: "O(n log n)", "n squared", "linear time and constant space", also as dictated.

Two ways of writing the same bound are made equal by `canonical`; `growth_of` says which class timing could confirm.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from mockloop.language.bounds import ADJECTIVES, Growth, canonical, growth_of
from mockloop.language.negation import denied
from mockloop.language.orders import order_spans
from mockloop.language.words import Word, sequences, vocabulary, words_of

_ADJECTIVE_NOT = vocabulary("factor factors number value values data amount probing regression algebra equation")
_TIME_CUES = vocabulary("time runtime runs run running speed fast faster slow slower operations steps takes")
_SPACE_CUES = vocabulary("space memory storage extra auxiliary")
_OTHERS = vocabulary("brute naive naively nested otherwise instead alternative alternatively trivial obvious")
_OTHER_PAIRS = sequences(
    """every pair, rather than, faster than, instead of, each pair, would be, better than, down from,
    improve on, worse than, avoid the, could also, not enough, first idea, avoids the, all pairs"""
)
_TURNS = frozenset({"mine", "my", "but", "however", "so", "this", "now"})
_TOTALS = vocabulary("overall total altogether dominates dominated dominate final finally")
_ASKS = sequences("""does it, can i, is it, should i, do you, are you, do we, do i, is that, should it, must it""")
_BRACKETED = re.compile(r"(?:\bbig[\s-]*)?[oθ]\s*\(((?:[^()]|\([^()]*\))*)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """One stated bound. `bound` is its canonical form, `growth` its class where the bound has one.

    `about` is `other` when it is said of an approach that is only compared with; `total` marks words such as "overall".
    """

    bound: str
    growth: Growth | None
    kind: Literal["time", "space"]
    about: Literal["own", "other"]
    negated: bool
    asked: bool
    total: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    bound: str
    first: int  # index of its first and last word
    last: int


@lru_cache(maxsize=2048)
def parse_complexities(text: str) -> tuple[Claim, ...]:
    """The bounds stated in a text, in order. Orders to the reader state nothing."""
    words = words_of(text)
    orders = order_spans(text)
    flags = denied(words)
    found = [f for f in _find(text, words) if not any(s.start <= words[f.first].start < s.end for s in orders)]
    kinds = _kinds(words, found)
    claims = []
    for number, (item, kind) in enumerate(zip(found, kinds, strict=True)):
        before = _since_turn([w.text for w in words[max(_previous_end(found, number), item.first - 8) : item.first]])
        after = [w.text for w in words[item.last + 1 : item.last + 5]]
        pairs = set(pairwise(before))
        other = bool(_OTHERS & set(before) or pairs & _OTHER_PAIRS) or ("too", "slow") in pairwise(after)
        claims.append(
            Claim(
                bound=item.bound,
                growth=growth_of(item.bound),
                kind=kind,
                about="other" if other else "own",
                negated=flags[item.first],
                asked=bool(pairs & _ASKS),
                total=bool(_TOTALS & {*before, *after}),
                start=words[item.first].start,
                end=_end_with_bracket(text, words[item.first].start, words[item.last].end),
            )
        )
    return tuple(claims)


def _since_turn(before: list[str]) -> list[str]:
    """The words after the last one that turns from another approach to one's own."""
    for i in range(len(before) - 1, -1, -1):
        if before[i] in _TURNS:
            return before[i + 1 :]
    return before


def _end_with_bracket(text: str, start: int, end: int) -> int:
    missing = text.count("(", start, end) - text.count(")", start, end)
    while missing > 0 and end < len(text) and text[end] in ") ":
        missing -= text[end] == ")"
        end += 1
    return end


def _previous_end(found: list[_Found], number: int) -> int:
    return found[number - 1].last + 1 if number else 0


def _find(text: str, words: tuple[Word, ...]) -> list[_Found]:
    """Bounds in brackets first (they may use any names), then spoken ones among the words that are left."""
    found: list[_Found] = []
    taken: set[int] = set()
    for match in _BRACKETED.finditer(text):
        inside = [i for i, word in enumerate(words) if match.start() <= word.start and word.end <= match.end()]
        bound = canonical(match.group(1))
        if inside and bound:
            found.append(_Found(bound, inside[0], inside[-1]))
            taken.update(inside)
    i = 0
    while i < len(words):
        spoken = None if i in taken else _spoken_at(words, i, taken)
        if spoken:
            found.append(spoken)
            i = spoken.last
        i += 1
    return sorted(found, key=lambda item: item.first)


def _spoken_at(words: tuple[Word, ...], i: int, taken: set[int]) -> _Found | None:
    texts = [word.text for word in words]
    if texts[i] in ADJECTIVES:
        following = texts[i + 1] if i + 1 < len(texts) else ""
        return None if following in _ADJECTIVE_NOT else _Found(ADJECTIVES[texts[i]], i, i)
    j, said_order = i, False
    if texts[j : j + 2] == ["big", "o"]:
        j, said_order = j + 2, True
    elif texts[j] in ("o", "theta") or (texts[j] == "order" and texts[j + 1 : j + 2] == ["of"]):
        j, said_order = j + 1, True
    if said_order and texts[j : j + 1] == ["of"]:
        j += 1
    expression, last = _longest_expression(texts, j, taken, needs_more=not said_order)
    return _Found(expression, i, last) if expression else None


def _longest_expression(texts: list[str], j: int, taken: set[int], *, needs_more: bool) -> tuple[str, int]:
    """The longest run of words from `j` on that is a bound; a bare `n` is one only after "O of"."""
    parts: list[str] = []
    best, last = "", j
    for k in range(j, min(len(texts), j + 7)):
        text = texts[k]
        if k in taken or not (_is_variable(text) or text.isdigit() or text in _SPOKEN):
            break
        parts.append(text)
        bound = canonical(" ".join(parts))
        if bound and not text.startswith(("*", "+", "^", "times", "plus")):
            telling = any(sign in bound for sign in ("log", "^", "!", "*"))
            if telling or not needs_more:
                best, last = bound, k
    return best, last


_SPOKEN = vocabulary("log logn nlogn lg ln squared square cubed times by * + ^ plus to the power of factorial")


def _is_variable(text: str) -> bool:
    return (len(text) == 1 and text.isalpha() and text not in "ai") or text in ("nlogn", "logn", "2n", "nlog")


def _kinds(words: tuple[Word, ...], found: list[_Found]) -> list[Literal["time", "space"]]:
    """Time or space, by the nearest cue: "O(n) time and O(1) space" as well as "time is O(n), space O(1)"."""
    kinds: list[Literal["time", "space"]] = []
    used: set[int] = set()
    for number, item in enumerate(found):
        low = max(_previous_end(found, number), item.first - 10)
        high = found[number + 1].first if number + 1 < len(found) else len(words)
        before = [i for i in range(low, item.first) if _cue(words[i]) and i not in used]
        after = [i for i in range(item.last + 1, min(high, item.last + 6)) if _cue(words[i])]
        chosen = before[-1] if before else None
        if chosen is not None and after and _cue(words[chosen]) == _cue(words[after[0]]):
            used.add(after[0])  # "runs in O(n) time": both belong to this bound
        elif after and (chosen is None or (after[0] - item.last <= 2 and item.first - chosen > 4)):
            chosen = after[0]
        if chosen is None:
            kinds.append("time")
        else:
            used.add(chosen)
            kinds.append(_cue(words[chosen]) or "time")
    return kinds


def _cue(word: Word) -> Literal["time", "space"] | None:
    return "space" if word.text in _SPACE_CUES else "time" if word.text in _TIME_CUES else None
