"""What the customers' part owes by a day: contacts we have from somebody else must be told (Art 14(3), N42)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.models import Contact
from privacy import tasks
from privacy.queries import active

LAW = "GDPR Art 14"


@tasks.source("art14")
def contacts_to_inform(day: date) -> Iterator[tasks.Task]:
    """One task for each contact, for who works with contacts; and their number, for the office. One query."""
    waiting = Contact.objects.filter(informed_on__isnull=True, source_channel__in=Contact.NOT_FROM_THE_PERSON)
    found = sorted((contact.information_due_on, str(contact.pk)) for contact in active(waiting))
    for due_on, key in found:
        yield tasks.Task(
            kind="art14",
            title=_("Tell contact %(number)s where we have their details from") % {"number": key[:8]},
            url=reverse("contact:inspect", args=[key]),
            right="crm.change_contact",
            due_on=due_on,
            law=LAW,
        )
    if found:
        yield tasks.Task(
            kind="art14",
            title=ngettext(
                "See that %(n)d contact is told where we have their details from",
                "See that %(n)d contacts are told where we have their details from",
                len(found),
            )
            % {"n": len(found)},
            url=reverse("privacy-office") + "?kind=art14",
            right="privacy.view_recipientnotice",
            due_on=found[0][0],
            law=LAW,
        )
