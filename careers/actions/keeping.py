"""What the clock does to applications every night."""

from django.db import transaction
from django.utils import timezone

from careers.models import Application, Hiring
from careers.models.application import LIVE
from careers.rules.adverts import closing_moment
from careers.rules.clocks import clock_start
from privacy import actions as engine


def follow_closing_days(*, as_of, dry_run: bool = False) -> dict:
    """Undecided applications follow the closing day of their vacancy when HR has moved it. Returns {"moved": count}."""
    undecided = Application.objects.filter(state__in=LIVE, vacancy__isnull=False)
    hirings = Hiring.objects.by_reference(undecided.values("vacancy_reference"))
    return {"moved": _follow(undecided, hirings, dry_run=dry_run)}


def follow_closing_of(hiring) -> int:
    """The same for one vacancy, in the caller's transaction: how many clocks were moved."""
    undecided = Application.objects.filter(state__in=LIVE, vacancy__isnull=False, vacancy_reference=hiring.reference)
    return _follow(undecided, {hiring.reference: hiring})


def _follow(undecided, hirings, *, dry_run=False) -> int:
    moved = 0
    for row in undecided.select_related("vacancy", "subject").iterator():
        closing = closing_moment(row.vacancy, hirings.get(row.vacancy_reference))
        start = clock_start(closing_day=timezone.localdate(closing), submitted_on=timezone.localdate(row.submitted_at))
        if start != row.clock_from:
            moved += 1
            if not dry_run:
                _set_clock(row, start)
    return moved


@transaction.atomic
def _set_clock(row, start) -> None:
    # Decided meanwhile: then the decision's own day counts.
    if Application.objects.filter(pk=row.pk, state__in=LIVE).update(clock_from=start):
        engine.note("application.clock_moved", subject=row.subject, record=row, fields=["clock_from"], by=None)
