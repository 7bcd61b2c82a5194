"""Ending sessions: one, all but this one, all, and those whose time is up."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cn_portal.accounts.models import AccountSession
from privacy.actions import note, queue_mail


def handle_of(session) -> str:
    """A name for a session that can stand in a form: the key itself would let its reader in."""
    return salted_hmac("cn_portal.accounts.session", session.session_key, algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def end_session(user, *, handle, by) -> bool:
    """End one of `user`'s own sessions by its handle. False when there is none by that name, any more."""
    for session in AccountSession.objects.filter(user=user):
        if handle_of(session) == handle:
            session.delete()
            note("account.session_ended", subject=user.subject, record=user, by=by)
            return True
    return False


@transaction.atomic
def sign_out_everywhere(user, *, by, keep=None) -> int:
    """End all of `user`'s sessions except the one whose key is `keep`; returns how many, and mails the person."""
    ended = end_others(user, keep=keep)
    note("account.signed_out_everywhere", subject=user.subject, record=user, by=by)
    tell(user, "signed_out_everywhere")
    return ended


def end_others(user, *, keep) -> int:
    """The sessions of `user` but `keep` are gone when this returns: the next request in one of them is refused."""
    ended, _ = AccountSession.objects.filter(user=user).exclude(session_key=keep or "").delete()
    return ended


def tell(user, template) -> None:
    """Mail the person that the way into their account has changed."""
    queue_mail(
        to=user.email,
        template=f"accounts/mail/{template}",
        context={"when": timezone.localtime().strftime("%d.%m.%Y %H:%M")},
        language=user.language,
        subject=user.subject,
    )


def clear_expired(*, as_of, by=None) -> int:
    """Delete sessions whose time was up at `as_of`, signed in or not."""
    deleted, _ = AccountSession.objects.filter(expire_date__lte=as_of).delete()
    return deleted
