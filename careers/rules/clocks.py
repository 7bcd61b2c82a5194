"""The clocks of hiring: the last day of each kind, and who may still do what on which day. Pure functions.

A last day is the last one on which something is kept or may be used; it is gone on the day after. Months are calendar
months: 31 August and six months is 28 February, 29 February and twelve is 28 February. The lengths that an office may
change by an approved rule are given in; those that stand in a wording the person agreed to are constants here.
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# What the person said yes to, once and once more; asked again a month before the end, and silence is a no (N32, L21).
POOL_MONTHS = 12
POOL_MOST_MONTHS = 24
ASK_DAYS = 30
GRACE_DAYS = 7
HIRED_DAYS = 30
DRAFT_DAYS = 30


def clock_start(*, closing_day: date, submitted_on: date) -> date:
    """The day an undecided application's time counts from: when the vacancy closes, and never before it was sent."""
    return max(closing_day, submitted_on)


def application_until(clock_from: date, *, months: int) -> date:
    """The last day of an application that nobody was hired by: so many months after the decision, or the closing."""
    return clock_from + relativedelta(months=months)


def hired_until(clock_from: date, moved_on: date | None, *, months: int, days: int = HIRED_DAYS) -> date:
    """The last day of a hired person's application: 30 days after the file was moved, six months after the decision
    at the latest."""
    latest = application_until(clock_from, months=months)
    return latest if moved_on is None else min(latest, moved_on + timedelta(days=days))


def draft_until(edited_on: date, *, days: int = DRAFT_DAYS) -> date:
    """The last day of a draft."""
    return edited_on + timedelta(days=days)


def pool_ends_on(agreed_on: date, *, first_agreed_on: date) -> date:
    """The last day on which a yes allows anything: 12 months after it, and never more than 24 after the first one."""
    one_more_year = agreed_on + relativedelta(months=POOL_MONTHS)
    return min(one_more_year, first_agreed_on + relativedelta(months=POOL_MOST_MONTHS))


def pool_deleted_after(ends_on: date, *, first_agreed_on: date) -> date:
    """The last day an entry is kept: a week after its end, so that a late yes still counts; 24 months at most."""
    return min(ends_on + timedelta(days=GRACE_DAYS), first_agreed_on + relativedelta(months=POOL_MOST_MONTHS))


def renewal_asked_from(ends_on: date) -> date:
    """The first day on which we ask whether the person wants to stay."""
    return ends_on - timedelta(days=ASK_DAYS)


def renewal_is_possible(ends_on: date, renewed_on: date | None, day: date) -> bool:
    """Whether a yes counts as the one renewal on this day: from a month before the end through the week after it."""
    if renewed_on is not None:
        return False
    return renewal_asked_from(ends_on) <= day <= ends_on + timedelta(days=GRACE_DAYS)


def renewal_must_be_asked(ends_on: date, renewed_on: date | None, asked_on: date | None, day: date) -> bool:
    """Whether to write today: the month before the end has begun, it has not ended, and we have not asked before."""
    return asked_on is None and renewed_on is None and renewal_asked_from(ends_on) <= day <= ends_on


def may_be_written_to(ends_on: date, day: date) -> bool:
    """Whether the yes still allows a mail on this day; in the week after the end nothing is sent."""
    return day <= ends_on
