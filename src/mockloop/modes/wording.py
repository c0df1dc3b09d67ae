"""What no text of a model may hold, whoever reads it: codes, the prompt, refusals, markup, verdicts on the person."""

import re
import unicodedata
from collections.abc import Iterable

RUN_OF_PROMPT = 8
"""So many words in a row, shared with the instructions, show the prompt."""

Runs = frozenset[tuple[str, ...]]

_NUMBER = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)"
_ABOUT_TESTS = r"(?!\s*(?:\w+\s+){0,2}(?:tests?|cases?|runs?))"
_WILL = r"(?:['’](?:ve|d|ll)| have| would| will| could| did| are going to| should)"

_VERDICTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_NUMBER}\s*(?:/|out of)\s*(?:10|100|ten|a hundred)\b{_ABOUT_TESTS}",
        r"\b\d+ of (?:10|100)\b(?=\s*(?:[.,;!?]|$|points|for you))",
        r"\b\d{1,3} ?(?:points?|percent|%) (?:for|to) (?:you|this|that|your)\b",
        rf"\byou{_WILL} (?:\w+ly )?(?:pass|fail|succeed)(?:ed)?\b(?! (?:\w+ )?(?:tests?|cases?|an?|in|it|them)\b)",
        r"\byou(?: are|['’]re)? (?:pass|fail)(?:ed|ing)?\s*(?:[.,!]|$|as )",
        r"\b(?:pass|fail)(?:ed|ing)? (?:the|this|your) (?:interview|round|screen)\b",
        r"\b(?:strong|no|lean|clear) hire\b|\bhire you\b|\bhired\b|\bhiring (?:decision|recommendation)\b",
        r"\byour (?:final |overall )?(?:score|mark|grade|rating)s?\b|\b(?:full|perfect|top) (?:score|mark|grade)s?\b",
        r"\bI(?:['’](?:d|ll)| would| will)? (?:rate|score|grade|mark) (?:you|this|that|your)\b",
    )
)

_REFUSAL = re.compile(
    r"\b(?:as an? (?:ai|language model|large language)|i(?:'m| am|’m) (?:just )?an? (?:ai|language model)|"
    r"i(?:'m| am|’m) (?:sorry|afraid),? (?:but )?(?:i )?(?:can(?:no|')t|cannot|can’t|won't|am unable|am not able)|"
    r"i (?:can't|cannot|can’t|won't) (?:help|assist|comply|continue) with)",
    re.IGNORECASE,
)

_CODED = re.compile(r"[A-Za-z0-9+/=_-]{40,}")
"""Longer than any word: something written so that it is not read here."""

_MARKUP = re.compile(r"https?:|www\.|\]\(|!\[|</?[a-z][^>]*>|```|~~~|\bjavascript:|\bdata:\w+/", re.IGNORECASE)

_PROMPT = re.compile(
    r"\bmaterial id=|\bsystem prompt\b|\bmy (?:instructions|rules|prompt) (?:are|is|say)", re.IGNORECASE
)

_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def word_runs(text: str, length: int) -> Runs:
    """Every run of so many words."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def prompt_runs(texts: Iterable[str]) -> Runs:
    """The runs of words by which texts of ours are known when a model repeats them."""
    return frozenset[tuple[str, ...]]().union(*(word_runs(text, RUN_OF_PROMPT) for text in texts))


def offence_in(text: str, *, nonce: str, prompt: Runs) -> str | None:
    """Why a text may not be shown: `coded`, `prompt`, `refusal`, `markup` or `verdict`; None when it may.

    `nonce` is the id of the fences in the prompt, `prompt` the runs of words of texts that are not for the reader.
    """
    if _CODED.search(text) or any(unicodedata.category(c) in _INVISIBLE and c not in "\n\t\r" for c in text):
        return "coded"
    text = unicodedata.normalize("NFKC", text)
    if nonce in text or _PROMPT.search(text) or word_runs(text, RUN_OF_PROMPT) & prompt:
        return "prompt"
    if _REFUSAL.search(text):
        return "refusal"
    if _MARKUP.search(text):
        return "markup"
    return "verdict" if any(verdict.search(text) for verdict in _VERDICTS) else None
