"""Whether a story answers the question that was asked, by competencies and by the question's words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.cues import cues
from mockloop.judging.answers.terms import stems_of, terms_of
from mockloop.judging.answers.wording import WORK

_MOST_ASKED = 4
_SHOWN_TOO = 0.3
_SINGLE_WORD = 0.5
"""What a single word that few competencies share counts, beside a whole phrase, which counts 1."""

_QUESTION_WORD = 0.6
_RIVALRY = 0.4
"""How much speaks against relevance that the story shows other competencies more."""

_COMMON = stems_of(
    "tell time describe situation think give example project thing something anything people person piece walk recall "
    "kind happen really learn know handle deal take job work role yourself want why story share question did"
)


@dataclass(frozen=True, slots=True)
class _Bag:
    asks: frozenset[str]
    shows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Relevance:
    """`score`: below 0 it rather answers another question; 1 is some evidence, 2 is much.

    `working_life` counts different words of a job. `places` are the words that show it; `competency` is the name of
    the one shown best, `competencies` are those asked for.
    """

    score: float
    working_life: int
    places: tuple[int, ...]
    competency: str | None
    competencies: tuple[str, ...]


@lru_cache(maxsize=1)
def _bags() -> tuple[Mapping[str, _Bag], Mapping[str, int]]:
    asks: dict[str, set[str]] = {one.id: set(stems_of(one.name)) for one in cues().competencies}
    shows: dict[str, set[str]] = {one.id: set() for one in cues().competencies}
    for stems, names in cues().lists.items():
        for name in names:
            section, _, identifier = name.partition(".")
            if section in ("asks", "shows"):
                (asks if section == "asks" else shows)[identifier] |= set(stems)
    bags = {identifier: _Bag(frozenset(asks[identifier]), frozenset(shows[identifier])) for identifier in asks}
    return bags, Counter(stem for bag in bags.values() for stem in bag.asks | bag.shows)


@lru_cache(maxsize=1024)
def asked_competencies(question: str) -> Mapping[str, float]:
    """The competencies that a question is after, the clearest with 1."""
    bags, shared = _bags()
    stems = stems_of(question) - _COMMON
    scores = {
        identifier: sum(
            ((stem in bag.asks) + _SHOWN_TOO * (stem in bag.shows)) / shared[stem]
            for stem in sorted(stems)
            if shared[stem]
        )
        for identifier, bag in bags.items()
    }
    best = max(scores.values(), default=0.0)
    if best <= 0.1:
        return {}
    ranked = sorted(scores, key=lambda identifier: (-scores[identifier], identifier))[:_MOST_ASKED]
    return {identifier: scores[identifier] / best for identifier in ranked if scores[identifier] >= best / 2}


def relevance_of(answer: Answer, question: str) -> Relevance:
    """How far the answer shows what the question is after, and rather that than something else."""
    asked = asked_competencies(question)
    shown = {identifier: _shown(answer, identifier) for identifier in _bags()[0]}
    places: set[int] = set()
    best, best_id = 0.0, None
    for identifier, weight in asked.items():
        score, at = shown[identifier]
        places |= at
        if weight * score > best:
            best, best_id = weight * score, identifier
    for term in terms_of(question, frozenset()):
        hits = [] if term.stem in _COMMON else [hit for hit in answer.said.hits(term) if not hit.against]
        if hits:
            best += _QUESTION_WORD * term.weight * max(hit.strength for hit in hits)
            places |= {hit.at for hit in hits}
    rivals = sorted((score for identifier, (score, _) in shown.items() if identifier not in asked), reverse=True)[:3]
    names = {one.id: one.name for one in cues().competencies}
    return Relevance(
        score=best - _RIVALRY * sum(rivals) / max(1, len(rivals)),
        working_life=len(WORK & frozenset(answer.telling)),
        places=tuple(sorted(places)),
        competency=names.get(best_id or ""),
        competencies=tuple(names[identifier] for identifier in asked),
    )


def _shown(answer: Answer, identifier: str) -> tuple[float, set[int]]:
    """How much of a competency the answer shows: its phrases, and single words that few other competencies have."""
    bags, shared = _bags()
    bag, words = bags[identifier], answer.reading.words
    phrases = {
        tuple(words[i].stem for i in range(cue.first, cue.last + 1)): cue for cue in answer.cued(f"shows.{identifier}")
    }
    stems = {words[i].stem for i in answer.said.kept} & (bag.asks | bag.shows) - _COMMON
    at = {i for cue in phrases.values() for i in range(cue.first, cue.last + 1)}
    return len(phrases) + _SINGLE_WORD * sum(1 / shared[stem] for stem in sorted(stems)), at
