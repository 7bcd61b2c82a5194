"""Which of several periods rules on a day, and what a change of period does to rows whose time was nearly up (L32).

A shorter period applies from its first day. A longer one keeps nothing that was due before it: what the older period
would have taken by the day before stays due.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from privacy.rules.retention import check_period, kept_until, latest_due_start

LONGEST_MONTHS = 600
LONGEST_DAYS = 50 * 366
# Two 29 Februaries and every pair of neighbouring months lie in these days.
_CYCLE = [date(2023, 1, 1) + timedelta(days=number) for number in range(5 * 366)]


@dataclass(frozen=True)
class Period:
    """A length, in months or in days."""

    months: int | None = None
    days: int | None = None

    def check(self) -> None:
        """ValueError with a sentence unless it is one whole positive length of at most fifty years."""
        check_period(months=self.months, days=self.days, anchor=None)
        if (self.months or 0) > LONGEST_MONTHS or (self.days or 0) > LONGEST_DAYS:
            raise ValueError("A period of more than fifty years is no period.")


@dataclass(frozen=True)
class Ruling:
    """A period and the first day it rules; None for the declared one, which has ruled since the beginning."""

    period: Period
    since: date | None = None


def is_longer(new: Period, old: Period) -> bool:
    """Whether any row would be kept longer; months against days are compared over all days of a cycle of years."""
    if new.months is not None and old.months is not None:
        return new.months > old.months
    if new.days is not None and old.days is not None:
        return new.days > old.days
    return any(_until(new, start) > _until(old, start) for start in _CYCLE)


def due_already(rulings: list[Ruling], *, anchor: str | None) -> date | None:
    """The latest start whose row was due before the last of these periods began to rule; None with only one period.

    ``rulings`` in the order in which they ruled. A row that started on that day or before stays due, whatever came.
    """
    found = [
        latest_due_start(following.since - timedelta(days=1), months=old.months, days=old.days, anchor=anchor)
        for (old, following) in zip([each.period for each in rulings], rulings[1:], strict=False)
    ]
    return max(found, default=None)


def _until(period: Period, start: date) -> date:
    return kept_until(start, months=period.months, days=period.days)
