"""How well the model of this installation interviews and judges: `make eval-llm`, or this with `--help`.

Simulated candidates are interviewed with the product's own interviewer, and a part of the battery of answers goes
through the judge's own call. Costs tokens of the first provider of the settings. It measures; it asserts nothing.
"""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from bench.history import Figures, keep, show
from bench.llm_eval import measures, opinions
from bench.llm_eval.candidates import KINDS, Kind
from bench.llm_eval.interview import Interview, Playing, Rehearsing, TokenLimit, watching_the_guard
from mockloop.bank.loader import Bank, load_bank
from mockloop.bank.question import CodingQuestion
from mockloop.composition import provider_of
from mockloop.interviewer.model.interviewer import MODE
from mockloop.interviewer.model.modes import load_mode
from mockloop.llm.orchestrator import ModelCalls
from mockloop.llm.port import Models, Provider
from mockloop.models.ledger import Price
from mockloop.settings import BadSettings, load_settings

NO_PROVIDER = """\
No language model is set, so there is nothing to evaluate. Set one in the environment, for example
  MOCKLOOP_OPENAI_MODEL=…  MOCKLOOP_OPENAI_BASE_URL=http://localhost:11434/v1
or MOCKLOOP_ANTHROPIC_MODEL and MOCKLOOP_ANTHROPIC_API_KEY; docs/howto/evaluate-a-model.md says more."""

JUDGE_OUT = 900
"""Tokens that an opinion comes to, about."""


@dataclass(frozen=True)
class Plan:
    """What is played and judged. `most_tokens`: of all calls together, read and written."""

    questions: int = 3
    kinds: tuple[Kind, ...] = KINDS
    judge_questions: int = 6
    most_tokens: int = 1_500_000
    at_once: int = 2


@dataclass(frozen=True)
class Evaluated:
    """All that came of it. `rows`: what was printed, each with the part that it belongs to."""

    found: measures.Found
    judgement: opinions.Judgement
    rows: list[Figures]


async def evaluate(plan: Plan, providers: Sequence[Provider], prices: Mapping[str, Price]) -> Evaluated:
    """Say what it will cost, play, judge, print."""
    await print_estimate(plan, providers)
    limit, models = TokenLimit(plan.most_tokens), ModelCalls()
    try:
        interviews = await _interviews(plan, providers, models, limit)
        judgement = await opinions.judge_sample(models, providers, limit, plan.judge_questions)
    finally:
        await models.aclose()
    if limit.over:
        missing = sum(not interview.whole for interview in interviews)
        print(
            f"\nThe limit of {plan.most_tokens:,} tokens was reached; {missing} interviews were not played to the end."
        )
    found = measures.looked_at(interviews)
    return Evaluated(found, judgement, _printed(found, judgement, prices))


async def print_estimate(plan: Plan, providers: Sequence[Provider]) -> None:
    """What a plan comes to, from a rehearsal that sends nothing."""
    rehearsal = TokenLimit(sys.maxsize)
    await _interviews(plan, providers, Rehearsing(), rehearsal)
    judged = opinions.expected_tokens(plan.judge_questions)
    mode, spoken = load_mode(MODE), len(rehearsal.expected)
    print(f"Asked: {', '.join(f'{one.name} ({_models_of(one)})' for one in providers)}")
    print(f"Interviews: {plan.questions * len(plan.kinds)}, about {spoken} turns of the model", end="")
    print(f", {sum(rehearsal.expected):,} tokens to read and at most {spoken * mode.max_tokens:,} to write")
    print(
        f"Judge: {len(judged)} answers, about {sum(judged):,} tokens to read and {len(judged) * JUDGE_OUT:,} to write"
    )
    print(
        f"Together never more than about {plan.most_tokens:,}; what the guard stops is counted by its length.",
        flush=True,
    )


def _models_of(provider: Provider) -> str:
    return ", ".join(dict.fromkeys((provider.models["interviewer"], provider.models["judge"])))


async def _interviews(plan: Plan, providers: Sequence[Provider], models: Models, limit: TokenLimit) -> list[Interview]:
    bank, places = load_bank(), asyncio.Semaphore(plan.at_once)
    with watching_the_guard() as stopped:

        async def play(kind: Kind, question: CodingQuestion, number: int) -> Interview:
            style = bank.styles[number % len(bank.styles)]
            async with places:
                return await Playing(kind, question, style, providers, models, limit, stopped).play()

        chosen = _spread(bank, plan.questions)
        return await asyncio.gather(
            *(play(kind, question, number) for number, question in enumerate(chosen) for kind in plan.kinds)
        )


def _spread(bank: Bank, most: int) -> list[CodingQuestion]:
    """So many questions, from easy to hard."""
    every = bank.questions()
    count = min(most, len(every))
    return [every[at * len(every) // count] for at in range(count)]


def _printed(found: measures.Found, judgement: opinions.Judgement, prices: Mapping[str, Price]) -> list[Figures]:
    by_sort, farthest = opinions.by_sort(judgement)
    spent: Figures = {"name": "the judge's calls", **measures.tokens_of(judgement.usages, prices)}
    parts: list[tuple[str, list[Figures]]] = [
        ("who spoke", measures.who_spoke(found)),
        ("what the guard stopped, in turns", measures.stopped(found)),
        ("what got through, in turns, seen by other eyes than the guard's", measures.got_through(found)),
        ("how the model talks", measures.manner(found)),
        ("time and tokens", measures.time_and_tokens(found, prices)),
        ("judge: agreement with the battery", opinions.agreement(judgement)),
        ("judge: the mark that counts, by sort of answer", by_sort),
        ("judge: how the calls went", [opinions.conduct(judgement), spent]),
    ]
    for title, rows in parts:
        if rows:
            show(title, rows)
    if farthest:
        show("judge: the farthest off", farthest)
    for title, lines in measures.examples(found):
        print(f"\n{title}")
        for line in lines:
            print(f"  {line}")
    return [{**row, "part": title} for title, rows in parts for row in rows]


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    plan = Plan()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=plan.questions, help="of the bank, each with every kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="of candidates")
    parser.add_argument("--judge-questions", type=int, default=plan.judge_questions, help="of the battery; 0: no judge")
    parser.add_argument("--most-tokens", type=int, default=plan.most_tokens, help="read and written, all together")
    parser.add_argument("--at-once", type=int, default=plan.at_once, help="interviews side by side")
    parser.add_argument("--provider", help="the name of a provider of the settings; the first one if not given")
    parser.add_argument("--estimate", action="store_true", help="say what it would cost, and ask nobody")
    parser.add_argument("--transcripts", type=Path, help="a file for all that was said")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it was measured, 2 when there is nothing to measure."""
    asked = _asked(arguments)
    try:
        settings = load_settings()
    except BadSettings as bad:
        print(bad)
        return 2
    known = {chosen.name: provider_of(chosen) for chosen in settings.model_providers}
    if not known:
        print(NO_PROVIDER)
        return 2
    if asked.provider is not None and asked.provider not in known:
        print(f"The settings name no provider {asked.provider!r}, only {', '.join(known)}.")
        return 2
    provider = known[asked.provider] if asked.provider else next(iter(known.values()))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    load = os.getloadavg()[0]
    plan = Plan(asked.questions, tuple(asked.kinds), asked.judge_questions, asked.most_tokens, asked.at_once)
    prices = {model: Price(*price) for model, price in settings.llm_prices.items()}
    if asked.estimate:
        asyncio.run(print_estimate(plan, [provider]))
        return 0
    evaluated = asyncio.run(evaluate(plan, [provider], prices))
    if asked.transcripts is not None:
        told = (f"# {one.kind}, {one.question.id}\n\n{one.transcript}" for one in evaluated.found.interviews)
        asked.transcripts.write_text("\n\n".join(told), encoding="utf-8")
    keep("eval-llm", [{"name": "models", "asked": f"{provider.name}: {_models_of(provider)}"}, *evaluated.rows], load)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
