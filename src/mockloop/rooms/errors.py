"""What can go wrong in a room."""

from mockloop.errors import Conflict, Invalid, TooLarge, TooMany, Unavailable


class StaleEdit(Conflict):
    """This file was changed in another tab or on another device since you last saw it."""


class ClientIdReused(Conflict):
    """This `client_id` belongs to another command. Nothing was done; every command needs an id of its own."""


class NoNextSegment(Conflict):
    """This is the last segment; end the session instead."""


class NothingToRetry(Conflict):
    """Only the interviewer's last words can be asked for again, when the built-in interviewer stood in for a model."""


class LogFull(Conflict):
    """This session has recorded as much as it can. End it to get its scorecard; nothing is lost."""


class TooManyCommands(TooMany):
    """These are more messages at once than a person can write. Wait {retry_after_s} s."""


class MessageTooLong(TooLarge):
    """A message may have at most {limit_bytes} bytes; this one has {bytes}."""


class CodeTooLong(TooLarge):
    """Code may have at most {limit_bytes} bytes; this has {bytes}."""


class DrawingUnreadable(Invalid):
    """A drawing may hold only what JSON can say: no half characters, no NaN, no infinity."""


class DrawingTooLarge(TooLarge):
    """A drawing may have at most {limit_bytes} bytes; this one has {bytes}."""


class TooManyRuns(TooMany):
    """You have run code often within the minute. You can run it again in {retry_after_s} s."""


class RunnerDown(Unavailable):
    """The code runner is not available right now. This is our fault, and it does not count against you."""


class RunInterrupted(Unavailable):
    """The run was interrupted before it had a result. This is our fault; run it again."""


class RoomBusy(Unavailable):
    """This session is being changed from many places at once; try again in a moment."""
