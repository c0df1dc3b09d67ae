"""What a sentence says that somebody did or is: led, hired, was promoted. `grounding` compares these.

Each line of `claims.txt` is one kind: words that claim it, and further words that ground it when a source has them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from mockloop.language.words import Word, split, vocabulary

_ASKED = re.compile(r"\s*(?:tell|describe|give|share|explain|walk)\b|.*\?[\"'”’)\]\s]*$", re.IGNORECASE | re.DOTALL)
"""A question or a request, which says of nobody that they did it."""
_NEGATIONS = vocabulary("""
    not no never without nobody neither nor cannot didnt dont doesnt wasnt werent isnt arent havent hasnt hadnt wouldnt
    couldnt cant wont shouldnt
""")
_NEGATION_REACHES = 4
"""Words."""
_PLAIN_FORMS = vocabulary(
    "lead manage supervise oversee mentor hire recruit launch publish graduate negotiate invent award patent"
)
_PEOPLE = vocabulary("i we who you they he she")
_ADJECTIVES = frozenset({"leading", "founding", "managing"})
_BEFORE_A_VERB = vocabulary("am is are was were been be by from after for while when")


def claims_in(sentence: str) -> list[tuple[int, str]]:
    """What a sentence claims, as a kind and the word; not what it denies or asks."""
    return _found(sentence, _kinds()[0])


def grounds_in(sentence: str) -> set[int]:
    """The kinds of claims that a source's sentence grounds."""
    claiming, grounding = _kinds()
    said = {kind for kind, _ in _found(sentence, claiming)}
    return said | {kind for kind, _ in _found(sentence, grounding)}


def _found(sentence: str, kinds: dict[str, int]) -> list[tuple[int, str]]:
    if _ASKED.match(sentence):
        return []
    words, denied = split(sentence), -_NEGATION_REACHES - 1
    found: list[tuple[int, str]] = []
    for at, word in enumerate(words):
        if word.text in _NEGATIONS:
            denied = at
        elif word.text in kinds and at - denied > _NEGATION_REACHES and _is_deed(words, at):
            found.append((kinds[word.text], word.text))
    return found


def _is_deed(words: Sequence[Word], at: int) -> bool:
    """Not "that leads to", "managed to", "the leading cause", or "lead with the result" to somebody."""
    said = words[at].text
    before = words[at - 1].text if at else ""
    after = [word.text for word in words[at + 1 : at + 3]]
    if words[at].stem in ("lead", "manag") and "to" in after and (after[0] == "to" or after[0] in ("me", "us", "you")):
        return False
    if said in _ADJECTIVES:
        return before in _BEFORE_A_VERB
    return said not in _PLAIN_FORMS or before in _PEOPLE or said in ("award", "patent")


@lru_cache(maxsize=1)
def _kinds() -> tuple[dict[str, int], dict[str, int]]:
    lines = (files("mockloop.modes") / "claims.txt").read_text("utf-8").splitlines()[1:]
    claiming: dict[str, int] = {}
    grounding: dict[str, int] = {}
    for kind, line in enumerate(lines):
        claims, others = line.split("|")
        claiming |= dict.fromkeys(claims.split(), kind)
        grounding |= dict.fromkeys((*claims.split(), *others.split()), kind)
    return claiming, grounding
