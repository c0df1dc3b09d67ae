"""Communication: what the candidate explained, by the question's rubric. Shown beside the mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mockloop.bank.question import CodingQuestion, Criterion
from mockloop.judging.evidence import NEVER, criterion, mark_of, said
from mockloop.judging.scorecard import CriterionMark, Dimension, Evidence
from mockloop.judging.spoken import Spoken, approaches_in, topicality, vocabulary_of
from mockloop.judging.weights import PARTLY, POINTS, TITLES
from mockloop.language import GroupMatch, Hit, find_phrase
from mockloop.language.words import vocabulary

_POINTS = POINTS["communication"]
_REASONS = (
    "because", "so that", "since", "therefore", "that way", "which means", "this means", "that means", "the reason",
    "trade off", "rather than", "instead of", "otherwise", "in exchange", "at the cost", "it follows", "works because",
    "too slow", "that is why", "thats why", "to avoid", "hence",
)  # fmt: skip
_FILLERS = vocabulary("um uh erm like basically kinda sorta literally whatever stuff")
_HEDGES = ("i guess", "not sure", "no idea", "i dont know", "somehow", "or something", "hopefully", "maybe")
_NEAR_MESSAGES = 2
"""A thought may be spread over so many messages in a row."""


@dataclass(frozen=True)
class Found:
    """How well one rubric criterion is met, and where."""

    criterion: Criterion
    share: float
    evidence: tuple[Evidence, ...]


def mark_communication(
    question: CodingQuestion, messages: Sequence[Spoken], follow_ups: Sequence[CriterionMark] = ()
) -> Dimension:
    """The dimension, from the candidate's messages alone; `follow_ups` are the marks of answers to those."""
    title = TITLES["communication"]
    found = rubric_found(question, messages)
    total = sum(one.criterion.weight for one in found) or 1
    criteria = [
        criterion(
            one.criterion.id,
            one.criterion.text,
            one.share,
            round(_POINTS["rubric"] * one.criterion.weight / total, 2),
            _EXPLAINED[0 if one.share >= 0.999 else 1 if one.share > 0 else 2],
            one.evidence,
        )
        for one in found
    ]
    reached = sum(one.share * one.criterion.weight for one in found) / total
    criteria += [_reasons(question, messages, reached), _clarity(messages, reached), *follow_ups]
    return Dimension(
        id="communication",
        title=title,
        mark=mark_of(criteria),
        explanation=summary_of(question, criteria) if messages else "Nothing was said.",
        criteria=tuple(criteria),
    )


_EXPLAINED = ("Said.", "Touched on, not carried through.", "Not said.")


def summary_of(question: CodingQuestion, criteria: Sequence[CriterionMark]) -> str:
    """How much of the rubric was explained."""
    ids = {one.id for one in question.rubric if one.says}
    rubric = [mark for mark in criteria if mark.id in ids]
    met = sum(mark.met == "yes" for mark in rubric)
    return (
        f"{met} of {len(rubric)} points of the rubric were explained. This stands beside the overall mark, not in it."
    )


def rubric_found(question: CodingQuestion, messages: Sequence[Spoken]) -> list[Found]:
    """Each criterion that can be heard, with the best evidence among neighbouring messages.

    Off the topic nothing counts: without an approach or a problem-solving point named, the rest gets no credit.
    """
    heard = [one for one in question.rubric if one.says]
    known = vocabulary_of(question)
    topical = {message.message.seq: topicality(message, known) for message in messages}
    found = [_best(one, messages, topical) for one in heard]
    on_topic = any(named.share >= 0.5 for message in messages for named in approaches_in(question, message)) or any(
        one.share >= 0.9 for one in found if one.criterion.dimension == "problem_solving"
    )
    return found if on_topic else [Found(one.criterion, 0.0, ()) for one in found]


def _best(one: Criterion, messages: Sequence[Spoken], topical: Mapping[int, float]) -> Found:
    best = Found(one, 0.0, ())
    matches = [(message, message.match(one.says)) for message in messages if topical[message.message.seq] > 0]
    for i in range(len(matches)):
        hits = _together(matches[i : i + _NEAR_MESSAGES])
        count = len(hits)
        share = 1.0 if count == len(one.says) else PARTLY * count / len(one.says) if count >= 1 else 0.0
        share *= min((topical[message.message.seq] for message, _ in hits), default=0.0)
        if share > best.share:
            evidence = tuple(dict.fromkeys(said(message.message, hit.start, hit.end) for message, hit in hits))
            best = Found(one, share, evidence[:2])
    return best


def _together(matches: Sequence[tuple[Spoken, GroupMatch]]) -> list[tuple[Spoken, Hit]]:
    """Per group of phrases the first message of the window that names it; the window starts with a hit."""
    if not matches or matches[0][1].found == 0:
        return []
    hits: list[tuple[Spoken, Hit]] = []
    for position in range(len(matches[0][1].hits)):
        for message, match in matches:
            hit = match.hits[position]
            if hit is not None:
                hits.append((message, hit))
                break
    return hits


def _reasons(question: CodingQuestion, messages: Sequence[Spoken], reached: float) -> CriterionMark:
    """Reasons given in messages that explain an approach."""
    text = "Gives reasons, not only steps"
    evidence: list[Evidence] = []
    for message in messages:
        if not message.usable or not approaches_in(question, message):
            continue
        for phrase in _REASONS:
            for hit in find_phrase(message.reading, phrase)[:1]:
                evidence.append(said(message.message, hit.start, hit.end))
    share = min(1.0, 0.5 * len(evidence)) * min(1.0, reached / 0.4)
    explanation = (
        "Reasons were given." if share >= 0.999 else "Few reasons were given." if share else "No reasons were given."
    )
    return criterion("reasons", text, share, _POINTS["reasons"], explanation, list(dict.fromkeys(evidence))[:2])


def _clarity(messages: Sequence[Spoken], reached: float) -> CriterionMark:
    """Sentences of a bearable length without much hedging, as far as something was explained at all."""
    text = "Speaks in clear, whole sentences"
    telling = [message for message in messages if message.usable and message.reading.structure.words >= 8]
    if not telling or reached <= 0:
        return criterion("clarity", text, 0.0, _POINTS["clarity"], "There was no explanation to follow.", [NEVER])
    words = sum(message.reading.structure.words for message in telling)
    unsure = sum(len(find_phrase(message.reading, phrase)) for message in telling for phrase in _HEDGES)
    fillers = sum(word.text in _FILLERS for message in telling for word in message.reading.words)
    share = max(0.0, 1.0 - 0.15 * max(0, unsure - 1) - max(0.0, fillers / words - 0.04) * 6)
    share *= min(1.0, reached / 0.4)
    longest = max(telling, key=lambda message: message.reading.structure.words)
    first = longest.reading.words[0]
    evidence = [said(longest.message, first.start, first.end)]
    explanation = "Easy to follow." if share >= 0.999 else "Could be followed in part."
    if unsure > 1:
        explanation = "Hedged often (“I guess”, “somehow”); say plainly what is certain and what is not."
    return criterion("clarity", text, share, _POINTS["clarity"], explanation, evidence)
