"""Text into words that can be compared: folded case, no punctuation, a light stem, and where each one stood."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""
      (?P<word>[^\W_²³]+(?:['’ʼ`´][^\W\d_]+)*)   # letters and digits; "don't" is one word
    | (?P<arrow>[-=]+>|<-+)                       # an arrow separates, it says nothing
    | (?P<power>[²³])
    | (?P<symbol><=|>=|==|!=|≤|≥|<|>|\+|\^|\*\*|\*|×|·|-(?=\s*\d))
    """,
    re.VERBOSE,
)
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
_SAME_SYMBOL = {"≤": "<=", "≥": ">=", "**": "^", "×": "*", "·": "*"}
_NUMBERS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10",
}  # fmt: skip
_IRREGULAR = {
    form: base
    for line in """
        use using used|run ran|keep kept|find found|take took taken|send sent|hold held|lose lost|choose chose chosen
        break broke broken|write wrote written|give gave given|grow grew grown|rise rose risen|fall fell fallen
        throw threw thrown|build built|hide hid hidden|freeze froze frozen|shrink shrank shrunk|lead led|teach taught
        go goes went gone|see saw seen|know knew known|think thought|bring brought|buy bought|catch caught
        begin began begun|become became|come came|tell told|say said|get got gotten|make made|feel felt|meet met
        speak spoke spoken|drive drove driven|sit sat|stand stood|understand understood|win won|spend spent|pay paid
        sell sold|draw drew drawn|do did done|forget forgot forgotten|deal dealt|fight fought|fly flew flown
        eat ate eaten|wake woke woken|wear wore worn|steal stole stolen|swing swung|stick stuck|vertex vertices
        index indices|matrix matrices|supply supplies|multiply multiplied multiplies|child children|man men
        person people|woman women|half halves|leaf leaves|agree agreed|disagree disagreed
        guarantee guaranteed|free freed
    """.strip()
    .replace("\n", "|")
    .split("|")
    for base, *forms in [line.split()]
    for form in forms
}
ARTICLES = frozenset({"a", "an", "the"})


def vocabulary(words: str) -> frozenset[str]:
    """A set of words written as one text."""
    return frozenset(words.split())


def sequences(phrases: str) -> frozenset[tuple[str, ...]]:
    """A set of word sequences written as one text, separated by commas."""
    return frozenset(tuple(phrase.split()) for phrase in phrases.split(","))


@dataclass(frozen=True, slots=True)
class Word:
    """One word: folded `text`, its `stem`, and the characters `start` to `end` of the original text."""

    text: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words and mathematical signs of a text, in order. Punctuation and white space leave no trace."""
    return split(text)


def split(text: str) -> tuple[Word, ...]:
    """As `words_of`, for a text that nobody will ask for again."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        raw, (start, end) = match.group(), match.span()
        if match["arrow"]:
            continue
        if match["power"]:
            found.append(Word("^", "^", start, end))
            found.append(Word(number := "2" if raw == "²" else "3", number, start, end))
        elif match["symbol"]:
            if raw in ("*", "**") and not _multiplies(text, start, end):
                continue
            sign = _SAME_SYMBOL.get(raw, raw)
            found.append(Word(sign, sign, start, end))
        else:
            folded = unicodedata.normalize("NFKC", raw).casefold().translate(_APOSTROPHES)
            if folded:  # a lone combining mark may leave nothing
                found.append(Word(folded, stem(folded), start, end))
    return tuple(found)


def _multiplies(text: str, start: int, end: int) -> bool:
    """Whether an asterisk stands between two operands, and is not a bullet or emphasis."""
    before, after = text[:start].rstrip(" \t"), text[end:].lstrip(" \t")
    return (
        bool(before and after)
        and (before[-1].isalnum() or before[-1] in ")]")
        and (after[0].isalnum() or after[0] == "(")
    )


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A light stem: `sort`, `sorts`, `sorted` and `sorting` become one. Number words become digits."""
    word = _IRREGULAR.get(word) or _NUMBERS.get(word, word)
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= (4 if ending == "ly" else 3) and re.search("[aeiouy]", rest):
            word = rest[:-1] if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "ls" else rest
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
