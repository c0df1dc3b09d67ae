"""The main job: half an hour with the built-in interviewer, from sign-up to the scorecard."""

from datetime import timedelta

from mockloop.clock import ManualClock
from tests.support.candidate import House, candidate_at

QUESTION = "pair-within-budget"


async def test_an_afternoon_with_the_built_in_interviewer(house: House, clock: ManualClock) -> None:
    bank = house.app.state.bank
    reference = bank.question(QUESTION).references["python"]
    wrong = next(p for p in bank.question(QUESTION).planted if p.flaw == "wrong" and p.language == "python")
    async with candidate_at(house) as ada:
        created = await ada.sets_up(QUESTION, company_style="google")
        assert created["status"] == "created"
        assert [segment["minutes"] for segment in created["segments"]] == [4, 5, 13, 4, 4]

        await ada.starts()
        await ada.is_answered()
        greeting = ada.live.state.messages[0]
        assert greeting.speaker == "interviewer"

        fact = bank.question(QUESTION).facts[0]
        await ada.says(fact.asks[0])
        await ada.is_answered()
        room = house.app.state.rooms.find(ada.live.session_id)
        assert room.state.messages[-1].about == f"fact:{fact.id}"
        assert ada.live.state.messages[-1].about == "", "what only the interviewer knows"

        await clock.advance(timedelta(minutes=4, seconds=1))
        await ada.live.until(lambda: ada.live.state.segment_id == "plan")
        await ada.is_answered()

        best = next(a for a in bank.question(QUESTION).approaches if a.standing == "best")
        phrases = ", then ".join(group[0] for group in best.says)
        await ada.says(f"I would use {phrases}. That takes {best.time[0]} time and {best.space[0]} space.")
        await ada.is_answered()

        await ada.writes(wrong.source)
        report = await ada.runs(wrong.source)
        assert report["outcome"] == "ok"
        assert report["hidden_passed"] < report["hidden_total"]
        await ada.is_answered()

        await ada.asks_for_a_hint()
        await ada.is_answered()
        assert ada.live.state.hints_given == 1

        await ada.writes(reference)
        report = await ada.runs(reference)
        assert report["hidden_passed"] == report["hidden_total"]
        assert all(test["outcome"] == "passed" for test in report["tests"])
        await ada.is_answered()

        await ada.says(f"It runs in {best.time[0]} time.")
        await ada.is_answered()
        await ada.ends()
        await ada.sees("completed")

        card = await ada.reads_scorecard()
        assert card["tests_passed"] == card["tests_total"]
        assert card["hints_used"] == 1
        assert card["overall"] >= 50
        for remark in (*card["did_well"], *card["improve"]):
            assert remark["evidence"]

        listed = await ada.client.request("GET", "/api/sessions")
        assert listed["sessions"][0]["overall"] == round(card["overall"] / 10, 1)
        said = [m.text for m in ada.live.state.messages if m.speaker == "interviewer"]
        assert len(said) == len(set(said)), "it never says the same twice"
