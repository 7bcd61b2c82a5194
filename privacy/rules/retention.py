"""How long a row is kept. Ends of retention are maxima: they never roll to a working day.

A period is given as exactly one of `months` and `days`, counted from the start date; with `anchor="accounting_year"`
it is counted from 31 December of the start's year (bokføringsloven § 13). The last day a row is kept is `kept_until`;
the row is due on the first day after it.
"""

from calendar import monthrange
from datetime import date, timedelta

from privacy.rules.deadlines import add_months

ACCOUNTING_YEAR = "accounting_year"
_ANCHORS = (None, ACCOUNTING_YEAR)


def kept_until(
    start: date,
    *,
    months: int | None = None,
    days: int | None = None,
    anchor: str | None = None,
) -> date:
    """The last day the row is kept: 42 months from 2026-03-10 is 2029-09-10. ValueError for a period that is none."""
    check_period(months=months, days=days, anchor=anchor)
    counted_from = date(start.year, 12, 31) if anchor == ACCOUNTING_YEAR else start
    return add_months(counted_from, months) if months else counted_from + timedelta(days=days)


def is_due(
    start: date,
    day: date,
    *,
    months: int | None = None,
    days: int | None = None,
    anchor: str | None = None,
) -> bool:
    """Whether a row whose clock started on `start` must be gone on `day`."""
    return kept_until(start, months=months, days=days, anchor=anchor) < day


def latest_due_start(
    day: date,
    *,
    months: int | None = None,
    days: int | None = None,
    anchor: str | None = None,
) -> date:
    """The latest start whose row is due on `day`, so that a query may ask for `start <= latest_due_start(day, …)`.

    Exactly the rows for which `is_due` holds: a later start is not due, every earlier one is.
    """
    check_period(months=months, days=days, anchor=anchor)
    last_kept = day - timedelta(days=1)
    latest = _months_before(last_kept, months) if months else last_kept - timedelta(days=days)
    return _year_end_on_or_before(latest) if anchor == ACCOUNTING_YEAR else latest


def check_period(*, months: int | None, days: int | None, anchor: str | None) -> None:
    """ValueError with a sentence unless the period is one whole positive number of months or of days."""
    if (months is None) == (days is None):
        raise ValueError("A period is given in months or in days: one of the two, not both and not neither.")
    length = days if months is None else months
    if isinstance(length, bool) or not isinstance(length, int) or length <= 0:
        raise ValueError("A period is a whole number of months or days above zero.")
    if anchor not in _ANCHORS:
        raise ValueError("A period is counted from its start, or with the anchor accounting_year from that year's end.")


def _months_before(end: date, months: int) -> date:
    """The latest date that `add_months` takes to `end` or before."""
    same_number = add_months(end, -months)
    if end.day < monthrange(end.year, end.month)[1]:
        return same_number
    # The last day of a short month is also where the longer months' 29th, 30th and 31st land.
    return same_number.replace(day=monthrange(same_number.year, same_number.month)[1])


def _year_end_on_or_before(day: date) -> date:
    year_end = date(day.year, 12, 31)
    return year_end if day == year_end else date(day.year - 1, 12, 31)
