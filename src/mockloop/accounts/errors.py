"""What can go wrong with accounts. Each docstring is the message that the person reads."""

from mockloop.errors import Conflict, Forbidden, Invalid, NotSignedIn, TooMany


class UsernameTaken(Conflict):
    """This username is taken. Sign in, or choose another one."""


class UsernameNotUsable(Invalid):
    """A username has 3 to 254 characters, without spaces; an e-mail address is fine."""


class PasswordTooShort(Invalid):
    """A password has at least {at_least} characters. A few words in a row are easy to remember."""


class PasswordTooLong(Invalid):
    """A password has at most {at_most} characters."""


class PasswordTooCommon(Invalid):
    """This password is among the first that others would try. Choose one that is yours alone."""


class PasswordLikeUsername(Invalid):
    """This password is nearly the username. Choose one that does not contain it."""


class WrongCredentials(NotSignedIn):
    """The username or the password is wrong."""


class TooManyLogins(TooMany):
    """Too many failed attempts to sign in. Try again in {retry_after_s} s."""


class TokenNotValid(NotSignedIn):
    """You are not signed in, or no longer. Sign in again."""


class TokenReused(NotSignedIn):
    """This sign-in was used from two places, so it was ended to be safe. Sign in again."""


class CrossSiteRequest(Forbidden):
    """This request came from a page of another site and was refused."""
