"""The cookies of a browser that is signed in. Scripts on the page cannot read any of them."""

from fastapi import Request, Response

from mockloop.accounts.service import AccountRules, SignedIn

ACCESS = "mockloop_access"
REFRESH = "mockloop_refresh"
DEVICE = "mockloop_device"
USERS_PATH = "/api/users"  # refresh and device tokens are sent nowhere else
DEVICE_DAYS = 365


def set_cookies(request: Request, response: Response, signed_in: SignedIn, rules: AccountRules) -> None:
    """Give the browser its tokens."""
    secure = is_secure(request, rules)
    day_s = 24 * 3600
    response.set_cookie(
        ACCESS,
        signed_in.access_token,
        max_age=int(rules.access_ttl.total_seconds()),
        httponly=True,
        secure=secure,
        samesite="lax",  # so that a link from elsewhere opens the page signed in
    )
    for name, token, max_age_s in (
        (REFRESH, signed_in.refresh_token, int(rules.refresh_ttl.total_seconds())),
        (DEVICE, signed_in.device_token, DEVICE_DAYS * day_s),
    ):
        response.set_cookie(
            name, token, max_age=max_age_s, path=USERS_PATH, httponly=True, secure=secure, samesite="strict"
        )


def clear_cookies(request: Request, response: Response, rules: AccountRules) -> None:
    """Take the tokens back. The device stays known, so that its owner is not slowed down next time."""
    secure = is_secure(request, rules)
    response.delete_cookie(ACCESS, httponly=True, secure=secure, samesite="lax")
    response.delete_cookie(REFRESH, path=USERS_PATH, httponly=True, secure=secure, samesite="strict")


def is_secure(request: Request, rules: AccountRules) -> bool:
    if rules.cookie_secure != "auto":
        return rules.cookie_secure == "always"
    return request.url.scheme == "https" or (rules.public_url or "").startswith("https://")
