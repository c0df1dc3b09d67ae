"""What a message can do, as `reading` finds it and `policy` asks for it."""

from dataclasses import dataclass
from typing import Literal, get_args

from mockloop.interviewer.complexity import Claim

ActKind = Literal[
    "gives_orders",
    "asks_solution",
    "asks_hint",
    "declines_hint",
    "asks_repeat",
    "asks_fact",
    "asks_unknown",
    "asks_marks",
    "asks_time",
    "asks_language",
    "asks_library",
    "asks_procedure",
    "asks_who",
    "asks_end",
    "asks_why",
    "asks_what_now",
    "asks_cost",
    "moves_on",
    "describes_approach",
    "weighs_approach",
    "claims_complexity",
    "names_case",
    "lists_keywords",
    "explains",
    "says_stuck",
    "does_not_know",
    "says_done",
    "says_ready",
    "vents",
    "greets",
    "thanks",
    "small_talk",
    "thinks_aloud",
    "agrees",
    "declines",
    "pastes_code",
    "off_topic",
    "unclear",
]


@dataclass(frozen=True)
class Act:
    """One thing a message does. `about` is the id of a fact or an approach; `quote` the words that did it."""

    kind: ActKind
    about: str = ""
    quote: str = ""


@dataclass(frozen=True)
class ApproachSeen:
    """How much of a known approach a message says: `groups` of its `says` that were met, of `needed`."""

    approach_id: str
    groups: frozenset[int]
    needed: int
    last_at: int
    quote: str

    @property
    def whole(self) -> bool:
        return len(self.groups) == self.needed


@dataclass(frozen=True)
class Reading:
    """All acts of a message, most telling first, with what they rest on."""

    acts: tuple[Act, ...]
    claims: tuple[Claim, ...] = ()
    approaches: tuple[ApproachSeen, ...] = ()
    words: int = 0

    def does(self, *kinds: ActKind) -> bool:
        return any(act.kind in kinds for act in self.acts)

    def all(self, kind: ActKind) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.kind == kind)

    def only(self, *kinds: ActKind) -> bool:
        return bool(self.acts) and all(act.kind in kinds for act in self.acts)


WEIGHT = {kind: i for i, kind in enumerate(get_args(ActKind))}
"""The order of acts in a reading: the most telling first."""
