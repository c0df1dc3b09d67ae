"""An opinion is asked for while the talk goes on, once for the same words, and stands in the scorecard."""

import asyncio
import time

from sqlalchemy import delete, func, select

from mockloop.jobs.queue import Jobs
from mockloop.jobs.worker import Task, drain
from mockloop.judging.follow_ups import task_of
from mockloop.judging.opinions.kept import Kept, KeptOpinions, fingerprint_of
from mockloop.judging.opinions.service import TASK, request
from mockloop.judging.tables import OpinionRow
from mockloop.models.ledger import Budgets
from mockloop.models.tables import UsageRow
from mockloop.sessions.tables import SessionRow
from tests.judging.opinions.conftest import QUOTE, Judges, Talk
from tests.judging.test_follow_ups import HALF, REST


async def answered(talk: Talk, text: str = HALF) -> None:
    await talk.is_asked()
    await talk.says(text)
    await talk.is_heard()


async def begun(judges: Judges, calls: int = 1) -> None:
    """Until so many requests have reached the model."""
    async with asyncio.timeout(10):
        while judges.calls < calls:  # noqa: ASYNC110  what is awaited comes over a socket
            await asyncio.sleep(0.01)


async def test_what_was_asked_during_the_talk_is_not_asked_at_its_end(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    await judges.asking().ask_meanwhile(talk.log.session_id)
    assert judges.calls == 1
    assert await talk.rows() == [("assignment", None)]
    mark = await talk.is_judged(judges.asking())
    assert judges.calls == 1
    assert "house says 10" in mark.explanation
    assert any(one.quote == QUOTE for one in mark.evidence)


async def test_without_the_job_it_is_asked_at_the_end(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    mark = await talk.is_judged(judges.asking())
    assert judges.calls == 1
    assert "house says 10" in mark.explanation


async def test_nothing_is_asked_before_the_interviewer_has_gone_on(talk: Talk, judges: Judges) -> None:
    opinions = judges.asking()
    await talk.is_asked()
    await opinions.ask_meanwhile(talk.log.session_id)
    await talk.says(HALF)
    await opinions.ask_meanwhile(talk.log.session_id)
    await talk.hears("Go on.", "acknowledge", "")
    await opinions.ask_meanwhile(talk.log.session_id)
    assert judges.calls == 0
    await talk.is_asked(1)
    await opinions.ask_meanwhile(talk.log.session_id)
    assert judges.calls == 1


async def test_an_answer_that_grew_is_asked_about_anew(talk: Talk, judges: Judges) -> None:
    opinions = judges.asking()
    await answered(talk)
    await opinions.ask_meanwhile(talk.log.session_id)
    await talk.says(REST)
    await opinions.ask_meanwhile(talk.log.session_id)
    assert judges.calls == 1, "more may come"
    await talk.is_judged(opinions)
    assert judges.calls == 2
    assert REST[:40] in str(judges.fake.journal[1].body)
    assert await talk.rows() == [("assignment", None)]


async def test_the_job_twice_is_one_call_and_one_row(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    one, other = judges.asking("slow-first"), judges.asking("slow-first")
    await asyncio.gather(*(each.ask_meanwhile(talk.log.session_id) for each in (one, other)))
    await one.ask_meanwhile(talk.log.session_id)
    assert judges.calls == 1
    assert await talk.rows() == [("assignment", None)]


async def test_what_is_on_its_way_at_the_end_is_waited_for_and_paid_once(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    job = asyncio.create_task(judges.asking("slow-first").ask_meanwhile(talk.log.session_id))
    await begun(judges)
    mark = await talk.is_judged(judges.asking("slow-first"))
    await job
    assert judges.calls == 1
    assert "house says 10" in mark.explanation


async def test_it_is_waited_for_no_longer_than_for_an_opinion_of_one_s_own(talk: Talk, judges: Judges) -> None:
    judges.fake.slow_s = 5
    await answered(talk)
    job = asyncio.create_task(judges.asking("slow-first").ask_meanwhile(talk.log.session_id))
    await begun(judges)
    began = time.monotonic()
    mark = await talk.is_judged(judges.asking("slow-first", limit_s=0.5))
    assert time.monotonic() - began < 4
    assert judges.calls == 1
    assert "house" not in mark.explanation
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)


async def test_killed_in_between_it_is_asked_by_the_next(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    job = asyncio.create_task(judges.asking("slow-first", lease_s=0.4).ask_meanwhile(talk.log.session_id))
    await begun(judges)
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)
    [(_, holder)] = await talk.rows()
    assert holder is not None, "the job has left its claim behind"
    mark = await talk.is_judged(judges.asking())
    assert judges.calls == 2
    assert "house says 10" in mark.explanation
    assert await talk.rows() == [("assignment", None)]


async def test_who_takes_longer_than_its_lease_and_lives_is_not_taken_for_dead(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    slow = judges.asking("slow-first", lease_s=0.4)
    job = asyncio.create_task(slow.ask_meanwhile(talk.log.session_id))
    await begun(judges)
    await talk.is_judged(judges.asking("slow-first", lease_s=0.4))
    await job
    assert judges.calls == 1


async def test_late_words_of_one_taken_for_dead_change_nothing(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    job = asyncio.create_task(judges.asking("slow-first").ask_meanwhile(talk.log.session_id))
    await begun(judges)
    await talk.says(REST)
    mark = await talk.is_judged(judges.asking())
    kept = await stored(talk)
    await job
    assert await stored(talk) == kept, "what was said about half of the answer is not kept"
    assert "house says 10" in mark.explanation


async def stored(talk: Talk) -> bytes:
    async with talk.database.begin() as db:
        return bytes((await db.scalars(select(OpinionRow.body))).one())


async def test_a_failure_that_cost_nothing_is_asked_again_at_the_end(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    await judges.asking("fault-401").ask_meanwhile(talk.log.session_id)
    mark = await talk.is_judged(judges.asking())
    assert "house says 10" in mark.explanation


async def test_a_failure_that_was_paid_for_is_not_asked_again(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    opinions = judges.asking("invalid-always")
    await opinions.ask_meanwhile(talk.log.session_id)
    calls = judges.calls
    assert calls
    mark = await talk.is_judged(opinions)
    assert judges.calls == calls
    assert "house" not in mark.explanation


async def test_without_a_model_no_row_is_made(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    nobody = judges.asking("")
    await nobody.ask_meanwhile(talk.log.session_id)
    assert await talk.rows() == []
    assert "house" not in (await talk.is_judged(nobody)).explanation


async def test_a_spent_budget_is_asked_for_nothing(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    poor = judges.asking(budgets=Budgets(session_input=10))
    await poor.ask_meanwhile(talk.log.session_id)
    assert judges.calls == 0
    async with talk.database.begin() as db:
        assert await db.scalar(select(func.count()).select_from(UsageRow)) == 0


async def test_one_job_waits_for_a_session_however_often_it_is_asked_for(
    talk: Talk, judges: Judges, jobs: Jobs
) -> None:
    await answered(talk)
    for _ in range(2):
        async with talk.database.begin() as db:
            await request(jobs, db, talk.log.session_id)
    assert await drain(jobs, [Task(TASK, judges.asking().ask_meanwhile, attempts=1)]) == 1
    assert judges.calls == 1


async def test_after_the_end_the_job_leaves_it_to_the_judge(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    await talk.ends()
    await judges.asking().ask_meanwhile(talk.log.session_id)
    assert judges.calls == 0


async def test_who_has_waited_for_a_failure_does_not_call_the_same_models_at_once(talk: Talk, judges: Judges) -> None:
    task = task_of(talk.question.follow_ups[0], HALF)
    asked, key = fingerprint_of(task), talk.log.key
    other = KeptOpinions(talk.database, key, talk.log.session_id)
    assert await other.claim("assignment", asked, again=True) == "mine"
    ask = await judges.asking().for_session(talk.user_id, talk.log.session_id)
    assert ask is not None
    waiting = asyncio.ensure_future(ask(task))
    await asyncio.sleep(1)  # that it waits is nothing one can see from outside
    await other.settle("assignment", Kept(asked=asked))
    assert await waiting is None
    assert judges.calls == 0
    assert await ask(task) is not None, "later they may answer"


async def test_nobody_is_asked_about_a_session_that_is_gone(talk: Talk, judges: Judges) -> None:
    ask = await judges.asking().for_session(talk.user_id, talk.log.session_id)
    assert ask is not None
    async with talk.database.begin() as db:
        await db.execute(delete(SessionRow).where(SessionRow.id == talk.log.session_id))
    assert await ask(task_of(talk.question.follow_ups[0], HALF)) is None
    assert judges.calls == 0


async def test_opinions_go_with_their_session_also_while_one_is_asked_for(talk: Talk, judges: Judges) -> None:
    await answered(talk)
    job = asyncio.create_task(judges.asking("slow-first", lease_s=0.4).ask_meanwhile(talk.log.session_id))
    await begun(judges)
    async with talk.database.begin() as db:
        await db.execute(delete(SessionRow).where(SessionRow.id == talk.log.session_id))
    assert await talk.rows() == []
    await job
    assert await talk.rows() == []
