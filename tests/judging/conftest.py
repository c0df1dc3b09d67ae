"""A real question of the bank for the judge's tests."""

import pytest

from mockloop.bank.loader import Fault, bank_root, read_question
from mockloop.bank.question import CodingQuestion


@pytest.fixture(scope="session")
def question() -> CodingQuestion:
    faults: list[Fault] = []
    found = read_question(bank_root(), "rooms-for-bookings", faults)
    assert found is not None, faults
    return found
