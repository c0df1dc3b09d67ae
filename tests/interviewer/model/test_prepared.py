"""Words found before their turn: used once where they fit, thrown away where they do not, and always written down."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockloop.interviewer.built_in import BuiltInInterviewer
from mockloop.interviewer.model import prepared as module
from mockloop.interviewer.model.interviewer import TURNS_IN_HAND
from mockloop.interviewer.model.prepared import LINES_TYPED, Preparation, Prepared, rewritten
from mockloop.interviewer.port import Delta, Foresighted, Passed, Reset, Said
from mockloop.llm.port import AllFailed, Done, Restart, Text, Usage
from mockloop.sessions import events as e
from tests.interviewer.model.ahead import (
    ANEW,
    PLAN,
    READY,
    Prepares,
    Streamed,
    ahead_of,
    asked,
    nearly_over,
    on_their_way,
    planning,
    scripted,
    settled,
    then_begins,
)  # fmt: skip
from tests.support.scripted_models import Cut, OneCaller, Purse, ScriptedModels, Speech, provider, usage
from tests.support.story import Story

# Used


@pytest.mark.parametrize("by", ["timer", "candidate"])
async def test_words_that_are_ready_are_said_without_another_call(by: str) -> None:
    ada, story = scripted([[READY]], [[ANEW]]), planning()
    await ada.prepares(ahead_of(story))
    assert len(ada.purse.recorded) == 1, "written down when it is over, whatever comes of it"
    said = await ada.hears(then_begins(story, by))
    due = cast(Said, BuiltInInterviewer().answer(story.view))
    assert said == replace(due, text=READY, source="model:house")
    assert ada.pieces == [Delta("Time to write it down. "), Delta("Where do you begin?")]
    assert asked(ada) == len(ada.purse.recorded) == 1
    assert ada.purse.booked[0][2] == "live_interviewer"


async def test_words_are_used_once() -> None:
    ada, story = scripted([[READY]], [[ANEW]]), planning()
    await ada.prepares(ahead_of(story))
    then_begins(story)
    assert (await ada.hears(story)).text == READY
    assert (await ada.hears(story)).text == ANEW


async def test_who_types_a_few_lines_meanwhile_hears_them_still() -> None:
    ada, story = scripted([[READY]], [[ANEW]]), planning()
    await ada.prepares(ahead_of(story))
    story.writes("def pair_sum(numbers, target):\n    seen = {}\n    for i, n in enumerate(numbers):\n        pass\n")
    assert (await ada.hears(then_begins(story))).text == READY


async def test_an_action_counts_only_where_the_present_moment_allows_it() -> None:
    ada, story = scripted([[READY + '\n@@ {"action": "hint", "level": 1}']]), planning()
    await ada.prepares(ahead_of(story))
    said = await ada.hears(then_begins(story))
    assert (said.move, said.hint_level) == ("move_on", None)
    assert "not allowed" in said.reason


# Still on its way


async def test_a_turn_waits_for_a_call_that_is_on_its_way_and_shows_what_is_there() -> None:
    models = Streamed()
    ada, story = Prepares(models), planning()
    await ada.prepares(ahead_of(story))
    models.feed(Text("Time to write it down. Where "))
    await settled()
    turn = asyncio.create_task(ada.hears(then_begins(story)))
    await settled()
    assert ada.pieces == [Delta("Time to write it down. ")]
    assert not turn.done()
    models.feed(Text("do you begin?"), Done(READY, usage()))
    said = await turn
    assert (said.text, said.source) == (READY, "model:house")
    assert models.calls == len(ada.purse.recorded) == 1


async def test_a_cut_on_the_way_is_taken_back_and_the_next_provider_speaks() -> None:
    models = Streamed()
    ada = Prepares(models, OneCaller((provider("first"), provider("second"))))
    story = planning()
    await ada.prepares(ahead_of(story))
    models.feed(Text("Half a. "))
    turn = asyncio.create_task(ada.hears(then_begins(story)))
    await settled()
    models.feed(Restart("first", "cut"), Text(READY), Done(READY, usage("second")))
    assert (await turn).source == "model:second"
    assert ada.pieces[:2] == [Delta("Half a. "), Reset()]
    assert ada.shown == READY


async def test_what_fails_when_the_turn_waits_for_it_is_the_turn_s_failure() -> None:
    models = Streamed()
    ada, story = Prepares(models), planning()
    await ada.prepares(ahead_of(story))
    turn = asyncio.create_task(ada.hears(then_begins(story)))
    await settled()
    models.feed(Text("Half a. "), AllFailed(("overloaded",), (usage(),)))
    assert (await turn).source == "built-in:overloaded"
    assert ada.shown == cast(Said, BuiltInInterviewer().answer(story.view)).text
    assert models.calls == len(ada.purse.recorded) == 1


async def test_its_deadline_is_the_turn_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockloop.interviewer.model.interviewer.TURN_S", 0.05)
    models = Streamed()
    ada, story = Prepares(models), planning()
    await ada.prepares(ahead_of(story))
    assert (await ada.hears(then_begins(story))).source == "built-in:timed_out"
    assert (models.calls, models.left, len(ada.purse.recorded)) == (1, 1, 1)


# Thrown away


def changes(*events: e.Event) -> Callable[[Story], object]:
    """These, and then the interviewer's turn if one is due, taken elsewhere."""

    def change(story: Story) -> None:
        for event in events:
            story.adds(event)
        if story.state.owes_turn:
            story.hears_from(BuiltInInterviewer())

    return change


def runs_clean(story: Story) -> None:
    """A run without a word about it."""
    story.runs_tests()
    story.logs(Passed("said often enough"))


def changes_language(story: Story) -> None:
    """With the same text, so that it is the language that counts."""
    story.writes(story.state.solutions["python"].text, "javascript")
    story.adds(e.LanguageChosen(language="javascript"))


def waits(story: Story) -> None:
    story.adds(e.SegmentResized(segment_id="plan", schedule=story.state.schedule))
    story.now += timedelta(seconds=90)


WRITTEN = "\n".join(f"    step_{n} = {n}" for n in range(LINES_TYPED + 1))

CHANGES: dict[str, Callable[[Story], object]] = {
    "a message": changes(e.CandidateSaid(text="Is zero a number here?")),
    "a hint": changes(e.HintAsked()),
    "a run": runs_clean,
    "silence": changes(e.CandidateWentQuiet(quiet_s=150)),
    "another language": changes_language,
    "no code any more": lambda story: story.writes("\n"),
    "another program": lambda story: story.writes("class Solver:\n    pass\n"),
    "much more code": lambda story: story.writes(f"def pair_sum(numbers, target):\n    seen = {{}}\n{WRITTEN}\n"),
    "more time": waits,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_when_the_state_has_moved_the_model_is_asked_as_always(change: Callable[[Story], object]) -> None:
    ada, story = scripted([[READY]], [[ANEW]]), planning()
    await ada.prepares(ahead_of(story))
    change(story)
    said = await ada.hears(then_begins(story))
    assert (said.text, said.source) == (ANEW, "model:house")
    assert ada.shown == ANEW
    assert asked(ada) == len(ada.purse.recorded) == 2, "what was thrown away has cost something too"


async def test_another_turn_leaves_the_call_that_is_on_its_way_and_its_cost_is_written_down() -> None:
    models = Streamed()
    ada, story = Prepares(models), planning()
    await ada.prepares(ahead_of(story))
    models.feed(Text("Time to write it down. "))
    await settled()
    story.says("I would rather sort the numbers first, then move two pointers.")
    assert (await ada.hears(story)).text == ANEW
    assert models.left == 1
    assert sorted(one.faults for one in ada.purse.recorded) == [(), ("thrown_away",)]
    thrown_away = next(one for one in ada.purse.recorded if one.faults)
    assert thrown_away.input_tokens > 500
    assert thrown_away.output_tokens > 0


@pytest.mark.parametrize(
    "speech", [["Half a. ", Cut("overloaded")], ["You would pass."], [""], [RuntimeError("a bug")]],
    ids=["failed", "guarded", "empty", "a bug"],
)  # fmt: skip
async def test_a_call_that_failed_ahead_of_its_turn_costs_the_turn_nothing(speech: Speech) -> None:
    ada, story = scripted([speech], [[ANEW]]), planning()
    await ada.prepares(ahead_of(story))
    said = await ada.hears(then_begins(story))
    assert (said.text, ada.shown, said.source) == (ANEW, ANEW, "model:house")


async def test_words_are_read_again_when_they_are_said() -> None:
    story = planning()
    solution = story.question.references["python"]
    story.writes(solution)
    ada = scripted([[f"You have this now: {solution}"]], [[ANEW]])
    await ada.prepares(ahead_of(story))
    assert len(ada.purse.recorded) == 1
    assert not ada.purse.recorded[0].faults, "it was the candidate's own code"
    story.writes(solution.splitlines()[0] + "\n")
    said = await ada.hears(then_begins(story))
    assert said.source == "built-in:guarded"
    assert ada.shown == said.text == cast(Said, BuiltInInterviewer().answer(story.view)).text
    assert asked(ada) == len(ada.purse.recorded) == 1


async def test_who_chooses_other_providers_meanwhile_hears_those() -> None:
    ada, story = scripted([[READY]], [[ANEW]]), planning()
    await ada.prepares(ahead_of(story))
    ada.callers.providers = (provider("mine"),)
    assert (await ada.hears(then_begins(story))).source == "model:mine"


async def test_who_wants_the_built_in_interviewer_meanwhile_hears_it() -> None:
    ada, story = scripted([[READY]]), planning()
    await ada.prepares(ahead_of(story))
    ada.callers.providers = ()
    assert (await ada.hears(then_begins(story))).source == "built-in"


# Not prepared at all


async def test_nothing_is_prepared_that_the_built_in_interviewer_says() -> None:
    ada, story = scripted(), planning()
    view = ahead_of(nearly_over(story.works_until("review")))
    assert "follow_up" in cast(Said, BuiltInInterviewer().answer(view)).about
    await ada.prepares(view)
    assert not asked(ada)
    assert not ada.purse.asked


async def test_nobody_without_a_provider_is_prepared_for() -> None:
    ada, story = Prepares(ScriptedModels(), OneCaller(())), planning()
    await ada.prepares(ahead_of(story))
    assert not ada.purse.asked


async def test_it_is_not_what_makes_the_interview_run_dry() -> None:
    ada, story = Prepares(ScriptedModels([[READY]], [[ANEW]]), purse=Purse(most_tokens=10_000)), planning()
    await ada.prepares(ahead_of(story))
    assert not asked(ada), "what is left is kept for what is said"
    assert (await ada.hears(then_begins(story))).text == READY
    ahead, turn = (estimate for _, _, estimate in ada.purse.asked)
    assert ahead == pytest.approx(turn * (1 + TURNS_IN_HAND), rel=0.05)


# Its end


async def test_a_session_that_is_over_leaves_its_call() -> None:
    models = Streamed()
    ada, story = Prepares(models), planning()
    await ada.prepares(ahead_of(story))
    ada.speaker.forget(story.seed)
    await settled()
    assert (models.left, len(ada.purse.recorded)) == (1, 1)
    assert not on_their_way()


async def test_an_instance_that_closes_leaves_all_calls_and_writes_them_down() -> None:
    models = Streamed()
    ada, story = Prepares(models), planning()
    await ada.prepares(ahead_of(story))
    await ada.speaker.aclose()
    assert (models.left, len(ada.purse.recorded)) == (1, 1)
    assert not on_their_way()


class SlowPurse(Purse):
    """Its database takes its time."""

    async def record_all(self, owner: UUID, session: UUID | None, mode: str, usages: Sequence[Usage]) -> None:
        await asyncio.sleep(0.02)
        await super().record_all(owner, session, mode, usages)


async def test_a_call_that_was_left_is_written_down_also_when_the_instance_closes_meanwhile() -> None:
    ada, story = Prepares(Streamed(), purse=SlowPurse()), planning()
    await ada.prepares(ahead_of(story))
    ada.speaker.forget(story.seed)
    await settled()
    assert not ada.purse.recorded
    await ada.speaker.aclose()
    assert [one.faults for one in ada.purse.recorded] == [("thrown_away",)]


async def test_there_is_one_for_a_session_and_a_limit_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    kept, begun = Prepared(), []

    async def find(preparation: Preparation) -> None:
        begun.append(preparation.seed)
        await asyncio.Event().wait()

    for seed in ("a", "a", "b", "c", "d"):
        kept.begin(seed, find)
        await settled()
    assert begun == ["a", "a", "b", "c"]
    assert len(kept) == 3
    kept.forget("b")
    kept.begin("d", find)
    await settled()
    assert begun[-1] == "d"
    await kept.aclose()
    assert not on_their_way()


def test_the_interviewer_with_a_model_has_foresight_and_others_need_none() -> None:
    assert isinstance(scripted().speaker, Foresighted)
    assert not isinstance(BuiltInInterviewer(), Foresighted)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "x = 1\n", False),
        ("x = 1\ny = 2\n", "y = 2\n\n  x = 1\n", False),
        ("x = 1\n", "\n", True),
        ("x = 1\n", "z = 1\n", True),
        ("x = 1\n", "x = 1\n" + "y = 2\n" * LINES_TYPED, False),
        ("x = 1\n", "x = 1\n" + "y = 2\n" * (LINES_TYPED + 1), True),
        ("x = 1\n" + "y = 2\n" * (LINES_TYPED + 1), "x = 1\n", True),
    ],
)
def test_code_is_rewritten_when_it_is_another_program(before: str, after: str, expected: bool) -> None:
    assert rewritten(before, after) is expected


STEPS = ("prepare", "message", "types", "empties", "run", "hint", "forget", "turn")


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.sampled_from(STEPS), max_size=8),
    speeches=st.lists(st.sampled_from((READY, "You would pass.", "cut")), min_size=10, max_size=10),
)
def test_whatever_happens_a_turn_is_said_once_and_a_call_is_written_down_once(
    steps: list[str], speeches: list[str]
) -> None:
    async def tell() -> None:
        scripts: list[list[Speech]] = [[["Half a. ", Cut()] if words == "cut" else [words]] for words in speeches]
        ada = scripted(*scripts)
        story = planning()
        for step in [*steps, "enter", "turn"]:
            await take(step, ada, story)
        await ada.speaker.aclose()
        assert asked(ada) == len(ada.purse.recorded)
        assert not on_their_way()

    asyncio.run(tell())


async def take(step: str, ada: Prepares, story: Story) -> None:
    match step:
        case "prepare" if not story.state.owes_turn and story.state.segment_id == "plan":
            ada.speaker.prepare(ahead_of(story))
        case "message":
            story.says(PLAN)
        case "types":
            story.writes("def pair_sum(numbers, target):\n    seen = {}\n    pass\n")
        case "empties":
            story.writes("")
        case "run":
            story.runs_tests()
        case "hint":
            story.asks_hint()
        case "forget":
            ada.speaker.forget(story.seed)
        case "enter":
            then_begins(story)
        case "turn" if story.state.owes_turn:
            ada.pieces.clear()
            outcome = await ada.turns(story)
            story.logs(outcome)
            # What stands on the screen is what was said.
            assert ada.shown == (outcome.text if isinstance(outcome, Said) else "")
