"""The bank that ships is sound: every reference right, every planted solution caught, in the real sandbox."""

import pytest

from mockloop.bank.check import check_bank
from mockloop.bank.loader import load_bank
from mockloop.runner.contract import RunnerUnavailable
from mockloop.runner.opening import open_runner


@pytest.mark.timeout(600)  # about 20 s on two free cores; each proof has limits of its own
async def test_every_question_is_proved() -> None:
    runner = open_runner()
    try:
        problems = await check_bank(load_bank(), runner)
    except RunnerUnavailable as error:
        pytest.skip(f"no sandbox on this machine: {error.reason}")
    finally:
        await runner.aclose()
    assert not problems, "\n".join(map(str, problems))
