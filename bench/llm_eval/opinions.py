"""How well a model judges: a part of the battery of answers through the judge's own call, beside the built-in judge."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.history import Figures
from bench.judging.graded import Marked, auc, kappa
from bench.judging.judge import GOOD_FROM, TRAP_TO, Cell, apart, battery_rows, worst
from bench.judging.traps import FAIR, GOOD, TRAP, Question, answers, battery
from bench.llm_eval.interview import TokenLimit, Witness
from mockloop.judging.answers.grade import grade
from mockloop.judging.answers.opinion import Both, ask_opinion, both, estimate_of, wanted_of
from mockloop.judging.answers.task import Task
from mockloop.judging.follow_ups import AGREED, DISAGREED
from mockloop.llm.port import AllFailed, Models, Provider, Usage

ANSWERS = (
    "good 1", "nonnative", "middling 1", "misconception", "keywords", "denied", "buzzwords 1", "orders alone",
)  # fmt: skip
"""Of each question: two good, two fair, four traps."""
RANK = {TRAP: 0, FAIR: 1, GOOD: 2}

REASONS = (
    ("not in the answer", "quote that is not in the answer"),
    ("only repeats the question", "quote of the question"),
    ("a quote has at least", "quote too short"),
    ("without a quote", "met without a quote"),
    ("exactly these criteria", "other criteria"),
    ("not evidence", "quote of an order"),
    ("does not speak to all", "control criterion met"),
)
"""Words of the checks in `judging.answers.opinion`, and what the report calls them."""


@dataclass(frozen=True)
class Judged:
    """An answer of the battery with both opinions. `sort`: good, fair or trap."""

    question: Question
    sort: str
    name: str
    both: Both


@dataclass
class Judgement:
    """All that the model judged. `corrected`: answers whose verdicts were sent back once or twice and then would do."""

    judged: list[Judged] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)
    corrected: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    usages: list[Usage] = field(default_factory=list)


def sample(most_questions: int) -> list[tuple[Question, str, str, Task]]:
    """Questions that nobody tuned on, from all areas in turn, with the answers of `ANSWERS` that can be compared."""
    every = battery()
    held_out = [question for question in every if question.held_out]
    places: Counter[str] = Counter()
    turns = {}
    for question in held_out:
        turns[question.name] = (places[question.area], question.area)
        places[question.area] += 1
    comparable = [question for question in held_out if wanted_of(question.task("any"))]
    chosen = sorted(comparable, key=lambda question: turns[question.name])[:most_questions]
    return [
        (question, sort, name, question.task(text))
        for question in chosen
        for sort, name, text in answers(question, every)
        if name in ANSWERS
    ]


def expected_tokens(most_questions: int) -> list[int]:
    """The input of every call, estimated."""
    return [estimate_of(task) for *_, task in sample(most_questions)]


async def judge_sample(
    models: Models, providers: Sequence[Provider], limit: TokenLimit, most_questions: int
) -> Judgement:
    """Every answer of the sample, one after the other, as long as the tokens last."""
    judgement = Judgement()
    for question, sort, name, task in sample(most_questions):
        if not limit.fits(estimate_of(task)):
            break
        witness = Witness(models)
        try:
            answered = await ask_opinion(witness, providers, task)
        except AllFailed as failed:
            judgement.faults[failed.faults[-1] if failed.faults else "unreachable"] += 1
            usages: tuple[Usage, ...] = failed.usage
            answered = None
        else:
            assert answered is not None, "the sample holds only answers that can be compared"
            usages = (*answered[1].earlier, answered[1])
            judgement.judged.append(Judged(question, sort, name, both(grade(task), answered[0])))
            judgement.corrected += bool(witness.rejected)
        judgement.rejected.update(map(_reason, witness.rejected))
        judgement.usages.extend(usages)
        limit.spent += sum(usage.input_tokens + usage.output_tokens for usage in usages)
    return judgement


def _reason(rejected: str) -> str:
    return next((name for words, name in REASONS if words in rejected), "other")


def agreement(judgement: Judgement) -> list[Figures]:
    """How the built-in judge, the model, and the mark that counts agree with what the battery expects."""
    marks: dict[str, Callable[[Both], float]] = {
        "built-in alone": lambda one: one.built_in.mark,
        "model alone": lambda one: one.opinion.mark,
        "the mark that counts": lambda one: one.mark,
    }
    return [_agreement(name, judgement.judged, mark) for name, mark in marks.items()] if judgement.judged else []


def _agreement(name: str, judged: Sequence[Judged], mark: Callable[[Both], float]) -> Figures:
    expected = [RANK[one.sort] for one in judged]
    of_ten = [round(mark(one.both) / 10) for one in judged]
    bands = [2 if ten >= GOOD_FROM else 0 if ten <= TRAP_TO else 1 for ten in of_ten]
    clear = [Marked(mark(one.both), float(one.sort == GOOD), "", "") for one in judged if one.sort != FAIR]
    told_apart = {one.person for one in clear} == {0.0, 1.0}
    return {
        "name": name,
        "answers": len(judged),
        "in the band": sum(a == b for a, b in zip(expected, bands, strict=True)),
        "kappa of bands": round(kappa(expected, bands, 2), 3),
        "good above trap": round(auc(clear), 3) if told_apart else None,
        "pairs in order": _in_order(judged, mark),
    }


def _in_order(judged: Sequence[Judged], mark: Callable[[Both], float]) -> float | None:
    """Of all pairs of one question's answers of which one should be better, the share that is; half for equal marks."""
    wins, pairs = 0.0, 0
    for better in judged:
        for other in judged:
            if better.question.name == other.question.name and RANK[better.sort] > RANK[other.sort]:
                a, b = mark(better.both), mark(other.both)
                wins += 1.0 if a > b else 0.5 if a == b else 0.0
                pairs += 1
    return round(wins / pairs, 3) if pairs else None


def conduct(judgement: Judgement) -> Figures:
    """How often the judges were far apart, and what became of the model's quotes."""
    asked = len(judgement.judged) + judgement.faults.total()
    apart_ = sum(not one.both.agree for one in judgement.judged)
    return {
        "name": "the model's verdicts",
        "asked": asked,
        "answered": len(judgement.judged),
        "faults": ", ".join(f"{fault} {count}" for fault, count in judgement.faults.most_common()) or "-",
        "low confidence": apart_,
        "share": round(apart_ / len(judgement.judged), 3) if judgement.judged else None,
        "sent back": judgement.rejected.total(),
        "because": ", ".join(f"{reason} {count}" for reason, count in judgement.rejected.most_common()) or "-",
        "then corrected": judgement.corrected,
        "tampering seen": sum(one.both.opinion.verdicts.tampering for one in judgement.judged),
    }


def by_sort(judgement: Judgement) -> tuple[list[Figures], list[Figures]]:
    """The marks that count, by sort of answer, as the bench of the built-in judge has them; and the farthest off."""
    cells = [
        Cell(
            one.question,
            one.sort,
            one.name,
            one.both.mark,
            one.both.mark10,
            AGREED if one.both.agree else min(one.both.built_in.confidence, DISAGREED),
        )
        for one in judgement.judged
    ]
    whole = [
        cell for cell in cells if _is_whole([other for other in cells if other.question.name == cell.question.name])
    ]
    return [*battery_rows(cells), *([apart(whole)] if whole else [])], worst(cells)


def _is_whole(cells: Sequence[Cell]) -> bool:
    return any(cell.name == "good 1" for cell in cells) and any(cell.sort == TRAP for cell in cells)
