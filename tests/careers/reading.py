"""What tests look at: waiting mail, trail rows, stored objects, and every row careers holds."""

from django.core.files.storage import storages

from careers.models import Application, ApplicationFile, Note, StageEvent, TalentPoolEntry
from privacy.actions.mail import open_mail
from privacy.fields import Sealed
from privacy.models import ConsentEvent, DataSubject, OutgoingMail, StoredFile, TrailEntry

EVERYTHING = (Application, ApplicationFile, Note, StageEvent, TalentPoolEntry, ConsentEvent, DataSubject, StoredFile)


def counts():
    """How many rows there are of each kind an application may leave."""
    return {model.__name__: model.objects.count() for model in EVERYTHING}


def mails(name=""):
    """Waiting mails as (address, context), oldest first."""
    waiting = OutgoingMail.objects.filter(state="queued", template__endswith=name).order_by("queued_at")
    return [open_mail(mail) for mail in waiting]


def acts(record):
    """The names of what the trail says about one record, oldest first."""
    entries = TrailEntry.objects.filter(model=record._meta.label, object_pk=str(record.pk))
    return list(entries.order_by("pk").values_list("action", flat=True))


def has_object(stored):
    return storages["people"].exists(stored.storage_name)


def row_of(record):
    """One row as the database has it, sealed bytes included."""
    row = type(record)._base_manager.filter(pk=record.pk).values().first()
    return {name: value.data if isinstance(value, Sealed) else value for name, value in row.items()}
