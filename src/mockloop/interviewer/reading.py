"""What a candidate's message does: asks, proposes, claims, answers, wanders. From its text and the question alone.

`QuestionReader` is built once per question and is a pure function of it; `situation` calls it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mockloop.bank.question import Approach, CodingQuestion, FollowUp
from mockloop.interviewer.acts import WEIGHT, Act, ApproachSeen, Reading
from mockloop.interviewer.complexity import Claim, claims, overall
from mockloop.interviewer.cues import load_cues
from mockloop.interviewer.facts import SURE, TAGGED, FactFinder
from mockloop.interviewer.lexicon import ACTIONS, COMMON, CRAFT, EVERYDAY, GLUE, RELATIONS, SMALL, VERBS
from mockloop.interviewer.words import (
    Sentence,
    Speller,
    Text,
    canonical,
    occurrences,
    parse,
    phrase_stems,
    synonym_stems,
)
from mockloop.language import order_spans, stem
from mockloop.language.negation import NEGATORS
from mockloop.language.words import vocabulary

READINGS_KEPT = 4096
"""Messages per question whose reading is kept: every turn needs all of its session again."""


class QuestionReader:
    """Reads messages about one question. Building it costs some milliseconds, reading well under one."""

    def __init__(self, question: CodingQuestion) -> None:
        self.question = question
        self._approaches = {a.id: _groups(a.says) for a in question.approaches}
        self._follow_ups = {f.id: _groups(f.looks_for) for f in question.follow_ups}
        self._facts = FactFinder(question)
        known = _vocabulary(question)
        self._speller = Speller(known | CRAFT | ACTIONS | synonym_stems())
        self._domain = known - SMALL - EVERYDAY
        self._cues = load_cues()
        self._act_cues = [(kind, self._cues[kind]) for kind in WEIGHT if kind in self._cues]

        self._read = lru_cache(maxsize=READINGS_KEPT)(self._read_anew)

    def read(self, message: str) -> Reading:
        """The acts of one message. Linear in its length; never raises."""
        return self._read(message)

    def _read_anew(self, message: str) -> Reading:
        text = parse(message)
        sentences = [self._prepared(sentence) for sentence in text.sentences]
        if not sentences:
            return Reading((Act("pastes_code"),) if text.has_code else ())
        acts: list[Act] = []
        stated: list[Claim] = []
        ordering = [each for each in sentences if self._is_order(each.sentence)]
        if ordering or self._cue("orders", text.plain):
            acts.append(Act("gives_orders"))
            sentences = [each for each in sentences if each not in ordering]
        plans: list[_Read] = []
        statements: list[_Read] = []
        for each in sentences:
            found = self._sentence_acts(each)
            acts += found
            stated_here = claims(each.sentence) if not any(act.kind == "asks_cost" for act in found) else []
            if self.question.entry_kind == "class" and "both" in each.sentence.words and len(stated_here) == 2:
                # Of a class "both are O(1)" speaks of two operations, not of time and memory.
                stated_here = stated_here[:1] if not _SAYS_SPACE.search(each.sentence.plain) else stated_here
            stated += stated_here
            if self._may_describe(each, found):
                plans.append(each)
            if each in plans or not (each.is_question or any(act.kind in _NO_PLAN for act in found)):
                statements.append(each)
        if stated:
            acts.append(Act("claims_complexity"))
        words = sum(len(each.sentence.words) for each in sentences)
        if self._lists_keywords(sentences, text):
            acts.append(Act("lists_keywords"))
            plans = []
        # In a message that tells a plan, its broken sentences belong to the plan too.
        approaches = self._approaches_in(statements if plans else [])
        acts += self._plan_acts(plans, approaches)
        if text.has_code:
            acts.append(Act("pastes_code"))
        return Reading(self._completed(acts, sentences, words), overall(stated), approaches, words)

    def follow_up_groups(self, follow_up: FollowUp, message: str) -> frozenset[int]:
        """Which groups of what a follow-up looks for the message says, without what it negates."""
        groups = self._follow_ups[follow_up.id]
        prepared = [self._prepared(sentence) for sentence in parse(message).sentences]
        return frozenset(i for i, group in enumerate(groups) if any(_hit(group, each) for each in prepared))

    def diagnoses(self, message: str) -> bool:
        """Whether a message says what a fault comes from."""
        return any(self._cue("diagnoses", sentence.plain) for sentence in parse(message).sentences)

    def _cue(self, name: str, plain: str) -> bool:
        return self._cues[name].in_(plain)

    def _is_order(self, sentence: Sentence) -> bool:
        return self._cue("orders", sentence.plain) or bool(order_spans(sentence.plain))

    def _prepared(self, sentence: Sentence) -> "_Read":
        return _Read(sentence, *sentence.read(self._speller.correct))

    def _sentence_acts(self, each: "_Read") -> list[Act]:
        plain = each.sentence.plain
        acts = [Act(kind) for kind, cue in self._act_cues if cue.in_(plain)]
        if each.is_question and any(act.kind in _BETTER_A_FACT for act in acts):
            fact, score = self._facts.best(each.stems)
            if fact is not None and score >= SURE:
                return [Act("asks_fact", about=fact.id, quote=each.sentence.written)]
        if any(act.kind in ("asks_hint", "asks_solution", "asks_repeat", "asks_time", "asks_who") for act in acts):
            return [act for act in acts if act.kind not in ("asks_marks", "asks_what_now", "says_ready", "says_done")]
        if each.is_tagged:
            acts += self._tagged_acts(each)
        elif each.is_question or self._cue("clarifies", plain):
            acts += self._question_acts(each, acts)
        if any(act.kind == "asks_fact" for act in acts):
            acts = [act for act in acts if act.kind != "asks_marks"]
        if any(act.kind == "asks_language" for act in acts):
            acts = [act for act in acts if act.kind != "says_ready"]
        if any(act.kind == "says_stuck" for act in acts):
            acts = [act for act in acts if act.kind != "does_not_know"]
        if not each.is_question and self._cue("case_talk", plain) and len(each.sentence.words) >= 3:
            acts.append(Act("names_case", quote=each.sentence.written))
        return acts

    def _question_acts(self, each: "_Read", known: Sequence[Act]) -> list[Act]:
        if any(act.kind in _OTHER_QUESTIONS for act in known):
            return []
        fact, score = self._facts.best(each.stems)
        proposes = self._proposes(each)
        if fact is not None and (score >= SURE or not proposes):
            return [Act("asks_fact", about=fact.id, quote=each.sentence.written)]
        if proposes or claims(each.sentence):
            return []
        if (
            each.is_question
            and len(each.sentence.words) >= 3
            and not any(a.kind in ("small_talk", "greets") for a in known)
        ):
            about_task = bool(set(each.stems) & (self._domain | CRAFT)) or self._cue("clarifies", each.sentence.plain)
            if not about_task:
                return [Act("off_topic", quote=each.sentence.written)]
            return [Act("asks_unknown", about=self._facts.stated(each.stems), quote=each.sentence.written)]
        return []

    def _tagged_acts(self, each: "_Read") -> list[Act]:
        """ "It is unsorted, right?" asks about the task; "so I sort it, right?" tells something."""
        fact, score = self._facts.best(each.stems)
        return [Act("asks_fact", about=fact.id, quote=each.sentence.written)] if fact and score >= TAGGED else []

    def _proposes(self, each: "_Read") -> bool:
        """Whether a question puts forward something to do ("could I sort first?"), and does not ask about the task."""
        plain = each.sentence.plain
        if self._cue("clarifies", plain) or self._cue("asks_amount", plain) or not self._cue("proposes", plain):
            return False
        doing = bool(each.affirmed & (ACTIONS | {"work", "help"}))
        return doing and any(any(_hit(group, each) for group in groups) for groups in self._approaches.values())

    def _may_describe(self, each: "_Read", acts: Sequence[Act]) -> bool:
        """Whether a sentence tells how to solve it: it says something, has a verb, is no question about the task."""
        if any(act.kind in _NO_PLAN for act in acts) or (each.is_question and not self._proposes(each)):
            return False
        words = set(each.sentence.words)
        says_how = bool(set(each.stems) & VERBS) or bool(words & RELATIONS)
        return len(each.sentence.words) >= 4 and says_how and bool(words & (GLUE | RELATIONS))

    def _approaches_in(self, plans: Sequence["_Read"], *, considered: bool = True) -> tuple[ApproachSeen, ...]:
        seen: list[ApproachSeen] = []
        for approach_id, groups in self._approaches.items():
            met: dict[int, int] = {}
            weight: dict[int, int] = {}
            for at, each in enumerate(plans):
                for i, group in enumerate(groups):
                    where = _hit(group, each, considered=considered)
                    if where:
                        met[i] = at * 1000 + where
                        weight[at] = weight.get(at, 0) + 1
            if met:
                strongest = max(weight, key=lambda at: (weight[at], -at))
                seen.append(
                    ApproachSeen(
                        approach_id, frozenset(met), len(groups), max(met.values()), plans[strongest].sentence.written
                    )
                )
        order = {approach.id: i for i, approach in enumerate(self.question.approaches)}
        return tuple(
            sorted(
                seen,
                key=lambda s: (not s.whole, -len(s.groups) / s.needed, -s.needed, -s.last_at, order[s.approach_id]),
            )
        )

    def _plan_acts(self, plans: Sequence["_Read"], approaches: Sequence[ApproachSeen]) -> list[Act]:
        if approaches and approaches[0].whole:
            return [Act("describes_approach", approaches[0].approach_id, approaches[0].quote)]
        weighed = self._approaches_in([each for each in plans if each.turned_down], considered=False)
        if weighed and weighed[0].whole:
            return [Act("weighs_approach", weighed[0].approach_id, weighed[0].quote)]
        telling = [each for each in plans if self._tells(each)]
        if telling:
            return [
                Act("describes_approach", "", max(telling, key=lambda each: len(each.sentence.words)).sentence.written)
            ]
        spoken = [each for each in plans if set(each.stems) & (self._domain | CRAFT)]
        return [Act("explains", "", spoken[0].sentence.written)] if spoken else []

    def _tells(self, each: "_Read") -> bool:
        """A sentence of a plan that names no known approach: who does what with which part of the problem."""
        return (
            bool(self._cue("plans", each.sentence.plain) or (each.stems[:1] and each.stems[0] in ACTIONS))
            and bool(each.affirmed & ACTIONS)
            and len(each.affirmed & (self._domain | CRAFT)) >= 2
            and len(each.sentence.words) >= 5
        )

    def _lists_keywords(self, sentences: Sequence["_Read"], text: Text) -> bool:
        """Names without sentences: many craft words, hardly a verb or a small word between them."""
        stems = [word for each in sentences for word in each.stems]
        words = [word for each in sentences for word in each.sentence.words if word.isalpha()]
        if len(words) < 4 or any(each.is_question for each in sentences):
            return False
        craft = sum(word in CRAFT or word in self._domain for word in stems)
        glue = sum(word in GLUE or word in RELATIONS for word in words)
        separators = text.plain.count(",") + text.plain.count("/") + text.plain.count("+") + len(sentences) - 1
        return (
            craft >= 0.5 * len(stems)
            and glue <= 0.12 * len(words)
            and (separators >= 2 or (glue == 0 and len(words) >= 5))
        )

    def _completed(self, acts: Iterable[Act], sentences: Sequence["_Read"], words: int) -> tuple[Act, ...]:
        """The acts once each and in order of weight, and a last guess where no cue was found."""
        kept = list(dict.fromkeys(acts))
        kinds = {act.kind for act in kept}
        if any(act.kind == "describes_approach" and act.about for act in kept):
            # In the middle of a plan only what ends in a question mark is a question.
            kept = [act for act in kept if not act.kind.startswith("asks_") or act.quote.rstrip().endswith("?")]
            kept = [act for act in kept if act.kind not in ("moves_on", "says_done", "thinks_aloud")]
        if kinds & {"describes_approach", "weighs_approach", "asks_fact", "asks_unknown"}:
            kept = [
                act
                for act in kept
                if act.kind not in ("explains", "off_topic", "agrees", "small_talk", "asks_what_now", "thinks_aloud")
            ]
        if "asks_fact" in kinds:
            facts = {act.about: act for act in reversed(kept) if act.kind == "asks_fact"}
            kept = [act for act in kept if act.kind != "asks_fact" or facts.get(act.about) is act]
        if not kept and sentences:
            kept = [self._guess(sentences, words)]
        return tuple(sorted(kept, key=lambda act: WEIGHT[act.kind]))

    def _guess(self, sentences: Sequence["_Read"], words: int) -> Act:
        stems = {word for each in sentences for word in each.stems}
        if stems & (self._domain | CRAFT):
            return Act("explains", "", sentences[0].sentence.written)
        known = sum(word in COMMON for each in sentences for word in each.sentence.words)
        if known * 4 >= words and words >= 3:
            return Act("off_topic")
        return Act("unclear")


@dataclass(frozen=True)
class _Read:
    sentence: Sentence
    stems: tuple[str, ...]
    negated: frozenset[int]

    @property
    def affirmed(self) -> frozenset[str]:
        """The stems that no negation covers."""
        return frozenset(word for at, word in enumerate(self.stems) if at not in self.negated)

    @property
    def is_question(self) -> bool:
        if self.is_tagged:
            return False
        return self.sentence.asks or load_cues()["question_start"].in_(self.sentence.plain)

    @property
    def is_tagged(self) -> bool:
        """A statement with "right?" behind it."""
        return self.sentence.asks and len(self.sentence.words) > 5 and bool(_TAG.search(self.sentence.plain))

    @cached_property
    def turned_down(self) -> int:
        """How many of the stems are weighed only to be left: "two loops would be too slow, so instead I …"."""
        plain = self.sentence.plain
        found = _TURNED_DOWN.search(plain)
        if found is None:
            return 0
        turn = _TURN.search(plain, found.end())
        if turn is None:
            return len(self.stems)
        return round(len(self.stems) * plain[: turn.start()].count(" ") / max(1, plain.count(" ")))


_TURNED_DOWN = re.compile(
    r"\b(too slow|not (?:be )?(?:fast|good|efficient) enough|(?:would|will|does|do) not (?:work|scale|help|do)|"
    r"(?:is|was|would be) wrong|wasteful|inefficient)\b"
)
_SAYS_SPACE = re.compile(r"\b(?:space|memory|storage|extra)\b")
_TAG = re.compile(r"[\s,](?:right|correct|ok|okay|yes|no|yeah|is it not|does it not)\s*\?\W*$")
_TURN = re.compile(r"\b(so|but|instead|however|rather|better|therefore|hence)\b")

_BETTER_A_FACT = vocabulary("asks_library asks_language asks_procedure asks_why asks_cost asks_repeat asks_marks")
"""Kinds of questions that give way to a fact of the bank when it surely answers."""

_OTHER_QUESTIONS = vocabulary(
    "asks_cost asks_language asks_library asks_procedure asks_marks asks_what_now asks_why says_ready"
)
_NO_PLAN = vocabulary(
    """asks_fact asks_unknown asks_solution asks_hint asks_repeat asks_marks asks_procedure asks_cost says_stuck
    asks_time asks_who asks_what_now does_not_know"""
)


def _groups(says: Iterable[Iterable[str]]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(phrase_stems(phrase) for phrase in group) for group in says)


def _hit(group: Sequence[tuple[str, ...]], each: _Read, *, considered: bool = False) -> int:
    """One more than the last place where a phrase of the group stands unnegated; 0 if nowhere.

    A phrase with a "no" of its own is not denied by it.
    With `considered`, what a sentence turns down counts for nothing.
    """
    begin = each.turned_down if considered else 0
    return max(
        (
            at + 1
            for phrase in group
            for at in occurrences(phrase, each.stems)
            if at >= begin and (at not in each.negated or not NEGATORS.isdisjoint(phrase))
        ),
        default=0,
    )


def _vocabulary(question: CodingQuestion) -> frozenset[str]:
    """Stems of everything the question's own texts say."""
    texts = [question.title, question.summary, question.statement, question.entry_point.replace("_", " ")]
    texts += [p.name.replace("_", " ") for p in question.parameters]
    texts += [phrase for fact in question.facts for phrase in (*fact.asks, *fact.keywords)]
    texts += [phrase for approach in question.approaches for group in approach.says for phrase in group]
    texts += [phrase for follow_up in question.follow_ups for group in follow_up.looks_for for phrase in group]
    words = [word for text in texts for sentence in parse(text).sentences for word in sentence.words]
    return frozenset(word for word in (*canonical(words), *map(stem, words)) if word.isalpha() and len(word) > 2)


def approach_of(question: CodingQuestion, approach_id: str) -> Approach | None:
    return next((approach for approach in question.approaches if approach.id == approach_id), None)
