"""When somebody is told that something of theirs goes soon (N55). Pure."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta


def warning_step(kept_until: date, day: date, *, steps: Iterable[int], told: Collection[int]) -> int | None:
    """Which step is told on ``day`` of a row whose last day is ``kept_until``; None when nothing is.

    A step of 30 is reached on the 30th day before the last. Of several that are reached only the nearest is told, and
    a later one is not told after a nearer one has been.
    """
    if day > kept_until:
        return None
    reached = [step for step in steps if kept_until - timedelta(days=step) <= day]
    if not reached:
        return None
    nearest = min(reached)
    return None if any(step <= nearest for step in told) else nearest
