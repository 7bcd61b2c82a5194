"""Holds: placed on one record with law and end, released by another person or by the day (N54, N59, L38)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from privacy.actions.trail import actor_id, note
from privacy.models import LegalHold


class HoldRefused(Exception):
    """A hold that may not be placed or released so; the sentence says why."""


@transaction.atomic
def place_hold(record, *, subject, ground: str, law: str, reason: str, until: date | None, by) -> LegalHold:
    """Keep this one record past its clock and past an erasure. The same hold again is the same hold.

    Raises HoldRefused for a record that has gone, and for a statutory hold without its last day.
    """
    # The same lock an erasure takes before it looks for holds: either the hold is seen, or the record is gone.
    if type(record)._base_manager.select_for_update().filter(pk=record.pk).first() is None:
        raise HoldRefused("The record is gone already; there is nothing left to hold.")
    held = LegalHold.objects.filter(
        model=record._meta.label, object_pk=str(record.pk), law=law, until=until, released_at__isnull=True
    ).first()
    if held is not None:
        return held
    if ground == LegalHold.Ground.STATUTORY and until is None:
        raise HoldRefused("A hold the law demands needs the day it ends.")
    hold = LegalHold.objects.create(
        subject=subject,
        model=record._meta.label,
        object_pk=str(record.pk),
        ground=ground,
        law=law,
        reason=reason,
        until=until,
        opened_by=actor_id(by),
    )
    note("hold.placed", subject=subject, record=record, by=by, reason=ground)
    return hold


@transaction.atomic
def release_hold(hold: LegalHold, *, by) -> None:
    """End a hold before its day; not by the one who placed it. What it suspended completes at the next nightly run."""
    if by is not None and hold.opened_by == by.pk:
        raise HoldRefused("A hold is released by somebody other than the one who placed it.")
    if hold.released_at is not None:
        return
    hold.released_at, hold.released_by = timezone.now(), actor_id(by)
    hold.save(update_fields=["released_at", "released_by"])
    note("hold.released", subject=hold.subject_id, record=hold, by=by)
