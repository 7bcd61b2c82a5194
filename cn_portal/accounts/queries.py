"""What the account pages show."""

from django.db.models import Q
from django.utils import timezone

from cn_portal.accounts.actions.sessions import handle_of
from cn_portal.accounts.models import AccountSession, RecoveryCode, SignInEvent, TotpDevice
from cn_portal.accounts.throttle import address_key

HISTORY = 30


def security_of(user, *, session_key) -> dict:
    """Factor, number of recovery codes left, live sessions and the last 30 attempts to sign in."""
    return {
        "factor": TotpDevice.objects.filter(user=user, confirmed=True).first(),
        "codes_left": RecoveryCode.objects.filter(user=user, used_at__isnull=True).count(),
        "sessions": sessions_of(user, session_key=session_key),
        "history": history_of(user)[:HISTORY],
    }


def sessions_of(user, *, session_key) -> list[dict]:
    """Live sessions, this one first: {handle, here, created_at, last_seen, agent, network}."""
    live = AccountSession.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-last_seen")
    rows = [
        {
            "handle": handle_of(row),
            "here": row.session_key == session_key,
            "created_at": row.created_at,
            "last_seen": row.last_seen,
            "agent": row.agent,
            "network": row.network,
        }
        for row in live
    ]
    return sorted(rows, key=lambda row: not row["here"])


def history_of(user):
    """Attempts to sign in to this account, newest first; failed ones carry the hash of the address, not the account."""
    return SignInEvent.objects.filter(Q(user=user) | Q(user__isnull=True, address_key=address_key(user.email)))
