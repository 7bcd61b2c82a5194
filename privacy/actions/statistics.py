"""Counted once for every closed month, before the rows go, and never again (N57, T32)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from privacy import registry
from privacy.models import Statistic
from privacy.rules.deadlines import add_months, oslo_date

# A house that begins to count counts what it still has of the months before.
BACK = 24


def count_statistics(*, as_of, dry_run: bool = False) -> dict:
    """Count every measure for each closed month that has not been counted. Returns {"counted": months of measures}.

    What has been counted stays as it is, whatever is entered or erased later: two reports never differ by one person.
    Runs daily before the retention, and at the beginning of a retention run.
    """
    # A run for a day to come must not count a month that goes on.
    months = closed_months(oslo_date(min(as_of, timezone.now())))
    there = set(Statistic.objects.filter(value="", month__in=months).values_list("measure", "month"))
    missing = [(m, month) for m in registry.statistics() for month in months if (m.code, month) not in there]
    if missing and not dry_run:
        _store({(measure.code, month): _counted(measure, month) for measure, month in missing})
    return {"counted": len(missing)}


def closed_months(day: date) -> list[date]:
    """The first days of the closed months before ``day``, the oldest first."""
    this = day.replace(day=1)
    return [add_months(this, -back) for back in range(BACK, 0, -1)]


def _counted(measure, month: date) -> dict[str, int]:
    last = add_months(month, 1) - timedelta(days=1)
    return {value: number for value, number in measure.count(month, last).items() if number}


@transaction.atomic
def _store(found: dict[tuple[str, date], dict[str, int]]) -> None:
    """Store what was counted: {(measure, month): {value: number}}."""
    now = timezone.now()
    totals = [
        Statistic(measure=m, month=at, count=sum(each.values()), computed_at=now) for (m, at), each in found.items()
    ]
    Statistic.objects.bulk_create(totals, ignore_conflicts=True)
    # Of two runs at once the second finds the totals there: the month is counted, and its values stay as they are.
    ours = Statistic.objects.filter(value="", computed_at=now).values_list("measure", "month")
    Statistic.objects.bulk_create(
        Statistic(measure=measure, month=month, value=value, count=number, computed_at=now)
        for measure, month in ours
        for value, number in found.get((measure, month), {}).items()
        if value
    )
