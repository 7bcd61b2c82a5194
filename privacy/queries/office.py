"""What the privacy office works through, beside the tasks of `notices_due`."""

from __future__ import annotations

from privacy.models import Erasure, RetentionRun

NEWEST_RUNS = 30
_GONE, _HELD = ("deleted", "blanked"), ("held", "restricted")


def erasures_under_way():
    """Erasures that have not come to their end, oldest first."""
    return Erasure.objects.exclude(state=Erasure.State.DONE).order_by("created_at", "pk")


def retention_runs() -> list[dict]:
    """The newest nightly runs: {"as_of", "state", "due", "gone", "held", "failed"}, numbers over all classes."""
    return [
        {"as_of": run.as_of, "state": run.state}
        | {"due": _sum(run, "due"), "gone": _sum(run, *_GONE), "held": _sum(run, *_HELD), "failed": _sum(run, "failed")}
        for run in RetentionRun.objects.order_by("-started_at")[:NEWEST_RUNS]
    ]


def _sum(run, *names) -> int:
    return sum(each.get(name, 0) for each in run.classes for name in names)
