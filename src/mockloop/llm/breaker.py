"""Which providers to leave alone for a while, so that nobody waits for one that is known to be down.

One breaker per provider name, address and key, in this process's memory; the key is kept as a hash only. What users
name like the operator's provider has another one: theirs may be refused where that one is welcome.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from mockloop.llm.faults import OF_THE_PROVIDER, Failed, Fault
from mockloop.llm.port import Provider

UNAUTHORISED_S = 600.0
"""A wrong key stays wrong until somebody acts; a new key has a breaker of its own."""
LONGEST_S = 3600.0
"""The most that a provider's retry-after is believed."""
RATE_LIMITED_S = 5.0
"""After a rate limit that named no time."""
FAULTS_IN_A_ROW = 3
"""So many faults of the provider without an answer between them, and it is left alone."""
FIRST_REST_S = 15.0
LONGEST_REST_S = 300.0
"""The rest doubles with every further fault, up to this."""
PROBE_S = 10.0
"""After a rest one call goes first; the others go on without this provider until it has ended, or for so long."""
MOST = 2000
"""Breakers kept; the oldest are forgotten, which costs one more failed call."""


_Identity = tuple[bool, str, str, bytes]


@dataclass
class _Breaker:
    fault: Fault
    in_a_row: int = 0
    closed_until_s: float = 0.0
    resting: bool = False


class Breakers:
    """What is known about providers. `now`: seconds of a clock that never goes back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._breakers: dict[_Identity, _Breaker] = {}

    def fault_of(self, provider: Provider) -> Fault | None:
        """None when `provider` may be asked now, else the fault for which it is left alone.

        The first caller after a rest is let through as a probe.
        """
        breaker = self._breakers.get(_identity(provider))
        if breaker is None or not breaker.resting:
            return None
        now = self._now()
        if now < breaker.closed_until_s:
            return breaker.fault
        breaker.closed_until_s = now + PROBE_S
        return None

    def answered(self, provider: Provider) -> None:
        """An answer came: nothing is held against `provider` any more."""
        self._breakers.pop(_identity(provider), None)

    def failed(self, provider: Provider, failed: Failed) -> None:
        """Take note of a failed call, retries included, and decide whether `provider` gets a rest."""
        identity = _identity(provider)
        breaker = self._breakers.pop(identity, None) or _Breaker(failed.fault)
        rest_s = self._rest_s(breaker, failed)
        if rest_s is None and failed.fault not in OF_THE_PROVIDER:
            return  # it answered, if only to say no to this prompt
        breaker.fault = failed.fault
        breaker.resting = rest_s is not None
        breaker.closed_until_s = self._now() + (rest_s or 0.0)
        self._breakers[identity] = breaker
        while len(self._breakers) > MOST:
            del self._breakers[next(iter(self._breakers))]

    def forget(self, provider: Provider) -> None:
        """Ask `provider` again at once, whatever happened: for somebody who tests it by hand."""
        self._breakers.pop(_identity(provider), None)

    def _rest_s(self, breaker: _Breaker, failed: Failed) -> float | None:
        if failed.fault == "unauthorised":
            return UNAUTHORISED_S
        if failed.retry_after_s is not None:
            return min(failed.retry_after_s, LONGEST_S)
        if failed.fault == "rate_limited":
            return RATE_LIMITED_S
        if failed.fault not in OF_THE_PROVIDER:
            return None
        breaker.in_a_row += 1
        if breaker.in_a_row < FAULTS_IN_A_ROW:
            return None
        doublings = min(breaker.in_a_row - FAULTS_IN_A_ROW, 10)
        return float(min(FIRST_REST_S * 2**doublings, LONGEST_REST_S))


def _identity(provider: Provider) -> _Identity:
    key = provider.api_key.get_secret_value() if provider.api_key else ""
    address = provider.base_url or provider.protocol
    return provider.own, provider.name, address, hashlib.sha256(key.encode()).digest()
