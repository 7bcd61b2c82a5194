"""A random value that ties a mailed code to the browser that asked for it (T10, ASVS V6.6.2)."""

import secrets

from django.conf import settings

NAME = "code-browser"
SALT = "cn_portal.accounts.browser"
# A little longer than a code lives, so that the cookie is never what fails first.
MAX_AGE = 15 * 60


def _name() -> str:
    return f"__Host-{NAME}" if settings.SESSION_COOKIE_SECURE else NAME


def read(request) -> str:
    """The value this browser was given, or an empty string."""
    return request.get_signed_cookie(_name(), default="", salt=SALT, max_age=MAX_AGE)


def new() -> str:
    return secrets.token_urlsafe(32)


def write(response, value: str) -> None:
    """Give the browser its value; scripts cannot read it and other sites cannot send it along with a POST."""
    response.set_signed_cookie(
        _name(),
        value,
        salt=SALT,
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
