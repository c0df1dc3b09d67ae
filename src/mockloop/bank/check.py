"""Proves the bank: every rule on paper, every reference right, every planted solution caught.

Called by `mockloop bank check` and by the tests.
"""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterable
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from mockloop.bank.content_rules import BANK_RULES, RULES
from mockloop.bank.loader import Bank, Fault, bank_root, question_ids, read_question, read_styles
from mockloop.bank.proofs import Finding, Run, growth_inputs, prove_reference, prove_slow, prove_starter, prove_wrong
from mockloop.bank.question import CodingQuestion
from mockloop.runner.contract import Runner, RunResult, Solution

AT_ONCE = 2
"""Programs that run at the same time. More than the cores would disturb each other's times."""

T = TypeVar("T")


class Problem(BaseModel):
    """One thing that is wrong with the bank. `question_id` is empty when it concerns no question in particular."""

    model_config = ConfigDict(frozen=True)

    question_id: str
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.question_id or 'bank'}: {self.rule}: {self.text}"


Progress = Callable[[str], None]
"""Told one line after each question: how many are done, which one this was, and how it came out."""


async def check_content(
    runner: Runner,
    *,
    root: Traversable | None = None,
    only: Collection[str] = (),
    progress: Progress | None = None,
) -> list[Problem]:
    """Like `check_bank`, from the files: what cannot even be read is a problem too, and the rest is checked still.

    `only` names the questions to check (all by default). Raises `RunnerUnavailable`.
    """
    root = root or bank_root()
    faults: list[Fault] = []
    styles = read_styles(root, faults)
    ids = question_ids(root)
    questions = [question for name in ids if (question := read_question(root, name, faults)) is not None]
    problems = [Problem(question_id=_owner_of(fault), rule="schema", text=str(fault)) for fault in faults]
    problems += [Problem(question_id=name, rule="schema", text="no such question") for name in sorted({*only} - {*ids})]
    if only:
        problems = [problem for problem in problems if problem.question_id in only]
    return problems + await check_bank(Bank(questions, styles), runner, only=only, progress=progress)


async def check_bank(
    bank: Bank,
    runner: Runner,
    *,
    only: Collection[str] = (),
    progress: Progress | None = None,
    at_once: int = AT_ONCE,
) -> list[Problem]:
    """Everything that is wrong with these questions; an empty list is the proof that they are sound.

    Raises `RunnerUnavailable` when programs cannot be run here: then nothing is proved.
    """
    chosen = [question for question in bank.questions() if not only or question.id in only]
    gate, desk = asyncio.Semaphore(at_once), asyncio.Semaphore(at_once)
    done = 0

    async def run(job: Solution) -> RunResult:
        async with gate:
            return await runner.run(job)

    async def check_one(question: CodingQuestion) -> list[Problem]:
        nonlocal done
        problems = problems_on_paper(question, bank)
        async with desk:
            problems += await _problems_in_practice(question, run)
        done += 1
        if progress is not None:
            outcome = f"{len(problems)} problems" if problems else "sound"
            progress(f"[{done}/{len(chosen)}] {question.id}: {outcome}")
        return problems

    found = await _in_order([check_one(question) for question in chosen])
    problems = [problem for problems in found for problem in problems]
    for rule, check in BANK_RULES.items():
        for question_id, text in check(bank):
            if not only or question_id in only:
                problems.append(Problem(question_id=question_id, rule=rule, text=text))
    return problems


def problems_on_paper(question: CodingQuestion, bank: Bank) -> list[Problem]:
    """What is wrong with a question that can be seen without running anything."""
    return [
        Problem(question_id=question.id, rule=rule, text=text)
        for rule, check in RULES.items()
        for text in check(question, bank)
    ]


async def _problems_in_practice(question: CodingQuestion, run: Run) -> list[Problem]:
    inputs, findings = growth_inputs(question)
    proofs: list[Coroutine[Any, Any, list[Finding]]] = []
    proofs += [prove_reference(question, language, inputs, run) for language in question.references]
    proofs += [prove_starter(question, language, run) for language in question.starter]
    wrong = [planted for planted in question.planted if planted.flaw == "wrong"]
    slow = [planted for planted in question.planted if planted.flaw == "slow"]
    proofs += [prove_wrong(question, planted, run) for planted in wrong]
    proofs += [prove_slow(question, planted, inputs, run) for planted in slow]
    findings += [finding for found in await _in_order(proofs) for finding in found]
    return [Problem(question_id=question.id, rule=finding.rule, text=finding.text) for finding in findings]


async def _in_order(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Do all of it at once; the results in the order given. The first error ends the rest."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


def _owner_of(fault: Fault) -> str:
    parts = fault.file.split("/")
    return parts[2] if parts[:2] == ["content", "coding"] and len(parts) > 2 else ""
