"""Which fact of the bank, or sentence of the statement, a candidate's question is about. Used by `reading`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mockloop.bank.question import CodingQuestion, Fact
from mockloop.interviewer.lexicon import EVERYDAY, SMALL
from mockloop.interviewer.words import canonical, occurrences, parse, phrase_stems

SURE = 0.62
"""From this score on a question is about the fact even if it could as well propose something to do."""

TAGGED = 0.4
"""Enough when the question is a statement with "right?" behind it."""

_OUTCOME = frozenset(["return", "output", "result", "function", "exact", "value", "answer"])
"""A question of such words alone is about what comes out."""

_LEAST = 0.3
_LIKE_ENOUGH = 0.5

_EXAMPLES = re.compile(r"\n(?:\*\*|#+ )Example.*?(?=\n(?:\*\*|#+ )Constraint|\Z)", re.DOTALL)
_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)


@dataclass(frozen=True)
class _Index:
    """A fact as stems: its keywords, the words that matter in each way of asking, and all words of each."""

    fact: Fact
    keywords: tuple[tuple[str, ...], ...]
    content: tuple[frozenset[str], ...]
    asks: tuple[frozenset[str], ...]


class FactFinder:
    """The facts and the statement of one question, indexed once."""

    def __init__(self, question: CodingQuestion) -> None:
        self._facts = [_indexed(fact) for fact in question.facts]
        self._rarity = _rarity(self._facts)
        self._statement = _statement_sentences(question)

    def best(self, stems: Sequence[str]) -> tuple[Fact | None, float]:
        """The fact that a question is about, and how surely (0 to about 1)."""
        words = frozenset(stems)
        best: tuple[Fact | None, float] = (None, 0.0)
        for index in self._facts:
            score = self._score(index, stems, words)
            if score > best[1]:
                best = (index.fact, score)
        return best if best[1] >= _LEAST else (None, best[1])

    def _score(self, index: _Index, stems: Sequence[str], words: frozenset[str]) -> float:
        hits = [phrase for phrase in index.keywords if occurrences(phrase, stems)]
        likeness = max(self._likeness(words - SMALL, asked) for asked in index.content)
        if not hits:
            return likeness if likeness >= _LIKE_ENOUGH else 0.0
        rarest = min(1.0, max(self._weight(phrase) for phrase in hits))
        same_words = max(len(words & asked) / len(words | asked) for asked in index.asks)
        return 0.45 * likeness + 0.4 * rarest + 0.05 * min(len(hits), 3) + 0.1 * same_words

    def _likeness(self, content: frozenset[str], asked: frozenset[str]) -> float:
        """Overlap of two sets of words in which rare words count more: 0 to 1."""
        shared = sum(self._rarity.get(word, 1.0) for word in content & asked)
        union = sum(self._rarity.get(word, 1.0) for word in content | asked)
        return shared / union if union else 0.0

    def _weight(self, phrase: Sequence[str]) -> float:
        return sum(self._rarity.get(word, 1.0) for word in phrase) / (1.2 if len(phrase) == 1 else 1.6)

    def stated(self, stems: Sequence[str]) -> str:
        """The sentence of the statement that holds most of what a question asks about; empty if none holds half."""
        content = frozenset(stems) - SMALL - EVERYDAY
        if content <= _OUTCOME and content:
            return next((sentence for sentence, words in self._statement if "return" in words), "")
        best, most = "", 0.0
        for sentence, words in self._statement:
            shared = content & words
            share = len(shared) / len(content) if len(shared) >= 2 else 0.0
            if share > most:
                best, most = sentence, share
        return best if most >= _LIKE_ENOUGH else ""


def _indexed(fact: Fact) -> _Index:
    asks = tuple(frozenset(phrase_stems(ask)) for ask in fact.asks)
    keywords = tuple(phrase_stems(keyword) for keyword in fact.keywords)
    return _Index(fact, keywords, tuple(ask - SMALL for ask in asks), asks)


def _rarity(facts: Sequence[_Index]) -> dict[str, float]:
    """Weight of a word, 0.25 to 1: the fewer facts it belongs to, the more it tells."""
    holders: dict[str, int] = {}
    for index in facts:
        for word in frozenset[str]().union(*index.asks, *index.keywords):
            holders[word] = holders.get(word, 0) + 1
    return {word: max(0.25, 1.0 / count) for word, count in holders.items()}


def _statement_sentences(question: CodingQuestion) -> list[tuple[str, frozenset[str]]]:
    """The sentences of the task itself, without examples and blocks, each with the words that matter in it."""
    prose = _BLOCK.sub("\n", _EXAMPLES.sub("\n", question.statement)).replace("\n- ", "\n\n")
    paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", prose)]
    found = [sentence for paragraph in paragraphs for sentence in parse(paragraph).sentences]
    return [
        (sentence.written, frozenset(canonical(sentence.words)) - SMALL - EVERYDAY)
        for sentence in found
        if len(sentence.words) >= 4 and not sentence.written.startswith(("**", "#"))
    ]
