"""What can go wrong with an appeal."""

from mockloop.errors import Conflict, Invalid


class UnknownCriterion(Invalid):
    """The scorecard has no criterion named {criterion}."""


class AppealOpen(Conflict):
    """An objection to a mark of this session is being looked at; wait for its result."""


class AppealsUsedUp(Conflict):
    """A session is judged afresh {most} times at most, and this one has been."""
