"""Mail about what a person has stopped: to the account's address, else to those their rows hold; no facts in it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from privacy.actions.erasure_steps import MOST_LAST_MAILS, addresses_of
from privacy.actions.mail import queue_mail


def tell_person(subject, template: str, context: dict) -> bool:
    """Queue privacy/mail/TEMPLATE to the person; False when no address of theirs is known."""
    account, addresses = _mailboxes(subject)
    url = settings.BASE_URL + reverse("privacy:my-data") if account is not None else ""
    for address in addresses:
        queue_mail(
            to=address,
            template=f"privacy/mail/{template}",
            context={**context, "url": url},
            language=subject.language,
            subject=subject,
        )
    return bool(addresses)


def can_be_mailed(subject) -> bool:
    """Whether an address of this person is known that mail can go to."""
    return bool(_mailboxes(subject)[1])


def _mailboxes(subject):
    ids = subject.group()
    accounts = get_user_model()._base_manager.filter(subject__in=ids, is_active=True)
    account = accounts.order_by("pk").first()
    return account, [account.email] if account is not None else addresses_of(ids)[:MOST_LAST_MAILS]
