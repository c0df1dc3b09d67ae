"""What can go wrong with a scorecard."""

from mockloop.errors import Conflict


class NotJudgedYet(Conflict):
    """The scorecard is still being made; ask again in a moment."""


class SessionStillOpen(Conflict):
    """There is a scorecard once the session has ended."""


class NothingToJudge(Conflict):
    """This session ended before it had begun, so there is nothing to judge."""
