"""A user's own providers: entered, changed, ordered, removed; the key goes in and never comes out."""

import ipaddress
from uuid import UUID

from sqlalchemy import text

from mockloop.db.engine import Database
from mockloop.models.opening import ModelParts
from mockloop.models.schemas import PROVIDERS_AT_MOST
from tests.models.conftest import Names, People, Person, ToldModels, form

KEY = form()["api_key"]
LOCAL = {"name": "my ollama", "protocol": "openai", "base_url": "http://localhost:11434/v1", "api_key": None}


async def test_a_key_goes_in_and_only_its_end_comes_back(ada: Person, database: Database, parts: ModelParts) -> None:
    added = await ada.adds()
    answer = await ada.http.get("/api/me/models")
    assert answer.json()["providers"] == [added]
    assert (added["has_key"], added["key_ends"]) == (True, "WXYZ")
    assert KEY not in answer.text
    [provider] = await parts.choice.providers_of(ada.id)
    assert provider.api_key is not None
    assert provider.api_key.get_secret_value() == KEY
    assert dict(provider.models) == dict.fromkeys(("interviewer", "judge", "writer"), "claude-test-1")
    async with database.begin() as db:
        stored = str((await db.execute(text("SELECT model_providers::text FROM model_providers"))).all())
    for typed in (KEY, "my claude"):
        assert typed not in stored
        assert typed.encode().hex() not in stored


async def test_a_short_key_shows_nothing_of_itself(ada: Person) -> None:
    assert (await ada.adds(api_key="short-key"))["key_ends"] is None


async def test_a_local_model_needs_no_key_and_a_vendor_does(ada: Person) -> None:
    assert (await ada.adds(**LOCAL))["has_key"] is False
    refused = await ada.http.post("/api/me/models/providers", json=form(api_key=None))
    assert (refused.status_code, refused.json()["code"]) == (422, "key_needed")


async def test_what_is_changed_is_saved_and_the_key_stays(ada: Person, parts: ModelParts) -> None:
    added = await ada.adds()
    path = f"/api/me/models/providers/{added['id']}"
    changed = await ada.http.put(
        path, json=form(name="claude", models={"interviewer": "a", "judge": "b"}, api_key=None)
    )
    assert changed.status_code == 200, changed.text
    [provider] = await parts.choice.providers_of(ada.id)
    assert provider.api_key is not None
    assert provider.api_key.get_secret_value() == KEY
    assert (provider.name, dict(provider.models)) == ("claude", {"interviewer": "a", "judge": "b", "writer": "a"})
    other = await ada.http.put(path, json=form(api_key="another-key-entirely-9999"))
    assert other.json()["key_ends"] == "9999"


async def test_a_saved_key_never_follows_to_another_address(ada: Person) -> None:
    added = await ada.adds()
    path = f"/api/me/models/providers/{added['id']}"
    for elsewhere in ({"base_url": "https://elsewhere.test"}, {"protocol": "openai"}):
        refused = await ada.http.put(path, json=form(api_key=None, **elsewhere))
        assert (refused.status_code, refused.json()["code"]) == (422, "key_needed_for_new_address")
    forgotten = await ada.http.put(path, json=form(api_key=None, forget_key=True, base_url="https://elsewhere.test"))
    assert forgotten.json()["has_key"] is False


async def test_removed_is_gone(ada: Person, database: Database) -> None:
    added = await ada.adds()
    path = f"/api/me/models/providers/{added['id']}"
    assert (await ada.http.delete(path)).status_code == 204
    assert (await ada.http.delete(path)).status_code == 404
    async with database.begin() as db:
        assert await db.scalar(text("SELECT count(*) FROM model_providers")) == 0


async def test_nobody_touches_what_is_another_s(ada: Person, person: People) -> None:
    added = await ada.adds()
    eve = await person("eve")
    path = f"/api/me/models/providers/{added['id']}"
    for answer in (
        await eve.http.put(path, json=form()),
        await eve.http.delete(path),
        await eve.http.post(f"{path}/trial"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "provider_unknown")
    order = await eve.http.put("/api/me/models", json={"built_in_only": False, "order": [added["id"]]})
    assert order.status_code == 422
    assert (await eve.sees())["providers"] == []


async def test_the_order_is_the_user_s(ada: Person, parts: ModelParts) -> None:
    first, second = await ada.adds(name="first"), await ada.adds(name="second")
    assert [provider.name for provider in await parts.choice.providers_of(ada.id)] == ["first", "second"]
    wanted = {"built_in_only": False, "order": [second["id"], first["id"]]}
    assert (await ada.http.put("/api/me/models", json=wanted)).status_code == 200
    assert [provider.name for provider in await parts.choice.providers_of(ada.id)] == ["second", "first"]
    for wrong in ([first["id"]], [first["id"], first["id"]], []):
        refused = await ada.http.put("/api/me/models", json={"built_in_only": False, "order": wrong})
        assert refused.json()["code"] == "order_incomplete"


async def test_built_in_only_means_that_nobody_is_called(ada: Person, parts: ModelParts) -> None:
    added = await ada.adds()
    await ada.http.put("/api/me/models", json={"built_in_only": True, "order": [added["id"]]})
    assert await parts.choice.providers_of(ada.id) == ()
    assert (await ada.sees())["built_in_only"] is True


async def test_there_is_an_end_to_how_many(ada: Person) -> None:
    for number in range(PROVIDERS_AT_MOST):
        await ada.adds(name=f"number {number}")
    refused = await ada.http.post("/api/me/models/providers", json=form())
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_providers")


async def test_a_name_that_leads_elsewhere_later_is_not_called(ada: Person, parts: ModelParts, names: Names) -> None:
    await ada.adds(base_url="https://rebound.test/v1")
    assert len(await parts.choice.providers_of(ada.id)) == 1
    names.known["rebound.test"] = [ipaddress.ip_address("169.254.169.254")]
    assert await parts.choice.providers_of(ada.id) == ()


async def test_a_forbidden_address_is_refused_in_words(ada: Person) -> None:
    refused = await ada.http.post("/api/me/models/providers", json=form(base_url="http://169.254.169.254/v1"))
    assert (refused.status_code, refused.json()["code"]) == (422, "address_not_usable")
    assert "link-local" in refused.json()["message"]


async def test_a_trial_says_that_it_works(ada: Person, told: ToldModels) -> None:
    added = await ada.adds()
    trial = (await ada.http.post(f"/api/me/models/providers/{added['id']}/trial")).json()
    assert (trial["works"], trial["message"]) == (True, "claude-test-1 answered in 0.5 s.")
    assert told.asked[0].api_key is not None
    usage = (await ada.http.get("/api/me/models/usage")).json()
    assert [(line["mode"], line["input_tokens"]) for line in usage["today"]["lines"]] == [("trial", 30)]


async def test_a_trial_says_in_words_what_is_wrong(ada: Person, told: ToldModels) -> None:
    added = await ada.adds()
    told.fault = "unauthorised"
    trial = (await ada.http.post(f"/api/me/models/providers/{added['id']}/trial")).json()
    assert (trial["works"], trial["fault"]) == (False, "unauthorised")
    assert "does not accept the key" in trial["message"]
    usage = (await ada.http.get("/api/me/models/usage")).json()
    assert usage["today"]["lines"][0]["faults"] == {"unauthorised": 1}


async def test_trials_have_their_pace(ada: Person, told: ToldModels) -> None:
    added = await ada.adds()
    path = f"/api/me/models/providers/{added['id']}/trial"
    codes = [(await ada.http.post(path)).status_code for _ in range(7)]
    assert codes == [200] * 6 + [429]
    assert len(told.asked) == 6


async def test_with_the_user_everything_goes(ada: Person, database: Database) -> None:
    added = await ada.adds()
    await ada.http.put("/api/me/models", json={"built_in_only": False, "order": [added["id"]]})
    await ada.http.post(f"/api/me/models/providers/{added['id']}/trial")
    async with database.begin() as db:
        await db.execute(text("DELETE FROM users WHERE id = :id"), {"id": UUID(str(ada.id))})
    async with database.begin() as db:
        for table in ("model_providers", "model_choices", "model_usage"):
            assert await db.scalar(text(f"SELECT count(*) FROM {table}")) == 0
