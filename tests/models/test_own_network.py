"""Whether users may name addresses of the own network, when the operator has not said so."""

from typing import Any

import pytest

from mockloop.settings import Settings

DATABASE = "postgresql://somewhere/mockloop"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PUBLIC_URL", "DATABASE_URL", "LLM_PRIVATE_ADDRESSES"):
        monkeypatch.delenv(f"MOCKLOOP_{name}", raising=False)


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        ({}, True),
        ({"host": "::1"}, True),
        ({"host": "0.0.0.0"}, False),
        ({"public_url": "https://mockloop.example.org"}, False),
        ({"database_url": DATABASE}, False),
        ({"host": "0.0.0.0", "llm_private_addresses": True}, True),
        ({"llm_private_addresses": False}, False),
    ],
    ids=str,
)
def test_only_where_one_machine_serves_itself(wanted: dict[str, Any], allowed: bool) -> None:
    assert Settings(**wanted).private_addresses_allowed is allowed
