"""`/api/users`: sign-up, login, refresh, logout, and who am I."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from mockloop.accounts.cookies import ACCESS, DEVICE, REFRESH, clear_cookies, set_cookies
from mockloop.accounts.current import CurrentUser, user_from_token
from mockloop.accounts.errors import (
    CrossSiteRequest,
    PasswordLikeUsername,
    PasswordTooCommon,
    PasswordTooShort,
    TokenNotValid,
    TokenReused,
    TooManyLogins,
    UsernameNotUsable,
    UsernameTaken,
    WrongCredentials,
)
from mockloop.accounts.schemas import Credentials, LoginView, RefreshToken, UserView
from mockloop.accounts.service import Accounts, Origin, SignedIn
from mockloop.db.engine import DatabaseUnavailable, Db
from mockloop.errors import documented

router = APIRouter(prefix="/api/users", tags=["users"])


@router.post(
    "/create",
    status_code=201,
    responses=documented(
        UsernameTaken,
        UsernameNotUsable,
        PasswordTooShort,
        PasswordTooCommon,
        PasswordLikeUsername,
        CrossSiteRequest,
        DatabaseUnavailable,
    ),
)
async def create_user(request: Request, response: Response, wanted: Credentials) -> LoginView:
    """Sign up. The new user is signed in at once."""
    accounts = _accounts(request)
    signed_in = await accounts.sign_up(wanted.username, wanted.password, _origin(request, wanted.client))
    return _answer(request, response, accounts, signed_in)


@router.post("/login", responses=documented(WrongCredentials, TooManyLogins, CrossSiteRequest, DatabaseUnavailable))
async def login(request: Request, response: Response, wanted: Credentials) -> LoginView:
    """Sign in. Too many wrong passwords make further attempts wait."""
    accounts = _accounts(request)
    signed_in = await accounts.sign_in(wanted.username, wanted.password, _origin(request, wanted.client))
    return _answer(request, response, accounts, signed_in)


@router.post("/refresh", responses=documented(TokenNotValid, TokenReused, CrossSiteRequest, DatabaseUnavailable))
async def refresh(
    request: Request, response: Response, wanted: Annotated[RefreshToken | None, Body()] = None
) -> LoginView:
    """Trade the refresh token for fresh tokens. Each one works once; a used one that comes back ends the login."""
    accounts = _accounts(request)
    token = wanted.refresh_token if wanted else request.cookies.get(REFRESH)
    if not token:
        raise TokenNotValid
    return _answer(request, response, accounts, await accounts.refresh(token))


@router.post("/logout", status_code=204, responses=documented(CrossSiteRequest, DatabaseUnavailable))
async def logout(request: Request, wanted: Annotated[RefreshToken | None, Body()] = None) -> Response:
    """Sign out here. Also answers 204 when nobody is signed in."""
    accounts = _accounts(request)
    response = Response(status_code=204)
    clear_cookies(request, response, accounts.rules)
    refresh_token = wanted.refresh_token if wanted else request.cookies.get(REFRESH)
    try:
        if refresh_token:
            login_id = (await accounts.signer()).read_refresh(refresh_token).login_id
        else:
            scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
            token = credentials if scheme.lower() == "bearer" else request.cookies.get(ACCESS)
            login_id = (await user_from_token(accounts, token)).login_id
    except TokenNotValid:
        return response
    await accounts.sign_out(login_id=login_id)
    return response


@router.get("/me", responses=documented(TokenNotValid, DatabaseUnavailable))
async def me(request: Request, db: Db, user: CurrentUser) -> UserView:
    """The user who is signed in."""
    accounts = _accounts(request)
    username, created_at = await accounts.username_of(db, user.id)
    return UserView(id=user.id, username=username, created_at=created_at, operator=accounts.is_operator(username))


def _accounts(request: Request) -> Accounts:
    accounts: Accounts = request.app.state.accounts
    return accounts


def _origin(request: Request, kind: str) -> Origin:
    address = request.client.host if request.client else "unknown"
    return Origin(address, kind, request.cookies.get(DEVICE))


def _answer(request: Request, response: Response, accounts: Accounts, signed_in: SignedIn) -> LoginView:
    response.headers["Cache-Control"] = "no-store"
    for_program = signed_in.kind == "program"
    if not for_program:
        set_cookies(request, response, signed_in, accounts.rules)
    return LoginView(
        user=UserView(
            id=signed_in.user_id,
            username=signed_in.username,
            created_at=signed_in.created_at,
            operator=accounts.is_operator(signed_in.username),
        ),
        access_token=signed_in.access_token,
        expires_in_s=int(accounts.rules.access_ttl.total_seconds()),
        refresh_token=signed_in.refresh_token if for_program else None,
    )
