"""Turns the parts of a move into words: which wording, never the same sentence twice in a session, brief, safe to show.

The choice follows from seed and seq alone. `compose` is called once a turn by `built_in`.
"""

import hashlib
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

BRIEF_WORDS = 60
"""A turn longer than this loses its optional parts. Texts of the bank (hints, facts) are never cut."""

GREETING_WORDS = 95
"""The greeting also presents the problem."""

QUOTE_WORDS = 14

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_NOT_PROSE = re.compile(r"[={}\[\]<>|\\]|https?:|www\.|://|@|\b(?:def|function|const|return|import)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+|[+*/^<>=-]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_BULLET = re.compile(r"^(?:[-+•]|\d+[.)])\s*")


@dataclass(frozen=True)
class Part:
    """A piece of a turn: a key of `phrases.toml` with its slots, or ready texts in order of preference.

    An optional part is dropped when the turn would get long; a `block` stands in a paragraph of its own.
    """

    key: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    optional: bool = False
    block: bool = False


def phrase(key: str, *, optional: bool = False, block: bool = False, **slots: str) -> Part:
    """A part in one of the wordings of `key`."""
    return Part(key=key, slots=tuple(slots.items()), optional=optional, block=block)


def verbatim(*texts: str, optional: bool = False, block: bool = False) -> Part:
    """A part in the bank's own words, the first of `texts` that was not said yet."""
    return Part(texts=tuple(_one_breath(text) for text in texts), optional=optional, block=block)


@dataclass(frozen=True)
class PhraseBook:
    wordings: Mapping[str, tuple[str, ...]]
    leads: tuple[str, ...]
    numbered: str


@lru_cache(maxsize=1)
def phrase_book() -> PhraseBook:
    """The wordings of `phrases.toml`, by `table.key`."""
    table = tomllib.loads((files("mockloop.interviewer") / "phrases.toml").read_text("utf-8"))
    wordings = {
        f"{group}.{key}": tuple(texts)
        for group, keys in table.items()
        if isinstance(keys, dict)
        for key, texts in keys.items()
    }
    return PhraseBook(wordings, tuple(table["leads"]), str(table["numbered"]))


def compose(parts: Sequence[Part], *, seed: str, seq: int, earlier: Iterable[str], limit: int = BRIEF_WORDS) -> str:
    """The text of a turn, in sentences no `earlier` message has. Optional parts go when it has over `limit` words."""
    said = _Said(earlier)
    kept = list(parts)
    text = _written(kept, seed, seq, said)
    while len(text.split()) > limit and any(part.optional for part in kept):
        last = max(i for i, part in enumerate(kept) if part.optional)
        del kept[last]
        text = _written(kept, seed, seq, said)
    return text


class _Said:
    """What stands in the session already: its sentences, and how messages and sentences began."""

    def __init__(self, earlier: Iterable[str]) -> None:
        self.sentences: set[str] = set()
        self.openings: Counter[str] = Counter()
        for text in earlier:
            for sentence in sentences_of(text):
                self.sentences.add(sentence)
                self.openings[_opening(sentence)] += 1

    def allows(self, text: str, also: set[str]) -> bool:
        own = sentences_of(text)
        return len(own) == len(set(own)) and not any(s in self.sentences or s in also for s in own)

    def wear(self, text: str) -> int:
        """How worn the beginnings of its sentences are."""
        return sum(self.openings[_opening(sentence)] for sentence in sentences_of(text))


def _written(parts: Sequence[Part], seed: str, seq: int, said: _Said) -> str:
    here: set[str] = set()
    text = ""
    for i, part in enumerate(parts):
        chosen = _chosen(part, f"{seed}/{seq}/{i}", said, here)
        here.update(sentences_of(chosen))
        text += chosen if not text else ("\n\n" if part.block else " ") + chosen
    return text


def _chosen(part: Part, lot: str, said: _Said, here: set[str]) -> str:
    wordings = part.texts or tuple(_filled(text, part.slots) for text in phrase_book().wordings[part.key])
    fresh = [text for text in wordings if said.allows(text, here)]
    if fresh and part.texts:
        return fresh[0]
    if fresh:
        return min(fresh, key=lambda text: (said.wear(text), _lot(lot, text)))
    return _restated(wordings[_lot(lot, "") % len(wordings)], lot, said, here)


def _restated(text: str, lot: str, said: _Said, here: set[str]) -> str:
    """The text as one new sentence behind a lead. Never runs out: the leads end in a number that grows."""
    book = phrase_book()
    joined = _as_one_sentence(text)
    for lead in sorted(book.leads, key=lambda lead: (said.openings[_opening(_normal(lead))], _lot(lot, lead))):
        if said.allows(lead + joined, here):
            return lead + joined
    number = len(said.sentences)
    while not said.allows(book.numbered.format(number=number) + joined, here):
        number += 1
    return book.numbered.format(number=number) + joined


def _as_one_sentence(text: str) -> str:
    pieces = [piece.strip() for piece in _SENTENCE_END.split(text) if piece.strip()]
    inner = [lowered(piece.rstrip(".!?:")) for piece in pieces[:-1]]
    return "; ".join([*inner, lowered(pieces[-1])])


def _filled(text: str, slots: Iterable[tuple[str, str]]) -> str:
    for name, value in slots:
        text = text.replace("{" + name + "}", value)
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The text with a small first letter, unless it begins with a name, code or "I"."""
    first = text.split(" ", 1)[0]
    keeps = not first.isalpha() or first == "I" or first[1:] != first[1:].lower() or first in _NAMES
    return text if keeps else text[0].lower() + text[1:]


_NAMES = frozenset(["Python", "JavaScript", "TypeScript", "Example", "I"])


def _one_breath(text: str) -> str:
    """ "Yes." and "No." at the beginning join their sentence: alone they would be said twice in a session."""
    found = re.match(r"(Yes|No)[.!] +(?=\S)", text)
    return f"{found.group(1)}, {lowered(text[found.end() :])}" if found else text


@lru_cache(maxsize=8192)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text in a form in which equal ones are equal."""
    return tuple(normal for piece in _SENTENCE_END.split(text) if (normal := _normal(piece)))


def _normal(sentence: str) -> str:
    return " ".join(_WORD.findall(sentence.casefold()))


def _opening(normal: str) -> str:
    return " ".join(normal.split(" ", 2)[:2])


def _lot(*of: str) -> int:
    return int.from_bytes(hashlib.blake2b("/".join(of).encode(), digest_size=6).digest(), "big")


def quoted(words: str) -> str:
    """The candidate's words, cut and escaped for Markdown, in quotation marks; empty if they are not plain prose."""
    visible = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in words)
    if _NOT_PROSE.search(visible):
        return ""
    all_words = _BULLET.sub("", re.sub(r"[“”\"„«»]", "", " ".join(visible.split()))).split()
    cut = " ".join(all_words[:QUOTE_WORDS])
    if len(cut) > 140 or not cut:
        return ""
    cut = re.sub(r"[.!?:;]+(?=\s)", ",", cut).rstrip(" .,;:!?-")
    escaped = _MARKDOWN.sub(r"\\\1", cut)
    return f"“{escaped} …”" if len(all_words) > QUOTE_WORDS else f"“{escaped}”"


def pieces(text: str) -> Iterator[str]:
    """The text in a few pieces for showing it as it comes; together they are the text."""
    at = 0
    for found in re.finditer(r"(?:\S+\s*){1,6}", text):
        yield text[at : found.end()]
        at = found.end()
