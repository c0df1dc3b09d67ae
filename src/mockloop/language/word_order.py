"""Whether neighbouring words follow each other as in English: which kinds of words stand side by side, and how often.

The table was made by `bench/judging/word_order.py` from human answers. It tells shuffled words from sentences.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from mockloop.language.words import vocabulary

KINDS = ("the", "of", "to", "prep", "subj", "be", "and", "join", "other", "ing", "sign", "word")

_MEMBERS = {
    "the": vocabulary("the a an each every this these those my its their our your"),
    "of": vocabulary("of"),
    "to": vocabulary("to"),
    "prep": vocabulary("in on at by for with from into through over as than per between"),
    "subj": vocabulary("i we you he she it they there"),
    "be": vocabulary(
        """is are was were be been am do does did have has had can could will would should may might must ill id im ive
        itll thats theres dont doesnt didnt isnt arent cant cannot wont wouldnt"""
    ),
    "and": vocabulary("and or"),
    "join": vocabulary(
        """but so because if when while then until since although therefore that which where after before once instead
        first next finally also not no"""
    ),
    "other": vocabulary(
        """here what how why who all any some both either one two only just me us them him her up out down again still
        already always never such same other another more most less least very too about like let lets"""
    ),
}
_KIND = {word: kind for kind, words in _MEMBERS.items() for word in words}

_ROWS = """
   the   -25   -25   -25   -25   -25   -12    -8   -16     4     1   -22     7
    of    12   -25   -25   -25   -25   -25   -25   -19    -1     0    -1     1
    to     6   -25   -25   -25   -19     0   -25   -18     1   -12     2     3
  prep    14   -25   -25   -21    -6   -25   -25    -7     6    -1    -3    -3
  subj   -25   -25    -9   -17   -23    20   -13   -10    -5    -4   -25    -4
    be    -1   -25     2    -5   -23     0   -25     8     7    12   -10    -3
   and     3   -25   -17   -11     3    -6   -25     3    -2     1    -4     2
  join     6    -5   -21    -8    18    -1   -25     0     1     0   -18    -3
 other    -5     4    -4     0    -5    -5    -3    -3     0     1   -11     3
   ing    -2    -6    12    11    -3    -8     3     0    -1    -3   -14    -1
  sign   -13    -8    -1   -11    -9   -10     3    -7   -16   -11    25    -3
  word    -4     7     4     4    -2     2     6     1    -3    -3    -2    -1
"""


def kind_of(text: str) -> str:
    """The kind of a folded word."""
    known = _KIND.get(text)
    if known:
        return known
    if not text[:1].isalpha():
        return "sign"
    return "ing" if text.endswith(("ing", "ed", "ly")) else "word"


def _parse(rows: str) -> dict[tuple[str, str], int]:
    lines = [line.split() for line in rows.strip().splitlines()]
    return {(line[0], kind): int(value) for line in lines for kind, value in zip(KINDS, line[1:], strict=True)}


TABLE: Mapping[tuple[str, str], int] = _parse(_ROWS)
"""Ten times the logarithm of how much more often the pair stands in answers than by chance."""


def order_score(kinds: Sequence[str], table: Mapping[tuple[str, str], int] = TABLE) -> float:
    """The mean over neighbours: about 0.2 for people's sentences, about -0.2 for the same words shuffled."""
    if len(kinds) < 2:
        return 0.0
    known = (table[pair] for pair in pairwise(kinds) if pair != ("sign", "sign"))  # formulas are no sentences
    return sum(known) / (10 * (len(kinds) - 1))
