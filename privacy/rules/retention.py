"""How long a row is kept. Ends of retention are maxima: they never roll to a working day.

A period is given as exactly one of `months` and `days`, counted from the start date; with `anchor="accounting_year"`
it is counted from the end of the accounting year the start lies in (bokføringsloven § 13): 31 December, or with
`accounting_year:6` the last day of June, and so for every month. The last day a row is kept is
`kept_until`; the row is due on the first day after it.
"""

from calendar import monthrange
from datetime import date, timedelta

from privacy.rules.deadlines import add_months

ACCOUNTING_YEAR = "accounting_year"
# The anchor of an accounting year → the month it ends with.
_LAST_MONTHS = {ACCOUNTING_YEAR: 12} | {f"{ACCOUNTING_YEAR}:{month}": month for month in range(1, 12)}


def is_accounting_anchor(anchor: str | None) -> bool:
    """Whether a period with this anchor is counted from the end of an accounting year."""
    return anchor in _LAST_MONTHS


def accounting_year_end(day: date, *, last_month: int = 12) -> date:
    """The last day of the accounting year that ``day`` lies in, for a year that ends with this month."""
    year = day.year if day.month <= last_month else day.year + 1
    return date(year, last_month, monthrange(year, last_month)[1])


def kept_until(
    start: date,
    *,
    months: int | None = None,
    days: int | None = None,
    anchor: str | None = None,
) -> date:
    """The last day the row is kept: 42 months from 2026-03-10 is 2029-09-10. ValueError for a period that is none."""
    check_period(months=months, days=days, anchor=anchor)
    counted_from = accounting_year_end(start, last_month=_LAST_MONTHS[anchor]) if anchor else start
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
    return _year_end_on_or_before(latest, _LAST_MONTHS[anchor]) if anchor else latest


def check_period(*, months: int | None, days: int | None, anchor: str | None) -> None:
    """ValueError with a sentence unless the period is one whole positive number of months or of days."""
    if (months is None) == (days is None):
        raise ValueError("A period is given in months or in days: one of the two, not both and not neither.")
    length = days if months is None else months
    if isinstance(length, bool) or not isinstance(length, int) or length <= 0:
        raise ValueError("A period is a whole number of months or days above zero.")
    if anchor is not None and not is_accounting_anchor(anchor):
        raise ValueError("A period is counted from its start, or with the anchor accounting_year from that year's end.")


def _months_before(end: date, months: int) -> date:
    """The latest date that `add_months` takes to `end` or before."""
    same_number = add_months(end, -months)
    if end.day < monthrange(end.year, end.month)[1]:
        return same_number
    # The last day of a short month is also where the longer months' 29th, 30th and 31st land.
    return same_number.replace(day=monthrange(same_number.year, same_number.month)[1])


def _year_end_on_or_before(day: date, last_month: int) -> date:
    year_end = accounting_year_end(day, last_month=last_month)
    if day == year_end:
        return year_end
    return date(year_end.year - 1, last_month, monthrange(year_end.year - 1, last_month)[1])
