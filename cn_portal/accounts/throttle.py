"""Under which key sign-in attempts are counted. Named by AXES_USERNAME_CALLABLE."""

from cn_portal.accounts.models import normalise_email
from privacy.queries import address_index


def address_key(email: str) -> str:
    """The keyed hash under which everything about signing in with this address is filed."""
    return address_index(normalise_email(email))


def username_key(request, credentials) -> str | None:
    """The keyed hash of the address somebody tries to sign in with: no address lies in the tables of attempts."""
    credentials = credentials or {}
    email = credentials.get("email") or credentials.get("username")
    return address_key(email) if email else None
