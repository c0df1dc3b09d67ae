"""A language model as interviewer, over the real socket, real HTTP and the real libraries: never a lost turn."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from mockloop.clock import ManualClock
from mockloop.interviewer.port import Said
from mockloop.rooms import protocol as p
from mockloop.settings import ModelProvider, Settings
from tests.journeys.conftest import Houses
from tests.support.candidate import Candidate, candidate_at
from tests.support.fake_provider import TEXT, FakeProvider, fake_provider

QUESTION = "pair-within-budget"
WORDS = "I would go through the list and look at each item once."


def speaking(settings: Settings, fake: FakeProvider, *models: str, **more: Any) -> dict[str, Any]:
    """Settings with one provider for everybody by each of these models' names."""
    chosen = tuple(
        ModelProvider(
            name=f"house {n}",
            protocol="openai",
            model=model,
            base_url=f"http://127.0.0.1:{fake.port}/v1",
        )
        for n, model in enumerate(models, 1)
    )
    return {"settings": settings.model_copy(update={"llm_providers": chosen, **more})}


def watched(tab: Candidate) -> list[str]:
    """What flashes by in a tab: pieces of text, resets, and the words that stay."""
    seen: list[str] = []

    def watch(notice: p.Notice) -> None:
        match notice:
            case p.Delta(text=text):
                seen.append(f"+{text}")
            case p.Reset():
                seen.append("reset")
            case p.Happened(entries=entries):
                seen.extend(f"={x.event.text}" for x in entries if x.event.type == "InterviewerSaid")

    tab.live.watchers.append(watch)
    return seen


def answers(tab: Candidate) -> list[int]:
    return [x.event.answers_seq for x in tab.live.entries if hasattr(x.event, "answers_seq")]


async def test_words_stream_into_every_tab_and_are_said_once(houses: Houses, settings: Settings) -> None:
    async with fake_provider() as fake, houses(**speaking(settings, fake, "ok")) as house:
        async with candidate_at(house) as ada, candidate_at(house, sign_up=False) as phone:
            await ada.begins(QUESTION)
            await ada.is_answered()
            assert not fake.journal, "the greeting is the built-in interviewer's"
            phone.session = ada.session
            await phone.comes_in()
            tabs = [watched(ada), watched(phone)]
            await ada.says(WORDS)
            await ada.hears("when the list is empty", timeout_s=30)
            await phone.live.until(lambda: phone.live.state.last_seq == ada.live.state.last_seq)
            for seen in tabs:
                assert "reset" not in seen
                assert seen[-1] == f"={TEXT}"
                assert "".join(piece[1:] for piece in seen[:-1]) == TEXT
                assert len(seen) > 2, "sentence by sentence"
            assert ada.live.state.messages[-1].source == "model:house 1"
            assert len(fake.journal) == 1
            assert len(answers(ada)) == len(set(answers(ada)))
            usage = await ada.client.request("GET", "/api/me/models/usage")
            (line,) = usage["today"]["lines"]
            assert (line["mode"], line["model"]) == ("live_interviewer", "ok")
            assert line["input_tokens"] > 0


async def test_a_cut_is_taken_back_in_every_tab_and_the_built_in_interviewer_answers(
    houses: Houses, settings: Settings
) -> None:
    async with fake_provider(piece_s=0.02) as fake, houses(**speaking(settings, fake, "cut-after-text")) as house:
        async with candidate_at(house) as ada, candidate_at(house, sign_up=False) as phone:
            await ada.begins(QUESTION)
            await ada.is_answered()
            phone.session = ada.session
            await phone.comes_in()
            tabs = [watched(ada), watched(phone)]
            await ada.says(WORDS)
            await ada.is_answered(timeout_s=30)
            last = ada.live.state.messages[-1]
            await phone.live.until(lambda: phone.live.state.last_seq == ada.live.state.last_seq)
            assert (last.speaker, last.source) == ("interviewer", "built-in:cut")
            for seen in tabs:
                assert seen[0] == "+Thank you. "
                assert seen.count("reset") == 1
                assert seen[-1] == f"={last.text}"
                after = seen[seen.index("reset") + 1 : -1]
                assert "".join(piece[1:] for piece in after) == last.text
            assert len(answers(ada)) == len(set(answers(ada)))
            assert [m.text for m in ada.live.state.messages if m.speaker == "candidate"] == [WORDS]


async def test_another_provider_goes_on_after_a_cut(houses: Houses, settings: Settings) -> None:
    async with fake_provider() as fake, houses(**speaking(settings, fake, "cut-after-text", "ok")) as house:
        async with candidate_at(house) as ada:
            await ada.begins(QUESTION)
            await ada.is_answered()
            seen = watched(ada)
            await ada.says(WORDS)
            await ada.hears("when the list is empty", timeout_s=30)
            assert seen.count("reset") == 1
            assert ada.live.state.messages[-1].source == "model:house 2"


@pytest.mark.parametrize("model", ["fault-500", "fault-401", "empty", "refusal", "no-finish", "malformed-stream"])
async def test_whatever_fails_the_session_goes_on(houses: Houses, settings: Settings, model: str) -> None:
    async with fake_provider() as fake, houses(**speaking(settings, fake, model)) as house, candidate_at(house) as ada:
        await ada.begins(QUESTION)
        for words in (WORDS, "It takes linear time, n being the length of the list."):
            await ada.is_answered()
            await ada.says(words)
            await ada.is_answered(timeout_s=30)
        spoken = [m for m in ada.live.state.messages if m.speaker == "interviewer"]
        assert any(m.source.startswith("built-in:") for m in spoken)
        assert not any(m.source.startswith("model:") for m in spoken)
        assert len(answers(ada)) == len(set(answers(ada)))


async def test_a_leak_is_never_on_the_screen(houses: Houses, settings: Settings) -> None:
    async with (
        fake_provider() as fake,
        houses(**speaking(settings, fake, "leaky")) as house,
        candidate_at(house) as ada,
    ):
        question = house.app.state.bank.question(QUESTION)
        fake.replies["leaky"] = f"Well. {question.hints[2]} You would pass."
        await ada.begins(QUESTION)
        await ada.is_answered()
        seen = watched(ada)
        await ada.says(WORDS)
        await ada.is_answered(timeout_s=30)
        assert ada.live.state.messages[-1].source == "built-in:guarded"
        assert question.hints[2][:40] not in "".join(piece[1:] for piece in seen)


async def test_the_model_is_asked_again_when_the_candidate_wants_it(houses: Houses, settings: Settings) -> None:
    async with fake_provider() as fake, houses(**speaking(settings, fake, "once-cut-after-text")) as house:
        async with candidate_at(house) as ada:
            await ada.begins(QUESTION)
            await ada.is_answered()
            await ada.says(WORDS)
            await ada.is_answered(timeout_s=30)
            stand_in = ada.live.state.messages[-1]
            assert stand_in.source == "built-in:cut"
            await ada.live.perform(p.Retry(client_id=uuid4(), message_seq=stand_in.seq))
            await ada.is_answered(timeout_s=30)
            assert ada.live.state.messages[-1].source == "model:house 1"
            assert ada.live.state.messages[-2].replaced_by == ada.live.state.messages[-1].seq


async def test_without_a_budget_nothing_leaves_the_machine(houses: Houses, settings: Settings) -> None:
    async with fake_provider() as fake:
        async with houses(**speaking(settings, fake, "ok", llm_session_input_tokens=100)) as house:
            async with candidate_at(house) as ada:
                await ada.begins(QUESTION)
                await ada.is_answered()
                await ada.says(WORDS)
                await ada.is_answered()
                assert ada.live.state.messages[-1].source == "built-in:budget"
                assert not fake.journal


async def test_when_the_installation_s_day_is_spent_own_models_go_on(houses: Houses, settings: Settings) -> None:
    async with fake_provider() as fake:
        poor = speaking(settings, fake, "ok", llm_installation_day_input_tokens=100)
        async with houses(**poor) as house, candidate_at(house) as ada:
            await ada.begins(QUESTION)
            await ada.is_answered()
            await ada.says(WORDS)
            await ada.is_answered()
            assert ada.live.state.messages[-1].source == "built-in:budget"
            assert not fake.journal
            address = f"http://127.0.0.1:{fake.port}/v1"
            form = {"name": "house 1", "protocol": "openai", "base_url": address, "models": {"interviewer": "ok"}}
            await ada.client.request("POST", "/api/me/models/providers", form)
            await ada.says("And then I would compare it with the ones before it.")
            await ada.is_answered(30)
            assert ada.live.state.messages[-1].source == "model:house 1"


async def test_who_wants_the_built_in_interviewer_only_gets_it(houses: Houses, settings: Settings) -> None:
    async with fake_provider() as fake, houses(**speaking(settings, fake, "ok")) as house, candidate_at(house) as ada:
        await ada.client.request("PUT", "/api/me/models", {"built_in_only": True, "order": []})
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.says(WORDS)
        await ada.is_answered()
        assert ada.live.state.messages[-1].source == Said("", "probe", "").source
        assert not fake.journal


async def comes_near_the_plan(ada: Candidate, clock: ManualClock) -> None:
    """To 24 s before the end of the first part, where all that is due by then was said."""
    await ada.begins(QUESTION)
    await ada.is_answered()
    await clock.advance(timedelta(minutes=3, seconds=1))
    await ada.live.until(lambda: ada.live.state.noticed_segment_id == "understand")
    await ada.is_answered()
    await clock.advance(timedelta(seconds=35))


async def calls_of(ada: Candidate) -> list[dict[str, Any]]:
    """What was written down of the interviewer's calls."""
    usage = await ada.client.request("GET", "/api/me/models/usage")
    return [line for line in usage["today"]["lines"] if line["mode"] == "live_interviewer"]


async def are_written_down(ada: Candidate, calls: int) -> None:
    for _ in range(200):
        if sum(line["calls"] for line in await calls_of(ada)) == calls:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(await calls_of(ada))


async def until(condition: Callable[[], bool], timeout_s: float = 10) -> None:
    for _ in range(round(timeout_s * 100)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def moments(tab: Candidate) -> dict[str, float]:
    """When a part began, and when its first words were there and whole."""
    seen: dict[str, float] = {}

    def watch(notice: p.Notice) -> None:
        now = time.perf_counter()
        if isinstance(notice, p.Delta):
            seen.setdefault("first", now)
        for entry in notice.entries if isinstance(notice, p.Happened) else ():
            seen.setdefault(entry.event.type, now)

    tab.live.watchers.append(watch)
    return seen


async def test_the_next_part_s_first_words_are_there_at_once(
    houses: Houses, settings: Settings, clock: ManualClock, record_property: Any
) -> None:
    async with fake_provider(slow_piece_s=0.15) as fake, houses(**speaking(settings, fake, "slow-tokens")) as house:
        async with candidate_at(house) as ada:
            await comes_near_the_plan(ada, clock)
            await until(lambda: len(fake.journal) == 1, timeout_s=20)  # the library is imported meanwhile
            began = time.perf_counter()
            await until(lambda: fake.busy == 0)
            needed_s = time.perf_counter() - began
            assert needed_s > 2
            await are_written_down(ada, 1)
            seen = moments(ada)
            await clock.advance(timedelta(seconds=24))
            await ada.live.until(lambda: "InterviewerSaid" in seen)
            assert ada.live.state.segment_id == "plan"
            assert ada.live.state.messages[-1].text == TEXT
            first_s, said_s = (seen[what] - seen["SegmentEntered"] for what in ("first", "InterviewerSaid"))
            assert said_s < 0.15
            assert ada.live.state.messages[-1].source == "model:house 1"
            assert len(fake.journal) == 1
            assert len(answers(ada)) == len(set(answers(ada)))
            await are_written_down(ada, 1)
            record_property(
                "figures",
                f"next part prepared: first words {first_s * 1000:.0f} ms, all {said_s * 1000:.0f} ms after it began;"
                f" the provider needs {needed_s * 1000:.0f} ms",
            )


async def test_a_message_throws_away_what_was_prepared_and_is_answered(
    houses: Houses, settings: Settings, clock: ManualClock
) -> None:
    async with fake_provider(slow_piece_s=0.15) as fake, houses(**speaking(settings, fake, "slow-tokens")) as house:
        async with candidate_at(house) as ada:
            await comes_near_the_plan(ada, clock)
            await until(lambda: len(fake.journal) == 1, timeout_s=20)
            fake.replies["slow-tokens"] = "Which items?"
            await ada.says(WORDS)
            await ada.hears("Which items?", timeout_s=30)
            await until(lambda: fake.busy == 0)
            assert len(fake.journal) == 2
            await are_written_down(ada, 2)
            assert {"thrown_away": 1} in [line["faults"] for line in await calls_of(ada)]
            assert [m.text for m in ada.live.state.messages if m.speaker == "candidate"] == [WORDS]
            assert len(answers(ada)) == len(set(answers(ada)))


async def test_a_session_that_ends_leaves_what_is_prepared(
    houses: Houses, settings: Settings, clock: ManualClock
) -> None:
    async with fake_provider(slow_piece_s=2) as fake, houses(**speaking(settings, fake, "slow-tokens")) as house:
        async with candidate_at(house) as ada:
            await comes_near_the_plan(ada, clock)
            await until(lambda: fake.busy == 1, timeout_s=20)
            fake.slow_piece_s = 0.0  # for the judge
            await ada.ends()
            await clock.advance(1)
            await are_written_down(ada, 1)
            assert [line["faults"] for line in await calls_of(ada)] == [{"thrown_away": 1}]


async def test_nothing_is_prepared_for_who_is_away(houses: Houses, settings: Settings, clock: ManualClock) -> None:
    async with fake_provider() as fake, houses(**speaking(settings, fake, "ok")) as house, candidate_at(house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.goes_away()
        room = await house.app.state.rooms.open(UUID(ada.session_id))
        await until(lambda: room.empty)
        await clock.advance(timedelta(minutes=3, seconds=40))
        await until(lambda: room.state.noticed_segment_id == "understand" and not room.state.owes_turn)
        await clock.advance(timedelta(seconds=10))
        await clock.advance(timedelta(seconds=11))
        await until(lambda: len(fake.journal) == 1)
        assert room.state.segment_id == "plan"
        assert room.foreseen is None
