"""Every number that a mark is made of, in one place. `bench/judging` measures them and prints what they do."""

from collections.abc import Mapping
from typing import Final

from mockloop.judging.answers.task import Kind

# --- statements: how far an answer makes a point (0 to about 2) and is about the subject at all ---

LIKENESS: Final[Mapping[str, float]] = {"near": 1.0, "grams": 0.3, "pairs": 0.3, "against": -0.5}
"""What each kind of likeness to one point counts towards its own credit."""

TOPIC: Final[Mapping[str, float]] = {
    "near": 1.0, "whole": 1.0, "grams": 1.3, "pairs": 0.5, "density": 2.7, "asked": 0.3,
}  # fmt: skip
"""What the whole answer's likeness, and the share of its words that belong to the subject, count towards the topic."""

OFF_TOPIC, ON_TOPIC = 0.72, 1.25
"""Below the first the answer is about something else; from the second on it is surely about the subject."""

FULL_TOPIC = 2.0
"""Likeness from which more makes no difference."""

SHORT_REFERENCE, SHORTEST_REFERENCE = 25, 5
"""Telling words: the shorter the reference below the first, the more of it an answer must hit."""

SHORT_OFF_TOPIC, SHORT_ON_TOPIC, SHORT_FULL_TOPIC = -0.4, 0.4, 2.5
"""What is added to the three thresholds above for the shortest references."""

FULL_LENGTH = 0.65
"""An answer with so many telling words per telling word of the reference is as detailed as it needs to be."""

EXPECTED_WORDS: Final[Mapping[Kind, int]] = {
    "concept": 55, "approach": 55, "design": 90, "behavioural": 110, "about_yourself": 100,
}  # fmt: skip
"""Telling words of a full answer where no reference says how long one is."""

SHARED, TOPIC_SHARE, LENGTH_SHARE = 0.7, 0.4, 0.5
"""So much of a credit comes from the whole answer: its likeness, its detail, and a tenth for being on topic."""

OWN_FULL, OWN_FULL_SHORT = 0.5, 0.5
"""Likeness to the point itself that earns all of the rest; with what is added for the shortest references."""

REREAD = 0.7
"""Of the likeness that earns a point in full, so much is enough for words that an objection quotes."""

NAMED = 1.0
"""Credit of a criterion one of whose phrases is said, in sentences, undenied."""

MET, PARTLY_MET = 0.62, 0.34
"""Credits from which a criterion is called met, or partly met."""

WRONG_CLAIM = 12.0
"""Marks that a common wrong claim costs."""

SCALE: Final = ((0.0, 0.0), (0.34, 0.34), (0.6, 0.68), (0.8, 0.87), (1.0, 1.0))
"""From the weighted mean of the credits to the share of the full mark, straight between these points."""

# --- floors: marks that an answer of this sort cannot exceed ---

CAPS: Final[Mapping[str, float]] = {
    "empty": 0.0, "dont_know": 8.0, "echo": 10.0, "orders_only": 0.0, "noise": 5.0, "too_short": 12.0,
    "shuffled": 15.0, "denied": 20.0, "vague": 20.0, "off_topic": 24.0, "no_story": 24.0,
}  # fmt: skip

LIST_BELOW, LIST_SURE, LIST_MOST, LIST_LEAST = 0.22, 0.12, 60.0, 20.0
"""With fewer words that hold sentences together than the first it is a list, worth at most 60,
and down to 20 at the second."""

SHUFFLED_BELOW = -0.15
"""Order score less broken neighbours: people's sentences lie above, shuffled words below."""

COPIED_WORDS, COPIED_FROM, COPIED_TOGETHER = 25, 0.85, 0.5
"""Whoever has so much of the reference's words, but so few of them side by side, has them in no order."""

DENIED_WORDS, DENIALS, DENIED_BOTH = 0.32, 0.062, (0.25, 0.039)
"""Share of words that a negation reaches, negations per word, or both together, beyond what the reference has."""

CONTRADICTED_WORDS, CONTRADICTED, SAID_ENOUGH = 16, 0.4, 0.15
"""Whoever denies or turns round more than this share of what is said on the points contradicts them."""

VAGUE_FROM, VAGUE_SURE, VAGUE_LINKS = 0.08, 0.13, 0.04
"""Share of empty words from which the mark is pulled down, and is capped, when little ties the statements together."""

# --- stories and introductions: what each part weighs ---

STORY: Final[Mapping[str, float]] = {
    "situation": 12, "task": 10, "action": 33, "result": 22, "impact": 11, "detail": 12,
}  # fmt: skip
INTRODUCTION: Final[Mapping[str, float]] = {"past": 28, "present": 22, "future": 25, "proof": 15, "detail": 10}

# --- what is shown, and when the judge is sure ---

SHOWN_FROM, SHOWN_OWN, SHOWN_WHOLE = 0.15, 0.7, 0.4
"""A criterion is shown from so much evidence of its own, which counts so much, and more when the whole is on topic."""

NO_EVIDENCE = 12.0
"""With a cap this low nothing in the answer is quoted."""

NOTHING_MET = frozenset({"denied", "shuffled", "noise"})
PARTLY_AT_MOST = frozenset({"keywords", "vague", "off_topic", "no_story"})
"""With one of the first flags no criterion is met; with one of the second it is met in part at most."""

NO_OPINION_LIFTS = frozenset({
    "empty", "orders_only", "orders_ignored", "dont_know", "echo", "noise", "too_short", "keywords", "shuffled",
})  # fmt: skip
"""With one of these flags a language model's opinion cannot raise the mark."""

SURELY_OFF, SURELY_IRRELEVANT, ENOUGH_WORDS, MUCH_SAID = 0.02, 0.32, 20, 25
RELEVANCE_CLEAR = 0.6
SAYS_IT, SAID_COUNTS = 0.6, 0.5
"""Own evidence from which a criterion is said outright, and what each of them adds to a story's relevance."""

RUBRIC_SHARE = 0.3
"""What the stated criteria of a behavioural question count beside the parts of the story."""

UNAIDED_MOST = 0.6
CLAIMED, CLAIMED_TOGETHER = 0.65, 0.3
"""Likeness from which a common wrong claim counts as made."""

LONGEST_ANSWER = 20_000
