"""Whether a phrase of the bank stands in a sentence, as far as content needs to be checked.

The interviewer reads more cleverly (typos, synonyms, negation). What matches here matches there.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "²": "^2", "³": "^3", "-": " "})
_ENDING = r"(?:s|es|ed|d|ing)?"


def plain(text: str) -> str:
    """Lower case, plain quotes, hyphens and runs of white space as one blank."""
    return " ".join(text.translate(_PLAIN).casefold().split())


def stands_in(phrase: str, text: str) -> bool:
    """Whether the whole phrase stands in the text; its last word may be inflected."""
    return _pattern(phrase).search(plain(text)) is not None


def says_all(groups: Sequence[Iterable[str]], text: str) -> bool:
    """Whether the text has one phrase of each group."""
    return bool(groups) and all(any(stands_in(phrase, text) for phrase in group) for group in groups)


@lru_cache(maxsize=8192)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = plain(phrase)
    before = r"(?<![a-z0-9])" if words[:1].isalnum() else ""
    after = _ENDING + r"(?![a-z0-9])" if words[-1:].isalnum() else ""
    return re.compile(before + re.escape(words) + after)
