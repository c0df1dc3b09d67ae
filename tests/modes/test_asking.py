"""Models are asked by a mode over real HTTP: within budgets, written down once, sent back once, and never left over."""

import asyncio
from pathlib import Path
from typing import Any, Literal, get_args

import pytest

from mockloop.llm.orchestrator import ModelCalls
from mockloop.llm.port import BadOutput
from mockloop.models.schemas import ModelChoice
from mockloop.models.service import choose
from mockloop.models.tables import UsageRow
from mockloop.modes.asking import NoReply
from mockloop.modes.mode import Mode, load_mode, parse_mode
from mockloop.modes.template import BadMode
from tests.modes.a_mode import INPUTS, MATERIAL, NONCE, praise, reply, shipped
from tests.modes.conftest import SESSION, Asker, Askers
from tests.support.fake_provider import FakeProvider
from tests.support.fake_speech import INPUT_TOKENS, Json, ProtocolName, example_of

Structured = Literal["tool", "native", "prompted"]
BROKEN = reply(summary="You measured first. It was 45% faster.")


def corrected(body: Json) -> Json:
    """Breaks a rule until it is told so."""
    return reply() if asked_again(body) else BROKEN


def asked_again(body: Json) -> bool:
    return len([message for message in body["messages"] if message["role"] != "system"]) > 1


@pytest.mark.parametrize("structured", get_args(Structured))
@pytest.mark.parametrize("protocol", get_args(ProtocolName))
@pytest.mark.parametrize("mode", [praise(), *(load_mode(*one) for one in shipped())], ids=lambda mode: mode.id)
async def test_a_mode_s_schema_is_taken_by_both_protocols_in_every_way(
    mode: Mode, protocol: ProtocolName, structured: Structured, fake: FakeProvider, models: ModelCalls
) -> None:
    kinds = {**mode.instructions.inputs, **mode.before.inputs, **mode.turn.inputs}
    inputs = {name: 2 if kind == "number" else "some" for name, kind in kinds.items()}
    prompt = mode.packed(inputs, dict.fromkeys(mode.sees, "some material"), NONCE).prompt
    # The library knows by its name which of Anthropic's models takes a schema.
    provider = fake.provider(protocol, "claude-opus-5", structured=structured)
    fake.replies["claude-opus-5"] = example_of(mode.schema.model_json_schema())
    answer, usage = await models.ask([provider], "writer", prompt, mode.schema)
    assert set(answer.model_dump()) == set(mode.returns)
    assert (len(fake.journal), usage.faults) == (1, ())
    sent = str(fake.journal[0].body)
    assert all(f"'{field}'" in sent or f'"{field}"' in sent for field in mode.returns)


@pytest.mark.parametrize("protocol", get_args(ProtocolName))
async def test_a_reply_comes_with_who_gave_it_and_by_which_file(
    protocol: ProtocolName, asker: Askers, fake: FakeProvider
) -> None:
    fake.replies["ok"] = reply()
    ada: Asker = await asker(fake.provider(protocol, name="house"))
    answer = await ada.asks()
    assert answer.fields == reply()
    assert (answer.provider, answer.model, answer.mode, answer.version) == ("house", "ok", "praise", praise().hash)
    (row,) = await ada.used()
    assert (row.mode, row.session_id, row.provider, row.model) == ("praise", SESSION, "house", "ok")
    assert (row.input_tokens, row.faults) == (INPUT_TOKENS, "")


async def test_what_breaks_a_rule_is_sent_back_with_the_offence_and_paid_once(
    asker: Askers, fake: FakeProvider
) -> None:
    fake.replies["ok"] = corrected
    ada: Asker = await asker(fake.provider("openai"))
    assert (await ada.asks()).fields == reply()
    assert len(fake.journal) == 2
    assert "not in question and answer and notes. Leave it out" in str(fake.journal[1].body["messages"])
    (row,) = await ada.used()
    assert row.input_tokens == 2 * INPUT_TOKENS


async def test_what_is_still_wrong_then_is_left_out(asker: Askers, fake: FakeProvider) -> None:
    fake.replies["ok"] = BROKEN
    ada: Asker = await asker(fake.provider("anthropic"))
    assert (await ada.asks()).fields == reply(summary="You measured first.")
    assert len(fake.journal) == 2


async def test_nothing_is_left_of_a_reply_that_only_invents(asker: Askers, fake: FakeProvider) -> None:
    fake.replies["ok"] = reply(summary="Netflix was 45% faster.")
    ada: Asker = await asker(fake.provider("openai"))
    with pytest.raises(NoReply, match="invalid_output"):
        await ada.asks()
    assert [row.input_tokens for row in await ada.used()] == [2 * INPUT_TOKENS]


async def test_a_check_of_one_s_own_that_never_passes_is_no_reply(asker: Askers, fake: FakeProvider) -> None:
    def never(fields: dict[str, Any]) -> None:
        raise BadOutput("stars: fewer")

    fake.replies["ok"] = reply()
    ada: Asker = await asker(fake.provider("openai"))
    with pytest.raises(NoReply, match="invalid_output"):
        await ada.asks(check=never)
    assert "stars: fewer" in str(fake.journal[-1].body)
    assert len(await ada.used()) == 1


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("fault-401", "unauthorised"),
        ("invalid-always", "invalid_output"),
        ("refusal", "refused"),
        ("cut-connection", "cut"),
    ],
)
async def test_a_fault_is_named_and_what_it_cost_is_written_once(
    fault: str, why: str, asker: Askers, fake: FakeProvider
) -> None:
    ada: Asker = await asker(fake.provider("openai", fault))
    with pytest.raises(NoReply, match=why):
        await ada.asks()
    (row,) = await ada.used()
    assert why in row.faults.split()


async def test_the_next_provider_takes_over_and_each_is_written_once(asker: Askers, fake: FakeProvider) -> None:
    fake.replies["ok"] = reply()
    ada: Asker = await asker(fake.provider("openai", "invalid-always", name="first"), fake.provider("anthropic"))
    assert (await ada.asks()).provider == "anthropic ok"
    assert sorted(row.provider for row in await ada.used()) == ["anthropic ok", "first"]


async def test_nobody_is_asked_without_a_model(asker: Askers, fake: FakeProvider) -> None:
    ada: Asker = await asker()
    with pytest.raises(NoReply, match="no_model"):
        await ada.asks()
    assert (fake.journal, await ada.used()) == ([], [])


async def test_nobody_is_asked_when_only_the_built_in_parts_are_wanted(asker: Askers, fake: FakeProvider) -> None:
    ada: Asker = await asker(fake.provider("openai"))
    async with ada.database.begin() as db:
        await choose(db, ada.id, ModelChoice(order=[], built_in_only=True))
    with pytest.raises(NoReply, match="no_model"):
        await ada.asks()
    assert fake.journal == []


async def test_nobody_is_asked_beyond_the_budget(asker: Askers, fake: FakeProvider) -> None:
    fake.replies["ok"] = reply()
    estimate = praise().packed(INPUTS, MATERIAL, NONCE).estimate
    ada: Asker = await asker(fake.provider("openai"), session_input=estimate)
    await ada.asks()
    with pytest.raises(NoReply, match="budget"):
        await ada.asks()
    assert (len(fake.journal), len(await ada.used())) == (1, 1)


async def test_a_call_that_takes_too_long_is_left_and_its_estimate_paid(asker: Askers, fake: FakeProvider) -> None:
    estimate = praise().packed(INPUTS, MATERIAL, NONCE).estimate
    ada: Asker = await asker(fake.provider("openai", "slow-first", name="house"), limit_s=0.5)
    with pytest.raises(NoReply, match="timed_out"):
        await ada.asks()
    (row,) = await ada.used()
    assert (row.provider, row.input_tokens, row.faults) == ("house", estimate, "timed_out")


async def test_what_a_mode_does_not_declare_is_a_mistake_before_anybody_is_asked(
    asker: Askers, fake: FakeProvider
) -> None:
    ada: Asker = await asker(fake.provider("openai"))
    with pytest.raises(BadMode, match="diary"):
        await ada.asks(material=MATERIAL | {"diary": "Dear diary"})
    assert fake.journal == []


async def test_the_id_of_the_fence_is_another_for_every_call(asker: Askers, fake: FakeProvider) -> None:
    fake.replies["ok"] = reply()
    ada: Asker = await asker(fake.provider("openai"))
    await asyncio.gather(ada.asks(), ada.asks())
    fences = {str(seen.body).split("<material id=")[1].split(" ")[0] for seen in fake.journal}
    assert len(fences) == 2


async def test_a_reply_that_repeats_the_id_of_its_fence_is_left_out(asker: Askers, fake: FakeProvider) -> None:
    def obedient(body: Json) -> Json:
        fence = str(body["messages"]).split("<material id=")[1].split(" ")[0]
        return reply(summary=f"You measured first {fence}.")

    fake.replies["ok"] = obedient
    ada: Asker = await asker(fake.provider("openai"))
    with pytest.raises(NoReply, match="invalid_output"):
        await ada.asks()


async def test_no_text_of_a_call_is_in_the_ledger(asker: Askers, fake: FakeProvider) -> None:
    fake.replies["ok"] = reply()
    ada: Asker = await asker(fake.provider("openai"))
    await ada.asks()
    (row,) = await ada.used()
    kept = " ".join(str(getattr(row, column.key)) for column in UsageRow.__table__.columns)
    assert "index" not in kept
    assert "measured" not in kept


HOW_TO = Path(__file__).parents[2] / "docs/howto/add-a-mode.md"


async def test_the_file_of_the_how_to_alone_is_a_new_mode(asker: Askers, fake: FakeProvider, tmp_path: Path) -> None:
    file = tmp_path / "questions.md"
    file.write_text(HOW_TO.read_text("utf-8").split("```\n")[1], "utf-8")
    good = {"text": "How would you keep an index in Postgres small?", "kind": "design"}
    invented = {"text": "What did you build with Kafka?", "kind": "experience"}
    fake.replies["ok"] = {"questions": [good, invented]}
    ada: Asker = await asker(fake.provider("anthropic"))
    answer = await ada.asks(
        parse_mode(file.read_text("utf-8"), file.stem),
        inputs={"level": "senior level", "count": 2},
        material={"job": "We want somebody who knows Postgres and its indexes."},
    )
    assert answer.fields == {"questions": [good]}
    assert "Kafka" in str(fake.journal[1].body)
    assert "not in job. Leave it out" in str(fake.journal[1].body)
    assert [row.mode for row in await ada.used()] == ["questions"]
