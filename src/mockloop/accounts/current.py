"""Who asks? `CurrentUser` and `CurrentOperator` for endpoints, `user_from_websocket` for the socket; for browsers and
programs.

Neither keeps a database connection: the login is looked up in a short transaction of its own, on every request, so
that signing out works at once.
"""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Security, WebSocket
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select

from mockloop.accounts.cookies import ACCESS
from mockloop.accounts.csrf import is_cross_site
from mockloop.accounts.errors import CrossSiteRequest, TokenNotValid
from mockloop.accounts.service import Accounts
from mockloop.accounts.tables import Login
from mockloop.errors import NothingHere

_bearer = HTTPBearer(auto_error=False, scheme_name="bearer", description="The `access_token` of a login.")
_cookie = APIKeyCookie(name=ACCESS, auto_error=False, scheme_name="cookie", description="Set by a login, for browsers.")


@dataclass(frozen=True)
class SignedInUser:
    """The user behind a request."""

    id: UUID
    login_id: UUID


async def user_from_token(accounts: Accounts, token: str | None) -> SignedInUser:
    """The user of an access token. Raises `TokenNotValid` when it is missing, forged, expired or signed out."""
    if not token:
        raise TokenNotValid
    claims = (await accounts.signer()).read_access(token, accounts.clock.now())
    user = SignedInUser(claims.user_id, claims.login_id)
    if not await is_signed_in(accounts, user):
        raise TokenNotValid
    return user


async def is_signed_in(accounts: Accounts, user: SignedInUser) -> bool:
    """Whether the login still stands; false as soon as it was signed out, on whichever instance."""
    async with accounts.database.begin() as db:
        alive = await db.scalar(
            select(Login.id).where(Login.id == user.login_id, Login.user_id == user.id, Login.revoked_at.is_(None))
        )
    return alive is not None


async def current_user(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    cookie: Annotated[str | None, Security(_cookie)],
) -> SignedInUser:
    """A Bearer token if there is one, else the cookie."""
    return await user_from_token(request.app.state.accounts, bearer.credentials if bearer else cookie)


CurrentUser = Annotated[SignedInUser, Depends(current_user)]


async def current_operator(request: Request, user: CurrentUser) -> SignedInUser:
    """The user, if the settings name them as an operator. Raises `NothingHere`: others need not know what there is."""
    accounts: Accounts = request.app.state.accounts
    if accounts.rules.operators:
        async with accounts.database.begin() as db:
            username, _ = await accounts.username_of(db, user.id)
        if accounts.is_operator(username):
            return user
    raise NothingHere


CurrentOperator = Annotated[SignedInUser, Depends(current_operator)]


async def user_from_websocket(socket: WebSocket) -> SignedInUser:
    """The user of a socket: `?token=`, a Bearer header, or the cookie of a page of ours.

    Raises `TokenNotValid`, or `CrossSiteRequest` when a page of another site uses the cookie; both 401 and 403 end in
    the same close code.
    """
    accounts: Accounts = socket.app.state.accounts
    scheme, _, credentials = socket.headers.get("authorization", "").partition(" ")
    token = socket.query_params.get("token") or (credentials if scheme.lower() == "bearer" else "")
    if token:
        return await user_from_token(accounts, token)
    if is_cross_site(socket.headers, accounts.rules.public_url):
        raise CrossSiteRequest
    return await user_from_token(accounts, socket.cookies.get(ACCESS))
