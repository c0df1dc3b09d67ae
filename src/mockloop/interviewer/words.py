"""Words of a message in a form that can be compared: sentences, stems, phrases, small typos, what a "not" covers.

Read by `reading` and `complexity`; nothing here knows about interviews.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

READ_LIMIT = 6000
"""Characters of a message that are read; what comes after is pasted code or worse."""

_CODE_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.](?=\w)[^.!?;\n]*)*[.!?;]*")
_TOKEN = re.compile(r"[a-z]+|[+\-]?\d+|<=|>=|==|!=|[\^*/+<>=]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": ", "})
_POWERS = str.maketrans({"²": "^2", "³": "^3", "ⁿ": "^n", "√": " sqrt ", "×": " * ", "·": " * ", "Θ": "O", "θ": "o"})

_CONTRACTIONS = (
    (re.compile(r"\b(wo|ca|sha)n'?t\b"), {"wo": "will not", "ca": "can not", "sha": "shall not"}),
    (re.compile(r"\b(do|does|did|is|are|was|were|would|could|should|have|has|need|must)n'?t\b"), None),
)
_ENDINGS = (
    (re.compile(r"\b(i|we|you|they|it|he|she|that|there|what|who)'d\b"), r"\1 would"),
    (re.compile(r"\b(i|we|you|they|it|he|she|that|there|what|who)'ll\b"), r"\1 will"),
    (re.compile(r"\b(i)'?m\b"), r"\1 am"),
    (re.compile(r"\b(we|you|they)'re\b"), r"\1 are"),
    (re.compile(r"\b(i|we|you|they)'ve\b"), r"\1 have"),
    (re.compile(r"\b(it|that|there|what|how|where|who|he|she|here)'s\b"), r"\1 is"),
    (re.compile(r"\blet'?s\b"), "let us"),
    (re.compile(r"\bwhats\b"), "what is"),
    (re.compile(r"\bcannot\b"), "can not"),
    (re.compile(r"\b(gonna)\b"), "going to"),
    (re.compile(r"\b(dunno)\b"), "do not know"),
    (re.compile(r"\bidk\b"), "i do not know"),
    (re.compile(r"\bpls|plz\b"), "please"),
)

FILLERS = frozenset(
    ["a", "an", "the", "of", "my", "our", "this", "that", "these", "those", "just", "then", "also", "really"]
)
"""Words that may stand in a phrase or not without changing what it says."""

NEGATORS = frozenset(["not", "no", "never", "without", "avoid", "nor", "neither", "unlike"])
_NEGATING_PAIRS = frozenset([("instead", "of"), ("rather", "than")])
_NOT_NEGATING_NEXT = frozenset(
    ["only", "just", "in", "already", "yet", "equal", "seen", "found", "present", "visited", "empty", "null", "none",
     "more", "less", "problem", "matter", "least", "sure", "longer", "bad", "be", "exceed"]
)  # fmt: skip
_CLAUSE_ENDS = frozenset(["but", "because", "so", "then", "however", "instead", "though", "although", "since", "and"])
_CONDITIONS = frozenset(["if", "when", "while", "until", "unless", "whenever", "where", "whose", "which"])
_NEGATION_REACH = 7

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


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without its inflection, well enough that `sorting`, `sorted` and `sorts` agree."""
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ation", "ate"), ("ings", ""), ("ing", ""), ("edly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return _bare(word[: -len(ending)] + put)
    if word.endswith("ied"):
        return word[:-3] + "y"
    if word.endswith("ed") and len(word) > 4 and not word.endswith("eed"):
        return _bare(word[:-2])
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return _bare(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _bare(word[:-1])
    return _bare(word)


def _bare(word: str) -> str:
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def plain(text: str) -> str:
    """Lower case, plain quotes, contractions written out, powers as `^2`."""
    text = unicodedata.normalize("NFKC", text[:READ_LIMIT].translate(_POWERS)).casefold().translate(_QUOTES)
    if "n't" in text or "nt" in text:
        for pattern, table in _CONTRACTIONS:
            if table is None:
                text = pattern.sub(r"\1 not", text)
            else:
                text = pattern.sub(lambda found, table=table: table[found.group(1)], text)
    for pattern, put in _ENDINGS:
        text = pattern.sub(put, text)
    return text


@dataclass(frozen=True)
class Sentence:
    """One sentence: as written, in plain form, and as stems with what a negation covers."""

    written: str
    plain: str
    words: tuple[str, ...]
    asks: bool

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return canonical(self.words)

    @cached_property
    def negated(self) -> frozenset[int]:
        """Positions in `stems` that stand under a negation: "without sorting" does not propose to sort."""
        return _negated(self.stems)


@dataclass(frozen=True)
class Text:
    """A message, cut into sentences. `has_code` says that it brought a block of code, which is not read as words."""

    sentences: tuple[Sentence, ...]
    has_code: bool

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(word for sentence in self.sentences for word in sentence.stems)

    @cached_property
    def plain(self) -> str:
        return " ".join(sentence.plain for sentence in self.sentences)


def parse(text: str) -> Text:
    """The sentences of a message. Linear in its length."""
    prose = _CODE_FENCE.sub("\n", text[:READ_LIMIT])
    sentences: list[Sentence] = []
    for found in _SENTENCE.finditer(prose):
        written = found.group().strip()
        lowered = plain(written)
        words = tuple(_TOKEN.findall(lowered))
        if words:
            sentences.append(Sentence(written, lowered, words, written.rstrip('"”’) ').endswith("?")))
    return Text(tuple(sentences), has_code=len(prose) < len(text[:READ_LIMIT]))


def canonical(words: Iterable[str]) -> tuple[str, ...]:
    """Stems without fillers, synonyms made equal."""
    stems = [stem(word) for word in words if word not in FILLERS]
    result: list[str] = []
    at = 0
    while at < len(stems):
        pair = _synonyms().get((stems[at], stems[at + 1])) if at + 1 < len(stems) else None
        single = _synonyms().get((stems[at],))
        if pair is not None:
            result += pair
            at += 2
        else:
            result += single if single is not None else (stems[at],)
            at += 1
    return tuple(result)


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    return {
        tuple(stem(word) for word in phrase.split()): tuple(stem(word) for word in meaning.split())
        for phrase, meaning in _SYNONYMS.items()
    }


@lru_cache(maxsize=16384)
def phrase_stems(phrase: str) -> tuple[str, ...]:
    """A phrase in the form in which `occurrences` looks for it."""
    words = _TOKEN.findall(plain(phrase))
    return canonical(words) or tuple(stem(word) for word in words)


def _negated(stems: Sequence[str]) -> frozenset[int]:
    covered: set[int] = set()
    for at, word in enumerate(stems):
        pair = (word, stems[at + 1]) if at + 1 < len(stems) else (word, "")
        if word not in NEGATORS and pair not in _NEGATING_PAIRS:
            continue
        following = pair[1]
        if word == "not" and following in _NOT_NEGATING_NEXT or _is_suggestion(stems, at):
            continue
        if any(earlier in _CONDITIONS for earlier in stems[max(0, at - 6) : at]):
            continue
        for position in range(at + 1, min(len(stems), at + 1 + _NEGATION_REACH)):
            if stems[position] in _CLAUSE_ENDS and position > at + 1:
                break
            covered.add(position)
    return frozenset(covered)


def _is_suggestion(stems: Sequence[str], at: int) -> bool:
    """ "why not sort", "can't we sort": a negation in form only."""
    before = stems[at - 1] if at else ""
    after = stems[at + 1] if at + 1 < len(stems) else ""
    return before in ("why", "whether", "or") or (before in ("can", "could", "would", "do") and after in ("we", "i", "you"))


def occurrences(phrase: Sequence[str], stems: Sequence[str]) -> list[int]:
    """Where the phrase begins in the stems. Longer phrases may have one foreign word between two of theirs."""
    if not phrase:
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
                for slip in _slips(word):
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
