"""Who on staff looked at whose record: one row per member of staff, record and day (L47)."""

from __future__ import annotations

from django.utils import timezone

from privacy import registry
from privacy.models import DataSubject, StaffRead
from privacy.rules.deadlines import oslo_date


def note_read(row, *, by) -> None:
    """Write down that ``by`` opened ``row`` today (Oslo). The second look of the same day changes nothing.

    Nothing is written for a row that is about nobody, for a person's look at their own record, and for the system.
    What is kept of the reader is a key and the groups they work in: the person is told the part, never the name.
    """
    subject = _person_of(row)
    if subject is None or getattr(by, "pk", None) is None or getattr(by, "subject_id", None) in subject.group():
        return
    StaffRead.objects.get_or_create(
        actor=by.pk,
        model=row._meta.label,
        object_pk=str(row.pk),
        on=oslo_date(timezone.now()),
        defaults={"subject": subject, "role": lambda: role_of(by)},
    )


def role_of(user) -> str:
    """The names of the groups a member of staff works in, with commas; empty for who is in none."""
    return ", ".join(user.groups.order_by("name").values_list("name", flat=True))[:60]


def _person_of(row) -> DataSubject | None:
    declaration = registry.declaration_of(type(row))
    if declaration is None or not isinstance(declaration.subject, str):
        return None
    for part in declaration.subject.split("__"):
        row = getattr(row, part, None)
    return row if isinstance(row, DataSubject) else DataSubject.objects.filter(pk=row).first()
