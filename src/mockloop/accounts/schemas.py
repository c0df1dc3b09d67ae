"""Requests and answers of `/api/users`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field


class Credentials(BaseModel):
    """Username and password."""

    username: str = Field(max_length=254, description="a name or an e-mail address; upper and lower case are the same")
    password: str = Field(max_length=256, description="at sign-up at least 10 characters")
    client: Literal["browser", "program"] = Field(
        "browser",
        description="`browser`: the refresh token comes as a cookie that scripts cannot read. `program`: it comes in "
        "the answer, and no cookie is set.",
    )


class RefreshToken(BaseModel):
    """What a program sends to stay signed in; a browser sends its cookie and an empty body."""

    refresh_token: str = Field(max_length=200)


class UserView(BaseModel):
    """A user, as they see themselves."""

    id: UUID
    username: str
    created_at: datetime
    operator: bool = Field(description="whether this user may see what everybody uses")


class LoginView(BaseModel):
    """A user who is signed in."""

    user: UserView
    access_token: str = Field(description="for `Authorization: Bearer`, and `?token=` of the socket")
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_in_s: int = Field(description="seconds until the access token has to be refreshed")
    refresh_token: str | None = Field(None, description="only for `client: program`")
