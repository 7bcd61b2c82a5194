"""Invented people in bulk: contacts with five related rows each."""

import uuid
from datetime import date, timedelta

from crm.models import Contact, Interaction
from privacy import vault
from privacy.models import DataSubject

RELATED = 5


def make(count: int, *, dealt_with_on: date, sealed: bool = False) -> list[Contact]:
    """``count`` new contacts last dealt with on that day; with ``sealed`` their phones and notes are really sealed."""
    subjects = DataSubject.objects.bulk_create([DataSubject(roles=["contact"]) for _ in range(count)], batch_size=1000)
    contacts = [_contact(subject, dealt_with_on, "+4722000000" if sealed else "") for subject in subjects]
    vault.prepare(contacts) if sealed else None
    Contact.objects.bulk_create(contacts, batch_size=1000)
    Interaction.objects.bulk_create(
        [
            Interaction(
                contact=contact, subject=contact.subject, kind="call", happened_on=dealt_with_on - timedelta(days=n)
            )
            for contact in contacts
            for n in range(RELATED)
        ],
        batch_size=1000,
    )
    return contacts


def _contact(subject, day: date, phone: str) -> Contact:
    key = uuid.uuid4()
    return Contact(
        id=key,
        subject=subject,
        full_name=f"Person {key.hex[:8]}",
        email=f"{key.hex[:12]}@kunde.example",
        phone=phone,
        ground="prospect",
        source_channel="phone",
        collected_on=day,
        last_dealt_with_on=day,
        clock_starts_on=day,
    )
