"""Reading stated complexities: "O(n log n)", "n squared", "linear time and constant space", also as dictated.

Two ways of writing the same bound are made equal by `canonical`; `growth_of` says which class timing could confirm.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from mockloop.language.bounds import ADJECTIVES, Growth, canonical, growth_of
from mockloop.language.dimensions import Cues, Dimension, cues_of, dimensions_of
from mockloop.language.negation import NEGATORS, denied
from mockloop.language.orders import order_spans
from mockloop.language.words import Word, sequences, vocabulary, words_of

_ADJECTIVE_NOT = vocabulary(
    """factor factors number numbers value values data amount probing regression algebra equation equations formula
    string strings variable variables name names search scan list pass order"""
)
_OTHERS = vocabulary(
    "brute naive naively nested otherwise instead alternative alternatively trivial obvious against versus vs compared"
)
_OTHER_PAIRS = sequences(
    """every pair, rather than, faster than, instead of, each pair, better than, down from,
    improve on, worse than, avoid the, could also, not enough, first idea, avoids the, all pairs"""
)
_OWN_SUBJECTS = vocabulary(
    "it its that this which time space memory complexity runtime cost both overall total altogether so then usage"
)
"""Before "would be" these speak of the plan at hand; another subject is another approach ("sorting would be …")."""
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
    kind: Dimension | None = None  # where the words say it themselves


@lru_cache(maxsize=2048)
def parse_complexities(text: str) -> tuple[Claim, ...]:
    """The bounds stated in a text, in order. Orders to the reader state nothing."""
    words = words_of(text)
    orders = order_spans(text)
    flags = denied(words)
    cues = cues_of(text, words)
    found = [f for f in _find(text, words, cues) if not any(s.start <= words[f.first].start < s.end for s in orders)]
    sides = dimensions_of(text, words, cues, [(item.first, item.last) for item in found])
    claims: list[Claim] = []
    for number, item in enumerate(found):
        before = _since_turn([w.text for w in words[max(_previous_end(found, number), item.first - 8) : item.first]])
        after = [w.text for w in words[item.last + 1 : item.last + 5]]
        pairs = set(pairwise(before))
        other = bool(_OTHERS & set(before) or pairs & _OTHER_PAIRS) or ("too", "slow") in pairwise(after)
        other = other or _would_be_another(before)
        claims += [
            Claim(
                bound=item.bound,
                growth=growth_of(item.bound),
                kind=kind,
                about="other" if other else "own",
                negated=flags[item.first] and item.kind is None and not _denied_before(words, flags, found, number),
                asked=bool(pairs & _ASKS),
                total=bool(_TOTALS & {*before, *after}),
                start=words[item.first].start,
                end=_end_with_bracket(text, words[item.first].start, words[item.last].end),
            )
            for kind in ((item.kind,) if item.kind else sides[number])
        ]
    return tuple(claims)


def _since_turn(before: list[str]) -> list[str]:
    """The words after the last one that turns from another approach to one's own."""
    for i in range(len(before) - 1, -1, -1):
        if before[i] in _TURNS:
            return before[i + 1 :]
    return before


def _would_be_another(before: list[str]) -> bool:
    """ "Sorting would be O(n log n)" names another way, "it would be O(n)" does not."""
    at = next((i for i in range(len(before) - 1, 0, -1) if before[i - 1 : i + 1] == ["would", "be"]), 0)
    return at > 1 and before[at - 2] not in _OWN_SUBJECTS


def _denied_before(words: tuple[Word, ...], flags: tuple[bool, ...], found: list["_Found"], number: int) -> bool:
    """Whether the denial was for the bound before: "not O(n), it is O(n log n)"; "not O(n) or O(n^2)" denies both."""
    if not number:
        return False
    between = [word.text for word in words[found[number - 1].last + 1 : found[number].first]]
    one_run = all(flags[found[number - 1].first : found[number].first])
    return one_run and not (set(between) & ({"or", "nor"} | NEGATORS))


def _end_with_bracket(text: str, start: int, end: int) -> int:
    missing = text.count("(", start, end) - text.count(")", start, end)
    while missing > 0 and end < len(text) and text[end] in ") ":
        missing -= text[end] == ")"
        end += 1
    return end


def _previous_end(found: list[_Found], number: int) -> int:
    return found[number - 1].last + 1 if number else 0


def _find(text: str, words: tuple[Word, ...], cues: Cues) -> list[_Found]:
    """Bounds in brackets first (they may use any names), then spoken ones among the words that are left."""
    found: list[_Found] = []
    taken: set[int] = set(cues.taken)
    starts = [word.start for word in words]
    for match in _BRACKETED.finditer(text):
        first, end = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        bound = canonical(match.group(1))
        if first < end and bound:
            found.append(_Found(bound, first, end - 1))
            taken.update(range(first, end))
    texts = [word.text for word in words]
    i = 0
    while i < len(words):
        spoken = None
        if i not in taken:
            spoken = _spoken_at(texts, i, taken) or _nothing_extra(texts, i) or _bare_letter(text, words, i)
        if spoken:
            found.append(spoken)
            i = spoken.last
        i += 1
    return sorted(found, key=lambda item: item.first)


def _spoken_at(texts: list[str], i: int, taken: set[int]) -> _Found | None:
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


_MORE = vocabulary("extra additional auxiliary further")
_ROOM = vocabulary("space memory storage")


def _nothing_extra(texts: list[str], i: int) -> _Found | None:
    """ "No extra space" is constant space."""
    if texts[i] not in ("no", "without", "zero"):
        return None
    j = i + 2 if texts[i + 1 : i + 2] == ["any"] else i + 1
    if j + 1 < len(texts) and texts[j] in _MORE and texts[j + 1] in _ROOM:
        return _Found("1", i, j + 1, "space")
    return None


_LETTERS = frozenset("nmkhvewu1")
_NAMED = vocabulary("time runtime space memory storage complexity")
_ANNOUNCES = vocabulary("usage is are would will be of just only about also")
_FOLLOWS = vocabulary("and time space memory extra because since too so as for with")
_EACH = vocabulary("each every first this one any some long")


def _bare_letter(text: str, words: tuple[Word, ...], i: int) -> _Found | None:
    """A single letter beside a word for cost: "time n, space 1", "n extra", "n for time"."""
    if words[i].text not in _LETTERS:
        return None
    behind = [word.text for word in words[i + 1 : i + 4]]
    if not behind or behind[0] in _FOLLOWS or _ends_clause(text, words, i):
        j = i - 1
        while j >= 0 and words[j].text in _ANNOUNCES and i - j < 6:
            j -= 1
        if j >= 0 and words[j].text in _NAMED and not (j and words[j - 1].text in _EACH):
            return _Found(words[i].text, i, i)
    if words[i].text == "1" or not behind:
        return None
    names = behind[0] in _ROOM | {"time", "runtime", "extra"}
    if names and (len(behind) == 1 or _ends_clause(text, words, i + 1) or behind[1] in _FOLLOWS | _ROOM):
        return _Found(words[i].text, i, i)
    return _Found(words[i].text, i, i) if behind[0] in ("for", "in") and behind[1:2] and behind[1] in _NAMED else None


def _ends_clause(text: str, words: tuple[Word, ...], i: int) -> bool:
    following = words[i + 1].start if i + 1 < len(words) else len(text)
    return any(mark in text[words[i].end : following] for mark in ".,;!?)") or i + 1 == len(words)


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


_SPOKEN = vocabulary("log logn nlogn lg ln squared square cubed one times by * + ^ plus to the power of factorial")


def _is_variable(text: str) -> bool:
    return (len(text) == 1 and text.isalpha() and text not in "ai") or text in ("nlogn", "logn", "2n", "nlog")
