"""Who on staff looked at whose record: one row per member of staff, record and day (L47, T38)."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from privacy import registry
from privacy.actions.trail import actor_id, note
from privacy.declare import Actor
from privacy.models import Copy, DataSubject, ReadReview, StaffRead
from privacy.queries.read_report import monday_of, week_report
from privacy.reach import binding_keys
from privacy.rules.deadlines import oslo_date
from privacy.second_person import second_person

Purpose = StaffRead.Purpose


class NoReview(Exception):
    """The week cannot be settled; the sentence says why."""


def note_read(row, *, by, purpose: str = "") -> None:
    """Write down that ``by`` opened ``row`` today (Oslo), and what for. A second look of the same day changes nothing.

    Nothing is written for a row that is about nobody, for a person's look at their own record, and for the system.
    What is kept of the reader is a key and the groups they work in: the person is told the part, never the name.
    ``purpose`` is one of `StaffRead.Purpose`; without it, what the record is held for says it.
    """
    subject = _person_of(row)
    if subject is None or getattr(by, "pk", None) is None or getattr(by, "subject_id", None) in subject.group():
        return
    StaffRead.objects.get_or_create(
        actor=by.pk,
        model=row._meta.label,
        object_pk=str(row.pk),
        on=oslo_date(timezone.now()),
        defaults={
            "subject": subject,
            "role": lambda: role_of(by),
            "purpose": purpose or purpose_of(row),
            "assigned": lambda: looks_after(row, by),
        },
    )


def note_reads(rows, *, by, purpose: str = "") -> None:
    """The same for many rows of one class, whose persons are fetched with them: a fixed number of queries for them all.

    ``rows`` name their person by a key of their own (``subject``), not through other rows.
    """
    if getattr(by, "pk", None) is None or not rows:
        return
    own = set(by.subject.group()) if getattr(by, "subject_id", None) else set()
    role, purpose, on = role_of(by), purpose or purpose_of(rows[0]), oslo_date(timezone.now())
    StaffRead.objects.bulk_create(
        [
            StaffRead(
                actor=by.pk,
                model=row._meta.label,
                object_pk=str(row.pk),
                on=on,
                subject_id=row.subject_id,
                role=role,
                purpose=purpose,
                assigned=looks_after(row, by),
            )
            for row in rows
            if row.subject_id is not None and row.subject_id not in own
        ],
        ignore_conflicts=True,
    )


def role_of(user) -> str:
    """The names of the groups a member of staff works in, with commas; empty for who is in none."""
    return ", ".join(user.groups.order_by("name").values_list("name", flat=True))[:60]


def purpose_of(row) -> str:
    """What a record is opened for when nobody says anything else: what it is held for."""
    if isinstance(row, Copy):
        return Purpose.COPY
    if row._meta.app_label == "privacy":
        return Purpose.RIGHTS
    activity = registry.declaration_of(type(row)).activity
    return Purpose.RECRUITMENT if "Recruitment" in activity.purpose else Purpose.CUSTOMER


def looks_after(row, user) -> bool | None:
    """Whether the record, or what it hangs on, names this colleague; None when neither names anybody (T38)."""
    named = _colleagues(row)
    for name, parent in binding_keys(registry.declaration_of(type(row))):
        # What names no colleague need not be fetched to say so.
        above = getattr(row, name) if parent.fields_of(Actor) else None
        named |= _colleagues(above) if above is not None else set()
    return user.pk in named if named else None


def _colleagues(row) -> set:
    user_model, found = get_user_model(), set()
    declaration = registry.declaration_of(type(row))
    for name in declaration.fields_of(Actor):
        column = row._meta.get_field(name)
        if column.related_model is user_model:
            found.add(getattr(row, column.attname))
    return found - {None}


@transaction.atomic
def review_reads(week, *, finding: str, by) -> ReadReview:
    """Somebody has gone through the looks outside one's own work of the week that begins on Monday ``week`` (T38).

    Raises NoReview for a week that is not over or settled already, OwnApproval for who is among those looked at.
    """
    report = week_report(week)
    if week != monday_of(week) or not report.is_over or report.review is not None:
        raise NoReview()
    for line in report.lines:
        if line.outside:
            second_person(by, asked_by=line.actor)
    review = ReadReview.objects.create(
        week=week, reads=report.reads, outside=report.outside, finding=finding, reviewed_by=actor_id(by)
    )
    note("reads.reviewed", record=review, by=by, reason=finding)
    return review


def _person_of(row) -> DataSubject | None:
    declaration = registry.declaration_of(type(row))
    if declaration is None or not isinstance(declaration.subject, str):
        return None
    for part in declaration.subject.split("__"):
        row = getattr(row, part, None)
    return row if isinstance(row, DataSubject) else DataSubject.objects.filter(pk=row).first()
