"""Reading what people say about code, without a model: words, phrases, negation, sentence structure, complexities.

The interviewer and the judge read with it, so that they never understand the same sentence differently. Pure functions.
Nothing here depends on case, on white space or on where full stops and commas stand.
"""

from mockloop.language.bounds import Growth, canonical, growth_of, same_complexity
from mockloop.language.complexity import Claim, parse_complexities
from mockloop.language.orders import order_spans
from mockloop.language.phrases import GroupMatch, Hit, find_phrase, match_groups
from mockloop.language.reading import Reading, read, read_once
from mockloop.language.sentences import Span, quote_around, sentences
from mockloop.language.structure import Structure, structure_of
from mockloop.language.words import Word, stem, words_of

__all__ = [
    "Claim",
    "GroupMatch",
    "Growth",
    "Hit",
    "Reading",
    "Span",
    "Structure",
    "Word",
    "canonical",
    "find_phrase",
    "growth_of",
    "match_groups",
    "order_spans",
    "parse_complexities",
    "quote_around",
    "read",
    "read_once",
    "same_complexity",
    "sentences",
    "stem",
    "structure_of",
    "words_of",
]
