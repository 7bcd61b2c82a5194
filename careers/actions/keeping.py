"""What the clock does to applications every night."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from careers.actions.withdrawing import leave_talent_pool, withdraw_application
from careers.actions.wordings import POOL, RECRUITMENT
from careers.models import Application, State, TalentPoolEntry
from careers.models.application import LIVE
from careers.rules.stages import clock_start
from privacy import actions as engine

OVER = ("withdrawn", "expired", "revoked", "invalidated")


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


def end_without_consent(*, as_of, dry_run: bool = False) -> dict:
    """Whatever a consent carried goes when the consent is over, wherever it was withdrawn (N32: within 24 hours).

    Returns {"applications": count, "pool": count}. A consent given anew carries only what was sent with it or later.
    """
    applications = list(_resting_on(Application.objects.exclude(state=State.WITHDRAWN), RECRUITMENT))
    entries = list(_resting_on(TalentPoolEntry.objects.all(), POOL))
    if not dry_run:
        for row in applications:
            withdraw_application(row, by=None)
        for entry in entries:
            leave_talent_pool(entry, by=None)
    return {"applications": len(applications), "pool": len(entries)}


def _resting_on(rows, purpose: str):
    return rows.filter(
        subject__consent_events__purpose=purpose,
        subject__consent_events__kind__in=OVER,
        subject__consent_events__at__gt=F("consent__at"),
    ).distinct()
