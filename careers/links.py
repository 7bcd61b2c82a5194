"""The signed links people get by mail. They name an application or an entry by its random key and hold nothing else."""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from careers.models import Application, TalentPoolEntry

CONFIRM_SECONDS = 14 * 24 * 60 * 60
_CONFIRM = signing.TimestampSigner(salt="careers.confirm")
_WITHDRAW = signing.TimestampSigner(salt="careers.withdraw")
_POOL = signing.TimestampSigner(salt="careers.pool")


class LinkTooOld(Exception):
    """The link was right once and is too old now."""


def confirm_url(application) -> str:
    """Address of the page where the applicant confirms the mailbox; it works for 14 days."""
    return settings.BASE_URL + reverse("careers:confirm", args=[_CONFIRM.sign(str(application.pk))])


def withdraw_url(application) -> str:
    """Address of the page where one withdraws without signing in; it works as long as the application is there."""
    return settings.BASE_URL + reverse("careers:withdraw-by-link", args=[_WITHDRAW.sign(str(application.pk))])


def to_confirm(token: str) -> Application | None:
    """The application a confirmation link names, or None. Raises LinkTooOld after 14 days."""
    try:
        return _application(_CONFIRM.unsign(token, max_age=CONFIRM_SECONDS))
    except signing.SignatureExpired:
        raise LinkTooOld from None
    except signing.BadSignature:
        return None


def to_withdraw(token: str) -> tuple[bool, Application | None]:
    """(whether the link is one of ours, the application it names if it is still there)."""
    try:
        return True, _application(_WITHDRAW.unsign(token))
    except signing.BadSignature:
        return False, None


def pool_url(entry) -> str:
    """Address of the page where one stays in the talent pool or leaves it without signing in; it works as long as the
    entry is there."""
    return settings.BASE_URL + reverse("careers:pool-by-link", args=[_POOL.sign(str(entry.pk))])


def to_pool(token: str) -> tuple[bool, TalentPoolEntry | None]:
    """(whether the link is one of ours, the entry it names if it is still there)."""
    try:
        key = uuid.UUID(_POOL.unsign(token))
    except signing.BadSignature:
        return False, None
    return True, TalentPoolEntry.objects.select_related("subject").filter(pk=key).first()


def _application(key: str) -> Application | None:
    return Application.objects.select_related("subject", "vacancy").filter(pk=uuid.UUID(key)).first()
