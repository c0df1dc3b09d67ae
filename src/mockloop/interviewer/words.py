"""A message in the form in which `reading` compares it: sentences, stems, synonyms made equal, slips put right.

Words, stems and denials are those of `mockloop.language`, so that the judge reads the same; here they are made quick to
compare with the some hundred phrases of a question at once.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mockloop.language import sentences, stem, words_of
from mockloop.language.negation import denied

SENTENCE_LIMIT = 500
"""Characters of a sentence; a longer one is read in pieces, so that no pattern ever sees a long text."""

SENTENCES_LIMIT = 80
"""Sentences of a message that are read."""

READ_LIMIT = 4000
"""Characters of a message that are read; what comes after is pasted code or worse."""

_CODE_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": ",", "θ": "o"})
_POWERS = str.maketrans({"²": "^2", "³": "^3", "ⁿ": "^n", "Θ": "O"})

_NEGATIVE_CONTRACTIONS = (
    (re.compile(r"\bwon'?t\b"), "will not"),
    (re.compile(r"\bca(?:n'?t|nnot)\b"), "can not"),
    (re.compile(r"\b(do|does|did|is|are|was|were|would|could|should|have|has|need|must)n'?t\b"), r"\1 not"),
)
_CONTRACTIONS = (
    (re.compile(r"\b(i|we|you|they|it|he|she|that|there|what|who)'d\b"), r"\1 would"),
    (re.compile(r"\b(i|we|you|they|it|he|she|that|there|what|who)'ll\b"), r"\1 will"),
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(r"\b(we|you|they)'re\b"), r"\1 are"),
    (re.compile(r"\b(i|we|you|they)'ve\b"), r"\1 have"),
    (re.compile(r"\b(it|that|there|what|how|where|who|he|she|here)'s\b"), r"\1 is"),
    (re.compile(r"\blet'?s\b"), "let us"),
    (re.compile(r"\bwhats\b"), "what is"),
    (re.compile(r"\bcannot\b"), "can not"),
    (re.compile(r"\bgonna\b"), "going to"),
    (re.compile(r"\bdunno\b"), "do not know"),
    (re.compile(r"\bidk\b"), "i do not know"),
    (re.compile(r"\b(?:pls|plz)\b"), "please"),
    (re.compile(r"\b(that|there|what)s (?=[a-z])"), r"\1 is "),
    (re.compile(r"^\W*r (?=[a-z])"), "are "),
    (re.compile(r"\bu\b(?= [a-z])"), "you"),
)

FILLERS = frozenset(
    ["a", "an", "the", "of", "my", "our", "this", "that", "these", "those", "just", "then", "also", "really"]
)
"""Words that may stand in a phrase or not without changing what it says."""

_CONDITIONS = frozenset(["if", "when", "while", "until", "unless", "whenever", "whether"])
_SUBJECTS = frozenset(["i", "we", "you"])

_PARAPHRASES = (
    (
        re.compile(r"\b(?:one|a) (?:pointer|index|finger|marker) (?:at|from|on|in) (?:the )?(?:very )?"
                   r"(?:start|begin\w*|left|front|head|end|right|back|each|either)\b"),
        "two pointers from both ends",
    ),
    (re.compile(r"\bpointers? (?:at|from|on) (?:both|each|either|opposite)\b"), "two pointers from both ends"),
)  # fmt: skip
"""Ways of putting a technique that no single phrase of the bank would find, and its name, added to what was said."""

_SYNONYMS = {
    "hash map": "hashmap", "hash table": "hashmap", "hashtable": "hashmap", "dictionary": "hashmap", "dict": "hashmap",
    "hash set": "hashset", "lookup table": "hashmap",
    "priority queue": "heap", "heapq": "heap", "minheap": "min heap", "maxheap": "max heap",
    "iterate": "loop", "traverse": "loop", "scan": "loop", "go through": "loop", "walk through": "loop",
    "run through": "loop", "step through": "loop", "go over": "loop", "walk": "loop", "pass over": "loop",
    "indices": "index", "indexes": "index", "idx": "index",
    "recursive": "recurse", "recursion": "recurse", "recursively": "recurse",
    "dp": "dynamic programming", "memoization": "memo", "memoize": "memo", "memoise": "memo", "memoisation": "memo",
    "bfs": "breadth first", "dfs": "depth first",
    "bruteforce": "brute force", "nested loops": "nested loop", "double loop": "nested loop",
    "increment": "add one", "plus one": "add one",
    "biggest": "largest", "greatest": "largest", "maximum": "max", "minimum": "min", "lowest": "smallest",
    "num": "number", "nums": "numbers", "elem": "element", "elems": "element", "arr": "array",
    "substring": "substring", "char": "character", "chars": "character",
}  # fmt: skip


def plain(text: str) -> str:
    """Lower case, plain quotes, contractions written out, powers as `^2`."""
    text = unicodedata.normalize("NFKC", text[:READ_LIMIT].translate(_POWERS)).casefold().translate(_QUOTES)
    if "nt" in text or "n't" in text:
        for pattern, put in _NEGATIVE_CONTRACTIONS:
            text = pattern.sub(put, text)
    for pattern, put in _CONTRACTIONS:
        text = pattern.sub(put, text)
    return text


@dataclass(frozen=True)
class Sentence:
    """One sentence: as written, in plain form, and its words."""

    written: str
    plain: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word.text for word in words_of(self.plain))

    @cached_property
    def asks(self) -> bool:
        return self.written.rstrip('"”’) ').endswith("?")

    def read(self, correct: Callable[[str], str]) -> tuple[tuple[str, ...], frozenset[int]]:
        """Its stems, spelling put right, and the positions among them that a negation covers: "without sorting" does
        not propose to sort."""
        kept = [at for at, word in enumerate(self.words) if word not in FILLERS]
        stems, origins = _merged([correct(stem(self.words[at])) for at in kept])
        flags = _denials(self.plain, self.words)
        meant = tuple(
            word for pattern, phrase in _PARAPHRASES if pattern.search(self.plain) for word in phrase_stems(phrase)
        )
        return stems + meant, frozenset(at for at, origin in enumerate(origins) if flags[kept[origin]])


def _denials(text: str, words: Sequence[str]) -> list[bool]:
    """What `language` calls denied, but for negations that only belong to a condition ("if it is not in the map, …")
    and for what a new subject begins ("instead of a heap I use a stack")."""
    flags = list(denied(words_of(text)))
    for at, word in enumerate(words):
        if not flags[at]:
            continue
        begins = at == 0 or not flags[at - 1]
        if (
            (begins and word in ("not", "no") and any(w in _CONDITIONS for w in words[max(0, at - 8) : at]))
            or (begins and word == "not" and _suggests(words, at))
            or (word in _SUBJECTS and at >= 3 and any(w in ("instead", "rather") for w in words[max(0, at - 6) : at]))
        ):
            _clear(flags, at)
    return flags


def _suggests(words: Sequence[str], at: int) -> bool:
    """ "can't we sort": a negation in form only."""
    return (
        at >= 1
        and at + 1 < len(words)
        and words[at + 1] in _SUBJECTS
        and words[at - 1] in ("can", "could", "would", "do")
    )


def _clear(flags: list[bool], at: int) -> None:
    while at < len(flags) and flags[at]:
        flags[at] = False
        at += 1


@dataclass(frozen=True)
class Text:
    """A message, cut into sentences. `has_code` says that it brought a block of code, which is not read as words."""

    sentences: tuple[Sentence, ...]
    has_code: bool

    @cached_property
    def plain(self) -> str:
        return " ".join(sentence.plain for sentence in self.sentences)


def parse(text: str) -> Text:
    """The sentences of a message. Linear in its length."""
    read = text[:READ_LIMIT]
    prose = _CODE_FENCE.sub("\n", read)
    found: list[Sentence] = []
    for piece in _sentence_texts(prose):
        sentence = Sentence(piece.strip(), plain(piece))
        if sentence.words:
            found.append(sentence)
        if len(found) == SENTENCES_LIMIT:
            break
    return Text(tuple(found), has_code=len(prose) < len(read))


def _sentence_texts(prose: str) -> Iterator[str]:
    for line in prose.split("\n"):
        for span in sentences(line):
            for written in line[span.start : span.end].split(";"):
                yield from (written[at : at + SENTENCE_LIMIT] for at in range(0, len(written), SENTENCE_LIMIT))


def canonical(words: Iterable[str]) -> tuple[str, ...]:
    """Stems without fillers, synonyms made equal."""
    return _merged([stem(word) for word in words if word not in FILLERS])[0]


def _merged(stems: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The stems with synonyms replaced, and for each the position that it came from."""
    table = _synonyms()
    result: list[str] = []
    origins: list[int] = []
    at = 0
    while at < len(stems):
        pair = table.get((stems[at], stems[at + 1])) if at + 1 < len(stems) else None
        meaning = pair or table.get((stems[at],)) or (stems[at],)
        result += meaning
        origins += [at] * len(meaning)
        at += 2 if pair else 1
    return tuple(result), tuple(origins)


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    return {
        tuple(stem(word) for word in phrase.split()): tuple(stem(word) for word in meaning.split())
        for phrase, meaning in _SYNONYMS.items()
    }


def synonym_stems() -> frozenset[str]:
    """All words that have a synonym here, for a speller to know."""
    return frozenset(word for phrase in _synonyms() for word in phrase)


@lru_cache(maxsize=16384)
def phrase_stems(phrase: str) -> tuple[str, ...]:
    """A phrase in the form in which `occurrences` looks for it."""
    words = [word.text for word in words_of(plain(phrase))]
    return canonical(words) or tuple(stem(word) for word in words)


def occurrences(phrase: Sequence[str], stems: Sequence[str]) -> list[int]:
    """Where the phrase begins in the stems. Longer phrases may have one foreign word between two of theirs."""
    if not phrase or phrase[0] not in stems:
        return []
    return [at for at, word in enumerate(stems) if word == phrase[0] and _continues(phrase, stems, at)]


def _continues(phrase: Sequence[str], stems: Sequence[str], at: int) -> bool:
    at += 1
    for word in phrase[1:]:
        if at < len(stems) and stems[at] == word:
            at += 1
        elif word.isalpha() and at + 1 < len(stems) and stems[at + 1] == word:
            at += 2
        else:
            return False
    return True


class Speller:
    """Puts small typos right: a word within one slip of a known one becomes that one. Built once per question."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._slips: dict[str, str] = {}
        for word in sorted(self._known):
            if len(word) >= 5 and word.isalpha():
                for slip in (word, *_slips(word)):
                    self._slips.setdefault(slip, word)

    def correct(self, word: str) -> str:
        """The known word this one was meant to be, or the word itself."""
        if word in self._known or len(word) < 5 or not word.isalpha():
            return word
        for slip in (word, *_slips(word)):
            meant = self._slips.get(slip)
            if meant is not None and meant[0] == word[0] and abs(len(meant) - len(word)) <= 1:
                return meant
        return word


def _slips(word: str) -> list[str]:
    """The word with one letter left out, first letter kept: what two spellings one slip apart have in common."""
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]
