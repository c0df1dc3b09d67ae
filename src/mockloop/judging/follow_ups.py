"""Answers to follow-up questions: which one was asked, what the candidate replied, and what that is worth.

A reply is everything said until the interviewer's next question. One that was probed further is marked twice: by
itself, and with what the probe added.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from mockloop.bank.question import CodingQuestion, FollowUp
from mockloop.judging.answers.grade import grade
from mockloop.judging.answers.opinion import Both, Opinion, both
from mockloop.judging.answers.task import Grade, Task
from mockloop.judging.answers.weights import LONGEST_ANSWER
from mockloop.judging.evidence import NEVER, QUOTE_LIMIT, moment
from mockloop.judging.feedback import FOLLOW_UP
from mockloop.judging.joining import Joined, whole
from mockloop.judging.record import Message, Record
from mockloop.judging.scorecard import Band, CriterionMark, Evidence
from mockloop.judging.weights import (
    FOLLOW_UP_MET,
    FOLLOW_UP_PARTLY,
    LOW_CONFIDENCE,
    POINTS,
    TOO_LATE_TO_ANSWER_S,
)
from mockloop.sessions import events as e
from mockloop.sessions.events import Entry

AskOpinion = Callable[[Task], Awaitable[Opinion | None]]
"""Asks a language model; None when nobody is to be asked or nobody answers. Never raises."""

NO_OPINIONS: Mapping[str, Opinion] = MappingProxyType({})
AGREED, DISAGREED = 0.85, 0.4
"""Confidence where two judges agree, and the most where they are far apart."""

MOST_QUOTES = 3

_HEARD = "heard"
"""What an interviewer's turn is about that takes an answer as given; the candidate may still add to it."""

_LEAVING = ("move_on", "wrap_up")
_ASKING = ("ask_approach", "ask_complexity", "challenge", "probe", "nudge", "follow_up", "check_in")


@dataclass
class Exchange:
    """A follow-up question that was asked at `asked_seq`, and the replies: to it, then to each probe.

    `left_seq`: where the interviewer went on from what was replied; None while it waits for more.
    """

    follow_up: FollowUp
    asked_seq: int
    replies: list[list[Message]] = field(default_factory=lambda: [[]])
    left_seq: int | None = None

    @property
    def answered(self) -> bool:
        return any(self.replies)

    @property
    def answer(self) -> Joined:
        """All that was replied."""
        return whole([message for reply in self.replies for message in reply])


def exchanges_of(record: Record) -> list[Exchange]:
    """Every follow-up question that the interviewer asked, in order. Asked again, it goes on."""
    return exchanges_in(record.entries, record.question)


def exchanges_in(entries: Sequence[Entry], question: CodingQuestion) -> list[Exchange]:
    """As `exchanges_of`, of a log that need not be over."""
    found: dict[str, Exchange] = {}
    open_one: Exchange | None = None
    for entry in entries:
        match entry.event:
            case e.InterviewerSaid() as event:
                asked = _asked(event, question)
                if open_one is not None and _leaves(event, open_one, asked):
                    open_one.left_seq = entry.seq
                if asked is not None:
                    open_one = found.setdefault(asked.id, Exchange(asked, entry.seq))
                    if f"deeper:{asked.id}" in event.about.split() and open_one.replies[-1]:
                        open_one.replies.append([])
                elif _asks(event):
                    open_one = None
            case e.CandidateSaid(text=text) if open_one is not None:
                open_one.replies[-1].append(Message(entry.seq, entry.at, text))
                open_one.left_seq = None
            case _:
                pass
    return list(found.values())


def left_with(entries: Sequence[Entry], question: CodingQuestion, seq: int) -> bool:
    """Whether the entry `seq` is where the interviewer went on from an answer to a follow-up question."""
    return any(exchange.left_seq == seq for exchange in exchanges_in(entries, question))


def _asked(event: e.InterviewerSaid, question: CodingQuestion) -> FollowUp | None:
    """The follow-up question that a turn leaves open, if it does."""
    kind, _, id = (event.about.split() or [""])[-1].partition(":")
    for follow_up in question.follow_ups:
        if (kind == "follow_up" and id == follow_up.id) or (event.move == "follow_up" and follow_up.ask in event.text):
            return follow_up
    return None


def _leaves(event: e.InterviewerSaid, exchange: Exchange, asked: FollowUp | None) -> bool:
    if not exchange.answered or exchange.left_seq is not None:
        return False
    if asked is not None:
        return asked.id != exchange.follow_up.id
    return _asks(event) or event.move in _LEAVING or _HEARD in event.about.split()


def _asks(event: e.InterviewerSaid) -> bool:
    return event.move in _ASKING or event.text.rstrip().endswith("?")


def mark_follow_ups(
    record: Record, objection: str | None = None, opinions: Mapping[str, Opinion] = NO_OPINIONS
) -> tuple[CriterionMark, ...]:
    """A criterion for each follow-up question that was asked; they share the points that there are for them.

    `opinions`: what a language model thinks of whole replies, by the id of the follow-up.
    """
    exchanges = exchanges_of(record)
    out_of = out_of_each(len(exchanges))
    return tuple(mark_exchange(record, one, out_of, objection, opinions.get(one.follow_up.id)) for one in exchanges)


async def opinions_on(record: Record, ask: AskOpinion) -> dict[str, Opinion]:
    """Ask for an opinion on every answered follow-up, one after the other; those that came, by id."""
    found = {}
    for exchange in exchanges_of(record):
        if exchange.answered:
            opinion = await ask(task_of(exchange.follow_up, exchange.answer.text))
            if opinion is not None:
                found[exchange.follow_up.id] = opinion
    return found


def out_of_each(count: int) -> float:
    return round(POINTS["communication"]["follow-ups"] / max(1, count), 2)


def mark_exchange(
    record: Record, exchange: Exchange, out_of: float, objection: str | None = None, opinion: Opinion | None = None
) -> CriterionMark:
    """The mark of one follow-up: of everything that was replied to it."""
    if not exchange.answered:
        return _unanswered(record, exchange, out_of)
    first = whole(next(reply for reply in exchange.replies if reply))
    grades = [(first, graded(exchange.follow_up, first.text, objection))]
    if sum(bool(reply) for reply in exchange.replies) > 1:
        grades.append((exchange.answer, graded(exchange.follow_up, exchange.answer.text, objection)))
    answer, last = grades[-1]
    added = _added(grades) if len(grades) > 1 else ""
    return criterion_of(exchange, answer, last, out_of, added, opinion)


def graded(follow_up: FollowUp, answer: str, objection: str | None = None) -> Grade:
    """The grade of an answer to a follow-up question, against the good answer that its author wrote."""
    return grade(task_of(follow_up, answer, objection))


def task_of(follow_up: FollowUp, answer: str, objection: str | None = None) -> Task:
    """An answer to a follow-up question as the judge of answers is given it."""
    return Task(
        id=follow_up.id,
        question=follow_up.ask,
        answer=answer[:LONGEST_ANSWER],
        reference=follow_up.good_answer,
        kind="concept",
        objection=objection,
    )


def criterion_of(
    exchange: Exchange,
    answer: Joined,
    given: Grade,
    out_of: float,
    added: str = "",
    opinion: Opinion | None = None,
) -> CriterionMark:
    """A grade as a criterion of the scorecard, each quote where it was said. No quote, no credit."""
    evidence = _quoted(answer, given, opinion)
    two = both(given, opinion) if opinion is not None else None
    mark = two.mark if two else given.mark
    met = mark if evidence else 0.0
    said = (_in_words(given), _second(two), _missing(given), added, "" if two and two.agree else _doubt(given, two))
    return CriterionMark(
        id=FOLLOW_UP + exchange.follow_up.id,
        text=f"Answers the follow-up: {exchange.follow_up.ask}",
        met="yes" if met >= FOLLOW_UP_MET else "partly" if met >= FOLLOW_UP_PARTLY else "no",
        points=round(met / 100 * out_of, 2),
        out_of=out_of,
        explanation=" ".join(part for part in said if part),
        evidence=evidence or (answer.evidence(0, len(answer.text), QUOTE_LIMIT)[:1] or (NEVER,)),
        band=Band(low=given.band.low, high=given.band.high, name=given.band.name),
        confidence=given.confidence if two is None else AGREED if two.agree else min(given.confidence, DISAGREED),
    )


def _second(two: Both | None) -> str:
    if two is None:
        return ""
    mine, theirs = two.built_in.mark10, two.opinion.mark10
    return f"The built-in judge says {mine} of 10, {two.opinion.provider} says {theirs}; {two.mark10} counts."


def _quoted(answer: Joined, given: Grade, opinion: Opinion | None) -> tuple[Evidence, ...]:
    places = {span for one in given.criteria if one.met != "no" for span in one.spans}
    if opinion is not None:
        places |= {span for one in opinion.verdicts.criteria if one.met != "no" for span in _found(answer, one.quotes)}
    spans = sorted(places)
    found = [one for start, end in spans for one in answer.evidence(start, end, QUOTE_LIMIT)]
    return tuple(dict.fromkeys(found))[:MOST_QUOTES]


def _found(answer: Joined, quotes: Sequence[str]) -> list[tuple[int, int]]:
    """Where a model's quotes stand, letter by letter; one that differs in case or spacing is left out."""
    at = [(answer.text.find(quote), len(quote)) for quote in quotes]
    return [(start, start + length) for start, length in at if start >= 0]


def _in_words(given: Grade) -> str:
    low, high = given.band.low / 10, given.band.high / 10
    return f"{given.band.name.capitalize()}: probably {low:.1f} to {high:.1f} of 10."


def _missing(given: Grade) -> str:
    if not given.missing or given.mark >= FOLLOW_UP_MET:
        return ""
    return f"A good answer also says: “{given.missing[0].rstrip('.')}”."


def _doubt(given: Grade, two: Both | None) -> str:
    if two is not None:
        return "The two judges are far apart; take this mark as a guess."
    if given.confidence >= LOW_CONFIDENCE:
        return ""
    return f"The judge is not sure of this mark (confidence {given.confidence:.2f}); take it as a guess."


def _added(grades: Sequence[tuple[Joined, Grade]]) -> str:
    """What the probe brought: the marks before and after, and the points of the good answer that came with it."""
    (_, before), (_, after) = grades[0], grades[-1]
    credit = {one.id: one.credit for one in before.criteria}
    new = [one.text for one in after.criteria if one.met != "no" and one.credit > credit.get(one.id, 0.0) + 0.1]
    marks = f"{before.mark / 10:.1f} before, {after.mark / 10:.1f} with it"
    if after.mark <= before.mark:
        return f"Asked further, you added nothing that raises the mark ({marks})."
    what = f": “{new[0].rstrip('.')}”" if new else ""
    return f"Asked further, you added to it{what} ({marks})."


def _unanswered(record: Record, exchange: Exchange, out_of: float) -> CriterionMark:
    asked = record.by_seq[exchange.asked_seq]
    late = (record.ended_at - asked.at).total_seconds() < TOO_LATE_TO_ANSWER_S
    text = "The interview ended before you could answer. This costs nothing." if late else "This was not answered."
    return CriterionMark(
        id=FOLLOW_UP + exchange.follow_up.id,
        text=f"Answers the follow-up: {exchange.follow_up.ask}",
        met="not_assessed" if late else "no",
        points=0,
        out_of=out_of,
        explanation=text,
        evidence=(moment(exchange.asked_seq), NEVER),
    )
