"""When an answer is due in law.

The clock rule (Regulation 1182/71 Art 3, domstolloven §§ 148-149): the day of the event is not counted; the period ends
with the day that has the same number in the target month, or the last day of a shorter month; where that is a Saturday,
a Sunday or a Norwegian public holiday it ends with the next working day. Periods in hours never roll.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter

OSLO = ZoneInfo("Europe/Oslo")
ANSWER_MONTHS = 1
EXTENDED_MONTHS = 3
BREACH_HOURS = 72
FIRST_YEAR, LAST_YEAR = 1583, 4099

_FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
# Days after Easter Sunday: Maundy Thursday, Good Friday, the two Easter days, Ascension and the two Whit days.
_MOVING = (-3, -2, 0, 1, 39, 49, 50)


@lru_cache(maxsize=64)
def norwegian_holidays(year: int) -> frozenset[date]:
    """The twelve public holidays of a year; 24 and 31 December are not among them. ValueError outside 1583-4099."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Holidays are known for the years {FIRST_YEAR} to {LAST_YEAR}.")
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in _MOVING}
    return frozenset(moving | {date(year, month, day) for month, day in _FIXED})


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and day not in norwegian_holidays(day.year)


def roll(day: date) -> date:
    """The day itself when it is a working day, otherwise the next one that is."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """The same day number so many months later, or the last day of a shorter month: 31 August + 6 is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def due(received: date) -> date:
    """Last day to answer a request that arrived on `received`, Oslo date, on any channel (Art 12(3), L1)."""
    return roll(add_months(received, ANSWER_MONTHS))


def extended_due(received: date) -> date:
    """Last day after an extension: three months from receipt, not from the first due date (Art 12(3), L2)."""
    return roll(add_months(received, EXTENDED_MONTHS))


def paused_due(received: date, pauses: Iterable[tuple[date, date]], *, months: int = ANSWER_MONTHS) -> date:
    """The unpaused due date moved by the whole days between each question and its answer, then rolled (L46).

    `months` is EXTENDED_MONTHS for a request that was given more time. `pauses` holds (asked, answered) pairs of Oslo
    dates. Days that two questions share count once. Staff act on the unpaused date all the same. ValueError for an
    answer before its question or a question before the receipt.
    """
    return roll(roll(add_months(received, months)) + timedelta(days=_days_waited(received, pauses)))


def _days_waited(received: date, pauses: Iterable[tuple[date, date]]) -> int:
    waited, counted_to = 0, received
    for asked, answered in sorted(pauses):
        if asked < received or answered < asked:
            raise ValueError("A pause begins on or after the day of receipt and ends on or after the day it began.")
        waited += max((answered - max(asked, counted_to)).days, 0)
        counted_to = max(counted_to, answered)
    return waited


def breach_due(aware: datetime) -> datetime:
    """72 elapsed hours after CN became aware, in Oslo time; weekends and changed clocks move nothing (Art 33, L35)."""
    return (_aware(aware).astimezone(UTC) + timedelta(hours=BREACH_HOURS)).astimezone(OSLO)


def oslo_date(moment: datetime) -> date:
    """The legal date of a moment: the one on the calendar in Oslo."""
    return _aware(moment).astimezone(OSLO).date()


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment
