"""What can go wrong with a session."""

from mockloop.errors import Conflict, Invalid, NotFound, TooMany


class SessionNotFound(NotFound):
    """There is no such session."""


class SessionOver(Conflict):
    """This session has ended; nothing more is accepted."""


class SessionNotStarted(Conflict):
    """This session has not started yet."""


class SessionAlreadyStarted(Conflict):
    """This session has already started."""


class SessionAlreadyOpen(Conflict):
    """You have another session of this type open. Finish it, or end it, before you start a new one."""


class TooManySessions(TooMany):
    """You have started many sessions within the hour. You can start the next one in {retry_after_s} s."""


class UnknownFormat(Invalid):
    """There is no format named {format}."""


class UnknownQuestion(Invalid):
    """There is no question named {question}."""


class UnknownCompanyStyle(Invalid):
    """There is no company style named {company_style}."""


class LanguageNotOffered(Invalid):
    """This format does not offer {language}."""


class SegmentMinutesOutOfRange(Invalid):
    """The segment {segment} can take between {min_minutes} and {max_minutes} minutes."""


class UnknownSegment(Invalid):
    """There is no segment named {segment} in this session."""


class LostRace(Exception):
    """Another process wrote to the log first; fold again. Never reaches a client."""
