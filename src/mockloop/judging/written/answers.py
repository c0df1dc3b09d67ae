"""What feedback is written about: each answer with what the judge found in it, and the scorecard in lines. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockloop.judging.answers.task import Grade
from mockloop.judging.follow_ups import Exchange, exchanges_of, graded
from mockloop.judging.joining import Joined, whole
from mockloop.judging.record import Message, Record
from mockloop.judging.scorecard import Scorecard

APPROACH = "approach"
SHORTEST_ANSWER = 12
"""Words below which the talk about an approach is not worth feedback of its own."""

MOST_ANSWERS = 4


@dataclass(frozen=True)
class Answer:
    """One answer. `judged`: the judge's findings, a line each."""

    id: str
    question: str
    said: Joined
    judged: str


def answers_of(record: Record, card: Scorecard) -> tuple[Answer, ...]:
    """How the approach was explained, then the follow-up questions that were answered; at most `MOST_ANSWERS`."""
    exchanges = [one for one in exchanges_of(record) if one.answered]
    found = [*_approach(record, card, exchanges), *map(_follow_up, exchanges)]
    return tuple(found[:MOST_ANSWERS])


def _approach(record: Record, card: Scorecard, exchanges: Sequence[Exchange]) -> list[Answer]:
    replies = {message.seq for one in exchanges for reply in one.replies for message in reply}
    said = whole([message for message in record.said if message.seq not in replies])
    if len(said.text.split()) < SHORTEST_ANSWER:
        return []
    lines = [
        f"- {mark.met.replace('_', ' ')}: {mark.text} {mark.explanation}"
        for dimension in card.dimensions
        if dimension.id in ("communication", "process")
        for mark in dimension.criteria
        if not mark.id.startswith("follow-up-")
    ]
    question = f"How would you solve “{record.question.title}”? {record.question.summary}"
    return [Answer(APPROACH, question, said, "\n".join(lines))]


def _follow_up(exchange: Exchange) -> Answer:
    messages: list[Message] = [message for reply in exchange.replies for message in reply]
    said = whole(messages)
    grade = graded(exchange.follow_up, said.text)
    return Answer(f"follow-up-{exchange.follow_up.id}", exchange.follow_up.ask, said, _found(grade))


def _found(grade: Grade) -> str:
    """Points of a good answer, each met or not."""
    lines = [f"- {one.met}: {one.text}" for one in grade.criteria]
    return "\n".join([*lines, *(f"- missing: {text}" for text in grade.missing)]) or "- nothing in particular"


def scorecard_lines(card: Scorecard) -> str:
    """The scorecard for somebody who sums it up: marks, criteria by id, and what could not be judged."""
    lines = [
        f"overall {card.overall / 10:.1f} of 10; {card.tests_passed} of {card.tests_total} tests passed; "
        f"{card.hints_used} hints; {card.minutes_used:g} minutes"
    ]
    for dimension in card.dimensions:
        lines.append(f"{dimension.title}: {dimension.mark / 10:.1f} of 10. {dimension.explanation}")
        lines += [
            f"  {mark.id} ({mark.met.replace('_', ' ')}, {mark.points:g} of {mark.out_of:g}): {mark.explanation}"
            for mark in dimension.criteria
        ]
    lines += [f"not judged: {caveat.text}" for caveat in card.caveats]
    return "\n".join(lines)


def criteria_lines(card: Scorecard) -> str:
    """The ids of all criteria with what they ask."""
    return "\n".join(f"- {mark.id}: {mark.text}" for one in card.dimensions for mark in one.criteria)
