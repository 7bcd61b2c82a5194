"""What the clock does to applications every night."""

from django.db import transaction
from django.utils import timezone

from careers.models import Application
from careers.models.application import LIVE
from careers.rules.stages import clock_start
from privacy import actions as engine


def follow_closing_days(*, as_of, dry_run: bool = False) -> dict:
    """Undecided applications follow the closing day of their vacancy when HR has moved it. Returns {"moved": count}."""
    undecided = Application.objects.filter(state__in=LIVE, vacancy__isnull=False).select_related("vacancy", "subject")
    moved = 0
    for row in undecided.iterator():
        start = clock_start(
            closing_day=timezone.localdate(row.vacancy.closes_at), submitted_on=timezone.localdate(row.submitted_at)
        )
        if start != row.clock_from:
            moved += 1
            if not dry_run:
                _set_clock(row, start)
    return {"moved": moved}


@transaction.atomic
def _set_clock(row, start) -> None:
    # Decided meanwhile: then the decision's own day counts.
    if Application.objects.filter(pk=row.pk, state__in=LIVE).update(clock_from=start):
        engine.note("application.clock_moved", subject=row.subject, record=row, fields=["clock_from"], by=None)
