"""What a candidate's message does: asks, proposes, claims, answers, wanders. From its text and the question alone.

`QuestionReader` is built once per question and is a pure function of it; `situation` calls it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mockloop.bank.question import Approach, CodingQuestion, Fact, FollowUp
from mockloop.interviewer import cues
from mockloop.interviewer.complexity import Claim, claims
from mockloop.interviewer.words import Sentence, Speller, Text, canonical, occurrences, parse, phrase_stems, stem

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
    "asks_what_now",
    "asks_cost",
    "moves_on",
    "describes_approach",
    "claims_complexity",
    "names_case",
    "lists_keywords",
    "explains",
    "says_stuck",
    "does_not_know",
    "says_done",
    "says_ready",
    "greets",
    "thanks",
    "small_talk",
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


@dataclass(frozen=True)
class _FactIndex:
    fact: Fact
    keywords: tuple[tuple[str, ...], ...]
    asks: tuple[frozenset[str], ...]
    openings: tuple[frozenset[str], ...]


_SMALL_WORDS = frozenset(
    stem(word)
    for word in (
        "is are was be been am do does did can could will would should shall may must might i we you it they he she to in on at for "
        "with from by as or and if so but not no there here what which how who when where why any some all each every always ever "
        "have has had get me us them its their your be give given want need let please about into than too very only same"
    ).split()
)
_CRAFT_WORDS = frozenset(
    stem(word)
    for word in (
        "array list string hash hashmap hashset set map sort sorted loop pointer index stack queue heap tree graph node edge level "
        "search binary recurse memo dynamic programming greedy window sum prefix count counter element number value key pair swap "
        "left right middle insert append push pop store track keep compare visit visited neighbor neighbour matrix grid cell row "
        "column path root leaf parent child max min total difference divide conquer merge interval range complement complexity "
        "linear quadratic constant time space memory brute force nested breadth depth first input output return function class method "
        "code variable condition base case edge test empty bug error line solution algorithm character word result answer cache order "
        "position previous next current update remove delete lookup duplicate negative zero integer maximum minimum"
    ).split()
)
_ACTION_WORDS = frozenset(
    stem(word)
    for word in (
        "sort use loop keep store count compare put push pop insert append remove delete check search find look build create compute "
        "calculate update move swap track maintain visit merge split divide return add subtract expand shrink slide start begin "
        "initialize initialise iterate go recurse mark pick choose take record remember save cache set read write make get run call "
        "try process handle fill increment decrement advance stop skip walk scan traverse"
    ).split()
)
_VERBS = _ACTION_WORDS | frozenset(
    "is are be am was were has have do does did will would can could should need hold give mean become stay happen work grow cost "
    "contain depend know think see let want exceed equal show tell".split()
)
_GLUE = frozenset(
    "i we you it the a an to of and then if for each every is are would will with in on so because that when while my this from by or as at be "
    "until than which let us there they".split()
)


class QuestionReader:
    """Reads messages about one question. Building it costs some milliseconds, reading well under one."""

    def __init__(self, question: CodingQuestion) -> None:
        self.question = question
        self._approaches = {a.id: _groups(a.says) for a in question.approaches}
        self._follow_ups = {f.id: _groups(f.looks_for) for f in question.follow_ups}
        self._facts = [_fact_index(fact) for fact in question.facts]
        known = _vocabulary(question)
        self._speller = Speller(known | _CRAFT_WORDS | _ACTION_WORDS)
        self._domain = known - _SMALL_WORDS
        self._rarity = _rarity(self._facts)

    def read(self, message: str) -> Reading:
        """The acts of one message. Linear in its length; never raises."""
        text = parse(message)
        sentences = [_Read(sentence, self._spelled(sentence)) for sentence in text.sentences]
        if not sentences:
            return Reading((Act("pastes_code"),) if text.has_code else ())
        acts: list[Act] = []
        stated: list[Claim] = []
        if any(cues.ORDERS.search(each.sentence.plain) for each in sentences) or cues.ORDERS.search(text.plain):
            acts.append(Act("gives_orders"))
            sentences = [each for each in sentences if not cues.ORDERS.search(each.sentence.plain)]
        plans: list[_Read] = []
        for each in sentences:
            found = self._sentence_acts(each)
            acts += found
            stated_here = claims(each.sentence) if not any(act.kind == "asks_cost" for act in found) else []
            stated += stated_here
            if self._may_describe(each, found):
                plans.append(each)
        if stated:
            acts.append(Act("claims_complexity"))
        words = sum(len(each.sentence.words) for each in sentences)
        if self._lists_keywords(sentences, text):
            acts.append(Act("lists_keywords"))
            plans = []
        approaches = self._approaches_in(plans)
        acts += self._plan_acts(plans, approaches)
        if text.has_code:
            acts.append(Act("pastes_code"))
        return Reading(self._completed(acts, sentences, words), _overall(stated), approaches, words)

    def follow_up_groups(self, follow_up: FollowUp, message: str) -> frozenset[int]:
        """Which groups of what a follow-up looks for the message says, without what it negates."""
        groups = self._follow_ups[follow_up.id]
        stems = [_Read(sentence, self._spelled(sentence)) for sentence in parse(message).sentences]
        return frozenset(i for i, group in enumerate(groups) if any(_hit(group, each) for each in stems))

    def _spelled(self, sentence: Sentence) -> tuple[str, ...]:
        return tuple(self._speller.correct(word) for word in sentence.stems)

    def _sentence_acts(self, each: "_Read") -> list[Act]:
        plain = each.sentence.plain
        acts = [Act(kind) for kind, pattern, unless in _CUES if pattern.search(plain) and not (unless and unless.search(plain))]
        if any(act.kind in ("asks_hint", "asks_solution", "asks_repeat", "asks_time", "asks_who") for act in acts):
            return [act for act in acts if act.kind not in ("asks_marks", "asks_what_now", "says_ready", "says_done")]
        if each.asks or cues.CLARIFIES.search(plain):
            acts += self._question_acts(each, acts)
        if any(act.kind == "says_stuck" for act in acts):
            acts = [act for act in acts if act.kind != "does_not_know"]
        if not each.asks and cues.CASE_TALK.search(plain) and len(each.sentence.words) >= 3:
            acts.append(Act("names_case", quote=each.sentence.written))
        return acts

    def _question_acts(self, each: "_Read", known: Sequence[Act]) -> list[Act]:
        if any(act.kind in _OTHER_QUESTIONS for act in known):
            return []
        fact, score = self._best_fact(each)
        proposes = self._proposes(each)
        if fact is not None and (score >= 0.62 or not proposes):
            return [Act("asks_fact", about=fact.id, quote=each.sentence.written)]
        if proposes or claims(each.sentence):
            return []
        if each.is_question and len(each.sentence.words) >= 3 and not any(a.kind in ("small_talk", "greets") for a in known):
            about_task = bool(set(each.stems) & (self._domain | _CRAFT_WORDS)) or cues.CLARIFIES.search(each.sentence.plain)
            return [Act("asks_unknown" if about_task else "off_topic", quote=each.sentence.written)]
        return []

    def _proposes(self, each: "_Read") -> bool:
        """Whether a question puts forward something to do ("could I sort them first?") and does not ask about the task."""
        plain = each.sentence.plain
        if cues.CLARIFIES.search(plain) or not cues.PROPOSES.search(plain):
            return False
        doing = bool(set(each.stems) & _ACTION_WORDS)
        return doing and any(any(_hit(group, each) for group in groups) for groups in self._approaches.values())

    def _best_fact(self, each: "_Read") -> tuple[Fact | None, float]:
        content = frozenset(each.stems) - _SMALL_WORDS
        best: tuple[Fact | None, float] = (None, 0.0)
        for index in self._facts:
            hits = [phrase for phrase in index.keywords if occurrences(phrase, each.stems)]
            if not hits:
                continue
            likeness = max(self._likeness(content, asked) for asked in index.asks)
            score = 0.45 * likeness + 0.4 * min(1.0, max(self._weight(phrase) for phrase in hits)) + 0.05 * min(len(hits), 3)
            score += 0.1 * max(self._overlap(frozenset(each.stems), opening) for opening in index.openings)
            if score > best[1]:
                best = (index.fact, score)
        return best if best[1] >= 0.34 else (None, best[1])

    def _likeness(self, content: frozenset[str], asked: frozenset[str]) -> float:
        """Overlap of two sets of words in which rare words count more: 0 to 1."""
        shared = sum(self._rarity.get(word, 1.0) for word in content & asked)
        union = sum(self._rarity.get(word, 1.0) for word in content | asked)
        return shared / union if union else 0.0

    @staticmethod
    def _overlap(words: frozenset[str], asked: frozenset[str]) -> float:
        return len(words & asked) / len(words | asked) if words | asked else 0.0

    def _weight(self, phrase: Sequence[str]) -> float:
        return sum(self._rarity.get(word, 1.0) for word in phrase) / (1.2 if len(phrase) == 1 else 1.6)

    def _may_describe(self, each: "_Read", acts: Sequence[Act]) -> bool:
        """Whether a sentence tells how to solve it: it says something, has a verb, is no question about the task."""
        if any(act.kind in _NO_PLAN for act in acts) or (each.is_question and not self._proposes(each)):
            return False
        words = set(each.sentence.words)
        has_verb = bool(set(each.stems) & _VERBS)
        return len(each.sentence.words) >= 4 and has_verb and len(words & _GLUE) >= 1

    def _approaches_in(self, plans: Sequence["_Read"]) -> tuple[ApproachSeen, ...]:
        seen: list[ApproachSeen] = []
        for approach_id, groups in self._approaches.items():
            met: dict[int, int] = {}
            weight: dict[int, int] = {}
            for at, each in enumerate(plans):
                for i, group in enumerate(groups):
                    where = _hit(group, each, considered=True)
                    if where:
                        met[i] = at * 1000 + where
                        weight[at] = weight.get(at, 0) + 1
            if met:
                strongest = max(weight, key=lambda at: (weight[at], -at))
                seen.append(
                    ApproachSeen(approach_id, frozenset(met), len(groups), max(met.values()), plans[strongest].sentence.written)
                )
        order = {approach.id: i for i, approach in enumerate(self.question.approaches)}
        return tuple(sorted(seen, key=lambda s: (not s.whole, -len(s.groups) / s.needed, -s.needed, -s.last_at, order[s.approach_id])))

    def _plan_acts(self, plans: Sequence["_Read"], approaches: Sequence[ApproachSeen]) -> list[Act]:
        if approaches and approaches[0].whole:
            return [Act("describes_approach", approaches[0].approach_id, approaches[0].quote)]
        telling = [each for each in plans if self._tells(each)]
        if telling:
            return [Act("describes_approach", "", max(telling, key=lambda each: len(each.sentence.words)).sentence.written)]
        spoken = [each for each in plans if set(each.stems) & (self._domain | _CRAFT_WORDS)]
        return [Act("explains", "", spoken[0].sentence.written)] if spoken else []

    def _tells(self, each: "_Read") -> bool:
        """A sentence of a plan that names no known approach: who does what with which part of the problem."""
        return (
            bool(cues.PLANS.search(each.sentence.plain) or each.stems[0] in _ACTION_WORDS)
            and bool(set(each.stems) & _ACTION_WORDS)
            and len(set(each.stems) & (self._domain | _CRAFT_WORDS)) >= 2
            and len(each.sentence.words) >= 5
        )

    def _lists_keywords(self, sentences: Sequence["_Read"], text: Text) -> bool:
        """Names without sentences: many craft words, hardly a verb or a small word between them."""
        stems = [word for each in sentences for word in each.stems]
        words = [word for each in sentences for word in each.sentence.words if word.isalpha()]
        if len(words) < 4 or any(each.is_question for each in sentences):
            return False
        craft = sum(word in _CRAFT_WORDS or word in self._domain for word in stems)
        glue = sum(word in _GLUE for word in words)
        separators = text.plain.count(",") + text.plain.count("/") + text.plain.count("+") + len(sentences) - 1
        return craft >= 0.5 * len(stems) and glue <= 0.12 * len(words) and (separators >= 2 or glue == 0 and len(words) >= 5)

    def _completed(self, acts: Iterable[Act], sentences: Sequence["_Read"], words: int) -> tuple[Act, ...]:
        """The acts once each and in order of weight, and a last guess where no cue was found."""
        kept = list(dict.fromkeys(acts))
        kinds = {act.kind for act in kept}
        if kinds & {"describes_approach", "asks_fact", "asks_unknown"}:
            kept = [act for act in kept if act.kind not in ("explains", "off_topic", "agrees", "small_talk", "asks_what_now")]
        if "asks_fact" in kinds:
            facts = {act.about: act for act in reversed(kept) if act.kind == "asks_fact"}
            kept = [act for act in kept if act.kind != "asks_fact" or facts.get(act.about) is act]
        if not kept and sentences:
            kept = [self._guess(sentences, words)]
        return tuple(sorted(kept, key=lambda act: _ORDER[act.kind]))

    def _guess(self, sentences: Sequence["_Read"], words: int) -> Act:
        stems = {word for each in sentences for word in each.stems}
        if stems & (self._domain | _CRAFT_WORDS):
            return Act("explains", "", sentences[0].sentence.written)
        known = sum(word in _COMMON for each in sentences for word in each.sentence.words)
        if known * 4 >= words and words >= 4:
            return Act("off_topic")
        return Act("unclear")


@dataclass(frozen=True)
class _Read:
    sentence: Sentence
    stems: tuple[str, ...]

    @property
    def is_question(self) -> bool:
        return self.sentence.asks or bool(cues.QUESTION_START.search(self.sentence.plain))

    @property
    def asks(self) -> bool:
        return self.is_question

    @property
    def turned_down(self) -> bool:
        """The sentence weighs something only to leave it: "two loops would be too slow"."""
        return bool(_TURNED_DOWN.search(self.sentence.plain))


_TURNED_DOWN = re.compile(
    r"\b(too slow|not (?:fast|good) enough|(?:would|will|does|do) not (?:work|scale|help|do)|wasteful|inefficient|instead of)\b"
)

_CUES: tuple[tuple[ActKind, re.Pattern[str], re.Pattern[str] | None], ...] = (
    ("asks_solution", cues.ASKS_SOLUTION, None),
    ("declines_hint", cues.NO_HINT, None),
    ("asks_hint", cues.ASKS_HINT, cues.NO_HINT),
    ("asks_repeat", cues.ASKS_REPEAT, None),
    ("asks_time", cues.ASKS_TIME, None),
    ("asks_cost", cues.ASKS_ABOUT_COST, None),
    ("asks_language", cues.ASKS_LANGUAGE, None),
    ("asks_library", cues.ASKS_LIBRARY, None),
    ("asks_procedure", cues.ASKS_PROCEDURE, None),
    ("asks_who", cues.ASKS_WHO, None),
    ("asks_marks", cues.ASKS_MARKS, None),
    ("asks_what_now", cues.ASKS_WHAT_NOW, None),
    ("moves_on", cues.MOVES_ON, cues.NO_MOVE),
    ("says_stuck", cues.SAYS_STUCK, None),
    ("does_not_know", cues.DOES_NOT_KNOW, None),
    ("says_done", cues.SAYS_DONE, cues.NOT_DONE),
    ("says_ready", cues.SAYS_READY, None),
    ("greets", cues.GREETS, None),
    ("thanks", cues.THANKS, None),
    ("small_talk", cues.SMALL_TALK, None),
    ("agrees", cues.AGREES, None),
    ("declines", cues.DECLINES, None),
)
_OTHER_QUESTIONS = frozenset(
    ["asks_cost", "asks_language", "asks_library", "asks_procedure", "asks_marks", "asks_what_now", "says_ready", "moves_on"]
)
_NO_PLAN = frozenset(
    ["asks_fact", "asks_unknown", "asks_solution", "asks_hint", "asks_repeat", "asks_marks", "asks_procedure", "asks_cost",
     "says_stuck", "asks_time", "asks_who", "asks_what_now", "does_not_know"]
)  # fmt: skip
_ORDER = {kind: i for i, kind in enumerate(ActKind.__args__)}  # type: ignore[attr-defined]
_COMMON = _GLUE | frozenset(
    "not no yes do does did can could what how why who me you your are was were am have has had like really very good bad day time about "
    "just some any all more most much many out up down now today here there her his their our them he she but".split()
)


def _groups(says: Iterable[Iterable[str]]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(phrase_stems(phrase) for phrase in group) for group in says)


def _hit(group: Sequence[tuple[str, ...]], each: _Read, *, considered: bool = False) -> int:
    """One more than the last place where a phrase of the group stands unnegated; 0 if nowhere.

    With `considered`, a sentence that turns its subject down counts for nothing.
    """
    if considered and each.turned_down:
        return 0
    negated = each.sentence.negated
    return max(
        (at + 1 for phrase in group for at in occurrences(phrase, each.stems) if at not in negated), default=0
    )


def _fact_index(fact: Fact) -> _FactIndex:
    asks = [frozenset(phrase_stems(ask)) for ask in fact.asks]
    return _FactIndex(
        fact,
        tuple(phrase_stems(keyword) for keyword in fact.keywords),
        tuple(ask - _SMALL_WORDS for ask in asks),
        tuple(asks),
    )


def _rarity(facts: Sequence[_FactIndex]) -> dict[str, float]:
    """Weight of a word, 0.25 to 1: the fewer facts it belongs to, the more it tells."""
    holders: dict[str, int] = {}
    for index in facts:
        for word in set().union(*index.asks, *(set(k) for k in index.keywords)):
            holders[word] = holders.get(word, 0) + 1
    return {word: max(0.25, 1.0 / count) for word, count in holders.items()}


def _vocabulary(question: CodingQuestion) -> frozenset[str]:
    """Stems of everything the question's own texts say."""
    texts = [question.title, question.summary, question.statement, question.entry_point.replace("_", " ")]
    texts += [p.name.replace("_", " ") for p in question.parameters]
    texts += [phrase for fact in question.facts for phrase in (*fact.asks, *fact.keywords)]
    texts += [phrase for approach in question.approaches for group in approach.says for phrase in group]
    texts += [phrase for follow_up in question.follow_ups for group in follow_up.looks_for for phrase in group]
    words = (word for text in texts for sentence in parse(text).sentences for word in sentence.words)
    return frozenset(stem for stem in canonical(words) if stem.isalpha() and len(stem) > 2)


def _overall(stated: Sequence[Claim]) -> tuple[Claim, ...]:
    """At most one claim per dimension: where several parts are costed, the last word on the whole."""
    result: list[Claim] = []
    for kind in ("time", "space"):
        of_kind = [claim for claim in stated if claim.kind == kind]
        if of_kind:
            result.append(max(enumerate(of_kind), key=lambda pair: (_size(pair[1]), pair[0]))[1])
    return tuple(result)


def _size(claim: Claim) -> int:
    order = ["1", "log n", "n", "n log n", "n^2", "n^3", "2^n", "n!"]
    return order.index(claim.cost) if claim.cost in order else len(order)


def approach_of(question: CodingQuestion, approach_id: str) -> Approach | None:
    return next((approach for approach in question.approaches if approach.id == approach_id), None)
