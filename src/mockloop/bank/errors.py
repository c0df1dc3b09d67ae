"""What can go wrong with the bank: an id that is not there, and content that is not sound."""

from mockloop.errors import MockLoopError, NotFound


class QuestionUnknown(NotFound):
    """There is no question {question_id!r}."""


class CompanyStyleUnknown(NotFound):
    """There is no company style {company_style!r}."""


class BankBroken(MockLoopError):
    """The question bank cannot be read: {faults}"""
