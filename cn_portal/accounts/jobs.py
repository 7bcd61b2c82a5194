"""Housekeeping of the accounts app."""

from cn_portal.accounts import actions
from cn_portal.accounts.models import AccountSession
from privacy import registry


@registry.daily("accounts.sessions")
def clear_sessions(*, as_of, dry_run) -> dict:
    """Sessions whose time was up at `as_of` (a datetime): {"due", "deleted"}."""
    due = AccountSession.objects.filter(expire_date__lte=as_of).count()
    return {"due": due, "deleted": 0 if dry_run else actions.clear_expired(as_of=as_of)}
