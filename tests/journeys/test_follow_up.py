"""The interviewer asks a follow-up question, and the scorecard marks the answer."""

from tests.judging.test_follow_ups import HALF, REST
from tests.support.candidate import House, candidate_at

QUESTION = "rooms-for-bookings"


async def test_an_answer_to_a_follow_up_question_is_marked(house: House) -> None:
    question = house.app.state.bank.question(QUESTION)
    best = next(approach for approach in question.approaches if approach.standing == "best")
    async with candidate_at(house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        phrases = ", then ".join(group[0] for group in best.says)
        await ada.says(f"I would use {phrases}. That takes {best.time[0]} time and {best.space[0]} space.")
        await ada.is_answered()
        await ada.writes(question.references["python"])
        await ada.runs(question.references["python"])
        await ada.is_answered()
        while ada.live.state.segment_id != ada.session["segments"][-1]["id"]:
            await ada.moves_on()
            await ada.is_answered()
        room = house.app.state.rooms.find(ada.live.session_id)
        asked = next(message for message in room.state.messages if "follow_up:" in message.about)
        follow_up = next(one for one in question.follow_ups if one.ask in asked.text)
        assert follow_up.id == "assignment", "the answers below are answers to this one"
        await ada.says(HALF)
        await ada.is_answered()
        await ada.says(REST)
        await ada.is_answered()
        await ada.ends()
        card = await ada.reads_scorecard()

        communication = next(one for one in card["dimensions"] if one["id"] == "communication")
        mark = next(one for one in communication["criteria"] if one["id"] == "follow-up-assignment")
        assert mark["met"] in ("yes", "partly")
        assert mark["confidence"] > 0
        assert mark["band"]["low"] <= 100 * mark["points"] / mark["out_of"] <= mark["band"]["high"]
        events = (await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events"))["entries"]
        texts = {entry["seq"]: entry["event"].get("text", "") for entry in events}
        for one in mark["evidence"]:
            assert texts[one["seq"]][one["start"] : one["end"]] == one["quote"]
        assert {texts[one["seq"]] for one in mark["evidence"]} <= {HALF, REST}
