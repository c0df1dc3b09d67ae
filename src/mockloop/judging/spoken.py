"""What the candidate said, read for the judge: which messages can be evidence at all, and what they name.

No evidence: lists of keywords, shuffled words, noise, orders to the judge, words repeated from the question or the
interviewer, and texts in which every claim is denied.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mockloop.bank.question import Approach, CodingQuestion
from mockloop.judging.record import Message, Record
from mockloop.language import Claim, GroupMatch, Reading, Span, growth_of, match_groups, parse_complexities, read
from mockloop.language.bounds import ORDER
from mockloop.language.word_order import kind_of
from mockloop.language.words import sequences, words_of
from mockloop.sessions import events as e

_ECHO_WORDS = 6
_DENIALS = 0.06
_DENIED_WORDS = 0.55
_SHORT_WORDS = 12
_QUESTIONS = sequences(
    """can the, can there, can it, can i, can we, can they, can two, can a, can an, could the, could there,
    could it, could i, is the, is it, is there, is a, is every, are the, are there, are they, are all,
    do i, do we, do you, do they, does the, does it, should i, should it, should we, should the, what
    if, what is, what are, what should, what happens, what about, how many, how large, how big, how
    long, how do, how should, may i, may the, may there, will the, will there, would the, would it, must
    the, must i, am i, wondering if, wondering whether, want to know, assume that, i assume"""
)


@dataclass(frozen=True)
class Spoken:
    """A message with its reading. `repeated` are spans taken over from others; `usable` says if it can be evidence.

    `denies`: every claim in it is denied, or nearly so.
    """

    message: Message
    reading: Reading
    repeated: tuple[Span, ...]
    usable: bool
    denies: bool = False

    def match(self, groups: Sequence[Sequence[str]]) -> GroupMatch:
        """Which groups it names in its own words; none when it cannot be evidence."""
        if not self.usable:
            return GroupMatch((None,) * len(groups))
        return match_groups(self.reading, groups, ignoring=self.repeated)


def spoken_of(record: Record) -> tuple[Spoken, ...]:
    """Everything the candidate said, in order. Whoever repeats the interviewer's words has not said them."""
    heard = _grams(record.question.statement)
    found = []
    for entry in record.entries:
        match entry.event:
            case e.InterviewerSaid(text=text):
                heard |= _grams(text)
            case e.CandidateSaid(text=text):
                found.append(spoken(Message(entry.seq, entry.at, text), heard))
            case _:
                pass
    return tuple(found)


def heard_before(record: Record, seq: int) -> frozenset[tuple[str, ...]]:
    """The word sequences that the statement and the interviewer had used before this moment."""
    heard = _grams(record.question.statement)
    for entry in record.entries:
        if entry.seq < seq and isinstance(entry.event, e.InterviewerSaid):
            heard |= _grams(entry.event.text)
    return heard


def spoken(message: Message, heard: frozenset[tuple[str, ...]], not_own: Sequence[Span] = ()) -> Spoken:
    """One message, given the word sequences that others have said before it; `not_own` are spans known not to count."""
    reading = read(message.text)
    repeated = (*_repeated(reading, heard), *not_own)
    denies = (reading.denial_share > _DENIALS and reading.structure.words * reading.denial_share >= 3) or (
        sum(reading.denied) > _DENIED_WORDS * len(reading.words)
    )
    own = len(reading.words) - sum(_inside(word.start, repeated) for word in reading.words)
    usable = reading.structure.is_prose and not denies and own >= 4
    return Spoken(message, reading, repeated, usable, denies)


def _inside(position: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= position < span.end for span in spans)


@lru_cache(maxsize=512)
def _grams(text: str) -> frozenset[tuple[str, ...]]:
    stems = [word.stem for word in words_of(text)]
    return frozenset(tuple(stems[i : i + _ECHO_WORDS]) for i in range(len(stems) - _ECHO_WORDS + 1))


def _repeated(reading: Reading, heard: frozenset[tuple[str, ...]]) -> tuple[Span, ...]:
    """Where six or more words in a row were heard before."""
    stems = [word.stem for word in reading.words]
    spans: list[Span] = []
    for i in range(len(stems) - _ECHO_WORDS + 1):
        if tuple(stems[i : i + _ECHO_WORDS]) in heard:
            start, end = reading.words[i].start, reading.words[i + _ECHO_WORDS - 1].end
            if spans and start <= spans[-1].end:
                spans[-1] = Span(spans[-1].start, end)
            else:
                spans.append(Span(start, end))
    return tuple(spans)


@dataclass(frozen=True)
class Named:
    """An approach that a message describes; `share` of its groups of phrases, 1 when all are named."""

    approach: Approach
    spoken: Spoken
    match: GroupMatch

    @property
    def share(self) -> float:
        return self.match.share


_STANDINGS = ("best", "acceptable", "brute_force", "wrong")


def approaches_in(question: CodingQuestion, said: Spoken) -> list[Named]:
    """The approaches a message names at least half of, the most completely named first, then the better one."""
    if topicality(said, vocabulary_of(question)) <= 0:
        return []
    found = [Named(approach, said, said.match(approach.says)) for approach in question.approaches]
    found = [named for named in found if named.share >= 0.5 and (named.match.complete or named.match.found >= 2)]
    return sorted(found, key=lambda named: (-named.share, _STANDINGS.index(named.approach.standing)))


def best_named(question: CodingQuestion, messages: Sequence[Spoken]) -> Named | None:
    """The approach most completely described in one message; of equals the one said first."""
    found = [(named, i) for i, said in enumerate(messages) for named in approaches_in(question, said)[:1]]
    if not found:
        return None
    return min(found, key=lambda pair: (-pair[0].share, _STANDINGS.index(pair[0].approach.standing), pair[1]))[0]


def facts_asked(question: CodingQuestion, said: Spoken) -> dict[str, tuple[int, int]]:
    """Ids of the facts that a message asks for, with the characters that ask."""
    if not is_question(said) or said.reading.structure.kind in ("shuffled", "noise", "empty"):
        return {}
    found: dict[str, tuple[int, int]] = {}
    for fact in question.facts:
        match = match_groups(said.reading, (fact.keywords,), ignoring=said.repeated)
        hit = match.hits[0] or (match.denied[0] if match.denied else None)  # "is it never empty?" asks as well
        if hit is not None:
            found[fact.id] = (hit.start, hit.end)
    return found


def is_question(said: Spoken) -> bool:
    """Whether a message asks for something, by its words or its question mark."""
    texts = [word.text for word in said.reading.without_orders]
    return bool(texts) and (
        "?" in said.message.text or any(tuple(texts[i : i + 2]) in _QUESTIONS for i in range(len(texts)))
    )


@dataclass(frozen=True)
class Stated:
    """The complexity a message claims for one's own code."""

    message: Message
    claim: Claim


def stated(messages: Sequence[Spoken], kind: str) -> list[Stated]:
    """Per message the time or space it claims for the candidate's own code, in order.

    Of several in one message the one called the total counts, else the largest: steps add up to their largest.
    """
    found = []
    for said in messages:
        if said.reading.structure.kind in ("shuffled", "noise") or (
            not said.usable and said.reading.structure.words > _SHORT_WORDS
        ):
            continue
        claims = [
            claim
            for claim in parse_complexities(said.message.text)
            if claim.kind == kind and claim.about == "own" and not claim.negated and not claim.asked and claim.growth
        ]
        totals = [claim for claim in claims if claim.total]
        if claims:
            found.append(
                Stated(said.message, max(totals or claims, key=lambda claim: ORDER.index(claim.growth or "constant")))
            )
    return found


def accepted(bounds: Sequence[str]) -> tuple[str, ...]:
    """Those of the ways in which a question writes a bound that are bounds; others are words for the interviewer."""
    return tuple(bound for bound in bounds if growth_of(bound))


def vocabulary_of(question: CodingQuestion) -> frozenset[str]:
    """The stems of every word that the question's own texts use, graded examples apart."""
    return _vocabulary(
        "\n".join(
            [
                question.title,
                question.statement,
                *question.hints,
                *(text for fact in question.facts for text in (fact.answer, *fact.asks, *fact.keywords)),
                *(text for one in question.approaches for text in (one.title, one.remark, *sum(one.says, ()))),
                *(text for one in question.rubric for text in (one.text, *sum(one.says, ()))),
                *(nudge for probe in question.probes for nudge in probe.nudges),
                *(text for one in question.follow_ups for text in (one.ask, one.good_answer)),
            ]
        )
    )


@lru_cache(maxsize=64)
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words_of(text))


_OFF_TOPIC, _ON_TOPIC = 0.45, 0.65


def topicality(said: Spoken, vocabulary: frozenset[str]) -> float:
    """0 to 1: how far the telling words of a message belong to the question; below 0.45 of them it is off the topic."""
    telling = {
        word.stem
        for word in said.reading.without_orders
        if word.text.isalpha() and len(word.text) > 2 and kind_of(word.text) in ("word", "ing")
    }
    if not telling:
        return 1.0
    share = len(telling & vocabulary) / len(telling)
    return min(1.0, max(0.0, (share - _OFF_TOPIC) / (_ON_TOPIC - _OFF_TOPIC)))
