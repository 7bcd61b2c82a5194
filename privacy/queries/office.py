"""What the privacy office works through, beside the tasks of `notices_due`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from privacy.models import Erasure, RecipientNotice, RetentionRun
from privacy.queries.subjects import notices_due

NEWEST_RUNS = 30
ON_HOME = 5
_GONE, _HELD = ("deleted", "blanked"), ("held", "restricted")


def erasures_under_way():
    """Erasures that have not come to their end, oldest first."""
    return Erasure.objects.exclude(state=Erasure.State.DONE).order_by("created_at", "pk")


def retention_runs(newest: int = NEWEST_RUNS) -> list[dict]:
    """The newest nightly runs: {"as_of", "state", "due", "gone", "held", "failed"}, numbers over all classes."""
    return [
        {"as_of": run.as_of, "state": run.state}
        | {"due": _sum(run, "due"), "gone": _sum(run, *_GONE), "held": _sum(run, *_HELD), "failed": _sum(run, "failed")}
        for run in RetentionRun.objects.order_by("-started_at")[:newest]
    ]


def _sum(run, *names) -> int:
    return sum(each.get(name, 0) for each in run.classes for name in names)


@dataclass(frozen=True)
class OfficeDay:
    """The office at a glance: the oldest of what waits with how many there are, and the newest nightly run or None."""

    notices: list[RecipientNotice]
    notices_due: int
    erasures: list[Erasure]
    under_way: int
    waiting: int
    run: dict | None


def office_day() -> OfficeDay:
    """What the office finds when it comes in, in five queries. Numbers and partners, never a person."""
    notices, erasures = notices_due(), erasures_under_way()
    waiting = Count("pk", filter=Q(state=Erasure.State.WAITING))
    numbers = erasures.order_by().aggregate(all=Count("pk"), waiting=waiting)
    return OfficeDay(
        notices=list(notices[:ON_HOME]),
        notices_due=notices.count(),
        erasures=list(erasures[:ON_HOME]),
        under_way=numbers["all"] - numbers["waiting"],
        waiting=numbers["waiting"],
        run=next(iter(retention_runs(newest=1)), None),
    )
