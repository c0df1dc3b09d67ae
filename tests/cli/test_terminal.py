"""The interview in the terminal: what one types wrong is said, and the interview goes on."""

import io
from pathlib import Path

import pytest

from mockloop.cli import terminal
from mockloop.client import Client
from tests.journeys.conftest import house, houses, quiet_house, settings  # noqa: F401 — fixtures
from tests.support.candidate import PASSWORD, House


async def test_what_cannot_be_sent_is_said_and_the_interview_goes_on(
    quiet_house: House,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    latin = tmp_path / "latin.py"
    latin.write_bytes(b"# caf\xe9\n")
    lines = ["x" * 9000, f"/code {latin}", "/hint", "/end"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    async with Client(quiet_house.url) as client:
        await client.sign_up("ada", PASSWORD)
        session = await client.create_session(question="pair-within-budget")
        await client.request("PATCH", f"/api/sessions/{session['id']}/start")
        async with client.live(session["id"]) as live:
            await terminal._converse(client, live)
            assert live.state.status == "completed"
            assert "HintAsked" in [entry.event.type for entry in live.entries]
    said = capsys.readouterr().out
    assert "at most 8192 characters" in said
    assert "can't decode" in said
