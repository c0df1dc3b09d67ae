"""What can go wrong with written feedback."""

from mockloop.errors import Conflict


class NoWriter(Conflict):
    """No language model is set up for you, or you chose to stay built-in. Change it under settings."""


class AlreadyWritten(Conflict):
    """It is written already, or being written."""
