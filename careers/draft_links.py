"""The mailed link that opens a draft again: signed, and bound to the address it was mailed to."""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from careers.models import ApplicationDraft
from careers.rules.drafts import draft_kept_until

_SIGNER = signing.Signer(salt="careers.draft")


def draft_url(draft) -> str:
    """Address of the page that opens the draft again. It works as long as the draft is kept and names this address."""
    token = _SIGNER.sign(f"{draft.pk}.{_mailbox(draft.email)}")
    return settings.BASE_URL + reverse("careers:draft", args=[token])


def to_draft(token: str) -> ApplicationDraft | None:
    """The draft a link opens, or None: not ours, sent, deleted, too old, or mailed to an address that was corrected."""
    try:
        key, _dot, mailbox = _SIGNER.unsign(token).partition(".")
    except signing.BadSignature:
        return None
    draft = kept_drafts().filter(pk=uuid.UUID(key)).select_related("subject", "vacancy").first()
    return draft if draft is not None and constant_time_compare(mailbox, _mailbox(draft.email)) else None


def kept_drafts():
    """Drafts that are still there for their writers: not deleted, and changed within the last 30 days."""
    today = timezone.localdate()
    oldest = today - (draft_kept_until(today) - today)
    return ApplicationDraft.objects.filter(ended_at=None, edited_at__date__gte=oldest)


def _mailbox(email: str) -> str:
    return salted_hmac("careers.draft-link", email.strip().casefold(), algorithm="sha256").hexdigest()[:20]
