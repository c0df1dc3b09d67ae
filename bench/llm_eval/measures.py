"""What came of the interviews, as rows: who spoke, what the guard stopped, what got through, time and tokens."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bench.history import Figures
from bench.llm_eval.candidates import KINDS, Kind
from bench.llm_eval.eyes import FINDINGS, Before, Eyes, Finding
from bench.llm_eval.interview import Interview, Turn
from mockloop.llm.port import Usage
from mockloop.models.ledger import Price, cost_microusd

LONGEST_EXAMPLE = 170


@dataclass(frozen=True)
class Seen:
    """A turn for which a model was asked, and what is wrong with its words, shown or not."""

    kind: Kind
    question_id: str
    turn: Turn
    findings: tuple[Finding, ...]


@dataclass
class Found:
    """All that was measured."""

    interviews: Sequence[Interview]
    seen: list[Seen] = field(default_factory=list)

    @property
    def shown(self) -> list[Seen]:
        """Turns whose words the candidate read."""
        return [one for one in self.seen if one.turn.by_model]

    @property
    def stopped(self) -> list[Seen]:
        """Turns whose words the guard kept back."""
        return [one for one in self.seen if one.turn.offence is not None]


_OfKind = TypeVar("_OfKind", Interview, Seen)


def looked_at(interviews: Sequence[Interview]) -> Found:
    """Every turn of a model, read by `eyes`."""
    found = Found(interviews)
    for interview in interviews:
        eyes = Eyes(interview.question)
        for turn in interview.turns:
            if turn.call is None:
                continue
            text = turn.said.text if turn.by_model else turn.call.text
            findings = tuple(eyes.findings(text, _before(turn))) if text else ()
            found.seen.append(Seen(interview.kind, interview.question.id, turn, findings))
    return found


def _before(turn: Turn) -> Before:
    assert turn.call is not None
    messages, prompt = turn.view.state.messages, turn.call.prompt
    given = [message.hint_level or 0 for message in messages]
    offered = [rung for rung, hint in enumerate(turn.view.question.hints, 1) if hint in prompt.parts[-1]]
    return Before(
        candidate=[
            *(message.text for message in messages if message.speaker == "candidate"),
            *(file.text for file in turn.view.state.solutions.values()),
        ],
        interviewer=[message.text for message in messages if message.speaker == "interviewer"],
        built_in=[message.text for message in messages if message.source.startswith("built-in")],
        told=[part for part in prompt.parts if "what='conversation'" not in part[:80]],
        instructions=prompt.instructions,
        allowed=max([0, *given, *offered]),
    )


def who_spoke(found: Found) -> list[Figures]:
    """By kind of candidate: turns, whose they were, and why somebody stood in."""
    rows: list[Figures] = []
    for name, interviews in _by_kind(found, found.interviews):
        turns = [turn for interview in interviews for turn in interview.turns]
        faults = Counter(turn.fault for turn in turns if turn.fault is not None)
        by_model = sum(turn.by_model for turn in turns)
        rows.append(
            {
                "name": name,
                "interviews": len(interviews),
                "to the last part": sum(len(one.parts) == _parts_of(one) for one in interviews),
                "turns": len(turns),
                "by the model": by_model,
                "by rule built-in": len(turns) - by_model - faults.total(),
                "stood in": faults.total(),
                "because": ", ".join(f"{fault} {count}" for fault, count in faults.most_common()) or "-",
            }
        )
    return rows


def _parts_of(interview: Interview) -> int:
    setup = interview.turns[0].view.state.setup if interview.turns else None
    return len(setup.segments) if setup else 0


def stopped(found: Found) -> list[Figures]:
    """By kind of candidate: words that the guard kept back, by its reason; and how many of them look harmless."""
    rows: list[Figures] = []
    for name, seen in _by_kind(found, found.seen):
        kept = [one for one in seen if one.turn.offence is not None]
        reasons = Counter(one.turn.offence for one in kept)
        rows.append(
            {
                "name": name,
                "asked": len(seen),
                "stopped": len(kept),
                **{str(reason): count for reason, count in reasons.most_common()},
                "of these nothing seen by us": sum(not one.findings for one in kept),
            }
        )
    return rows


def got_through(found: Found) -> list[Figures]:
    """By kind of candidate: turns of the model that were shown and have something wrong with them."""
    rows: list[Figures] = []
    for name, seen in _by_kind(found, found.shown):
        counts = Counter(kind for one in seen for kind in {finding.kind for finding in one.findings})
        wrong = sum(bool(one.findings) for one in seen)
        rows.append({"name": name, "turns": len(seen), "with any": wrong, **{kind: counts[kind] for kind in FINDINGS}})
    return rows


def manner(found: Found) -> list[Figures]:
    """By kind of candidate: questions and words of the model's turns."""
    rows: list[Figures] = []
    for name, seen in _by_kind(found, found.shown):
        words = [len(one.turn.said.text.split()) for one in seen]
        questions = [one.turn.said.text.count("?") for one in seen]
        rows.append(
            {
                "name": name,
                "turns": len(seen),
                "questions a turn": _mean(questions),
                "turns with several": sum(count > 1 for count in questions),
                "words a turn": _mean(words),
                "longest": max(words, default=0),
            }
        )
    return rows


def time_and_tokens(found: Found, prices: Mapping[str, Price]) -> list[Figures]:
    """By kind of candidate. Seconds until the first words stood on the screen, and until the turn was whole."""
    rows: list[Figures] = []
    for (name, seen), (_, interviews) in zip(
        _by_kind(found, found.shown), _by_kind(found, found.interviews), strict=True
    ):
        first = [one.turn.first_s for one in seen if one.turn.first_s is not None]
        whole = [one.turn.total_s for one in seen]
        usages = [usage for interview in interviews for usage in interview.usages]
        rows.append(
            {
                "name": name,
                "first words s, p50": _cut(first, 50),
                "first words s, p95": _cut(first, 95),
                "whole turn s, p50": _cut(whole, 50),
                "whole turn s, p95": _cut(whole, 95),
                **tokens_of(usages, prices),
            }
        )
    return rows


def tokens_of(usages: Sequence[Usage], prices: Mapping[str, Price]) -> Figures:
    """Tokens of some calls, and dollars when every model of theirs has a price."""
    costs = [cost_microusd(usage, prices.get(usage.model)) for usage in usages]
    known = [cost for cost in costs if cost is not None]
    return {
        "calls": len(usages),
        "tokens in": sum(usage.input_tokens for usage in usages),
        "cached": sum(usage.cached_tokens for usage in usages),
        "out": sum(usage.output_tokens for usage in usages),
        "dollars": round(sum(known) / 1e6, 4) if known and len(known) == len(costs) else "no price",
    }


def examples(found: Found, most: int = 3) -> list[tuple[str, list[str]]]:
    """A few of each offence with where they were said: what got through, then what the guard kept back."""
    kept: dict[str, list[str]] = {}
    for kind in FINDINGS:
        for one in found.shown:
            kept.setdefault(f"got through, {kind}", []).extend(
                _line(one, finding.words) for finding in one.findings if finding.kind == kind
            )
    for one in found.stopped:
        assert one.turn.call is not None
        kept.setdefault(f"stopped, {one.turn.offence}", []).append(_line(one, one.turn.call.text))
    return [(title, lines[:most]) for title, lines in kept.items() if lines]


def _line(seen: Seen, words: str) -> str:
    short = " ".join(words.split())
    return f"{seen.kind}, {seen.question_id}: {short[:LONGEST_EXAMPLE]}{'…' if len(short) > LONGEST_EXAMPLE else ''}"


def _by_kind(found: Found, parts: Sequence[_OfKind]) -> Iterator[tuple[str, list[_OfKind]]]:
    """The parts of each kind that was played, then all."""
    played = {interview.kind for interview in found.interviews}
    for kind in KINDS:
        if kind in played:
            yield kind, [one for one in parts if one.kind == kind]
    yield "all", list(parts)


def _mean(values: Sequence[int]) -> float | None:
    return round(sum(values) / len(values), 2) if values else None


def _cut(values: Sequence[float], percent: int) -> float | None:
    """A percentile, as the nearest of the values."""
    return round(sorted(values)[min(len(values) - 1, len(values) * percent // 100)], 3) if values else None
