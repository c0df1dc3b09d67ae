"""What can go wrong with a provider: a closed list of names, and which of them are worth a second try."""

from typing import Literal

from mockloop.llm.port import AddressRefused

Fault = Literal[
    "rate_limited",  # too many requests, or the account's quota is used up
    "overloaded",  # the provider says that it is too busy, or down for a while
    "server_error",  # the provider failed
    "refused",  # the provider or its filter would not answer
    "unauthorised",  # the key is wrong, or may not do this
    "too_long",  # the prompt is longer than the model reads, or the answer longer than we take
    "bad_request",  # the provider rejects the request: an unknown model, a setting that it does not know
    "malformed",  # an answer that is not what the protocol says
    "cut",  # the connection broke off while the answer came
    "empty",  # an answer without text
    "unfinished",  # an answer that ended without saying that it is whole
    "timed_out",  # no first text, or no end, within the provider's limits
    "invalid_output",  # typed output that stayed wrong after it was asked for again
    "unreachable",  # no connection
]

WORTH_A_RETRY: frozenset[Fault] = frozenset(
    {"rate_limited", "overloaded", "server_error", "malformed", "cut", "unreachable"}
)
"""Faults that a second try a moment later may not meet. Those that have cost much time or tokens are not among them."""

OF_THE_PROVIDER: frozenset[Fault] = frozenset(
    {"overloaded", "server_error", "malformed", "cut", "unfinished", "timed_out", "unreachable"}
)
"""Faults that say something about the provider's next answer, not only about this prompt."""


class Failed(Exception):
    """One try with one provider ended in `fault`. `retry_after_s`: how long the provider asked to wait, if it did.

    `refused`: our own rules did not let the connection be made.
    """

    def __init__(
        self, fault: Fault, retry_after_s: float | None = None, *, refused: AddressRefused | None = None
    ) -> None:
        super().__init__(fault)
        self.fault = fault
        self.retry_after_s = retry_after_s
        self.refused = refused
