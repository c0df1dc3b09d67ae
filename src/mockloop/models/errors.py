"""What can go wrong with models. Each docstring is the message that the person reads."""

from mockloop.errors import Conflict, Invalid, NotFound, TooMany


class ProviderUnknown(NotFound):
    """There is no such provider among yours."""


class TooManyProviders(Conflict):
    """You can have {at_most} providers. Remove one first."""


class OrderIncomplete(Invalid):
    """The order must name each of your providers once."""


class KeyNeeded(Invalid):
    """Without an address of your own this is the vendor's service, and that needs a key."""


class KeyNeededForNewAddress(Invalid):
    """The address or the protocol has changed: enter the key again, or remove it. A saved key goes nowhere new."""


class AddressNotUsable(Invalid):
    """This address cannot be used: {reason}."""


class TooManyTrials(TooMany):
    """You have tried providers often enough for now. Try again in {retry_after_s} s."""
