"""Signing in and out. Whoever has a second factor is not signed in at all before it has been shown (T06)."""

import time

from django.contrib.auth import get_user_model, login, logout
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_otp import login as verify_session

from cn_portal.accounts import sessions
from cn_portal.accounts.browser import picture
from cn_portal.accounts.models import SignInEvent, TotpDevice
from cn_portal.accounts.throttle import address_key
from privacy.actions import confirm_identity, prove_mailbox

PENDING = "accounts_pending"
# How long the page that asks for the second factor may stand open.
PENDING_SECONDS = 10 * 60


def begin_sign_in(request, user, *, how, by=None) -> bool:
    """The first factor has been shown. True when `user` is now signed in, False when the second factor comes next.

    A code by mail also proves that the mailbox is theirs.
    """
    if how == SignInEvent.How.CODE:
        prove_mailbox(user.subject, email=user.email, by=user)
    if not TotpDevice.objects.filter(user=user, confirmed=True).exists():
        sign_in(request, user, how=how, by=by)
        return True
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": str(user.pk),
        "hash": user.get_session_auth_hash(),
        "backend": user.backend,
        "until": time.time() + PENDING_SECONDS,
    }
    return False


def pending_user(request):
    """Who has shown the first factor in this browser within 10 minutes and not the second, or None."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < time.time():
        return None
    user = get_user_model().objects.filter(pk=pending["user"], is_active=True).first()
    # A password changed meanwhile ends the waiting as it ends a session.
    if user is None or not constant_time_compare(pending["hash"], user.get_session_auth_hash()):
        return None
    user.backend = pending["backend"]
    return user


def complete_sign_in(request, user, *, device, how, by=None) -> None:
    """The second factor has been shown: the session starts, or goes on with a new key, marked as verified."""
    request.session.pop(PENDING, None)
    sign_in(request, user, how=how, device=device, by=by)


@transaction.atomic
def sign_in(request, user, *, how, device=None, by=None) -> None:
    """Start a session under a new key, stamp it, and write it into the person's sign-in history."""
    # Django keeps the key when the same person signs in again; here every sign-in and every factor gives a new one.
    request.session.cycle_key()
    login(request, user)
    if device is not None:
        verify_session(request, device)
    stamp_session(request)
    confirm_identity(request)
    get_user_model().objects.filter(pk=user.pk).update(active_at=timezone.now())
    _note(request, how=how, ok=True, user=user, key=address_key(user.email))


def stamp_session(request) -> None:
    """Write the start, the last use and a rough picture of the browser into the session."""
    seen = picture(request)
    now = int(time.time())
    request.session.update(
        {sessions.SINCE: now, sessions.SEEN: now, sessions.AGENT: seen["agent"], sessions.NETWORK: seen["network"]}
    )


def note_failure(request, *, email, how, by=None) -> None:
    """Write down an attempt that failed. The row is the same for known and unknown addresses."""
    _note(request, how=how, ok=False, user=None, key=address_key(email))


@transaction.atomic
def confirm_again(request, *, by) -> None:
    """The person has shown once more that it is them: acts that ask for it are open for five minutes."""
    request.session.cycle_key()
    confirm_identity(request)
    _note(request, how=SignInEvent.How.STEP_UP, ok=True, user=by, key=address_key(by.email))


def sign_out(request, *, by) -> None:
    """End this session and throw away what it held."""
    logout(request)


def _note(request, *, how, ok, user, key):
    SignInEvent.objects.create(user_id=user.pk if user else None, address_key=key, how=how, ok=ok, **picture(request))
