"""Times of interviews on the clocks of Oslo, and which answer is possible when. Pure functions."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

OSLO = ZoneInfo("Europe/Oslo")
MOST_TIMES = 5
MINUTES = range(10, 481)
# Nobody is asked about a day further away than this: by then the application may be decided or gone.
FURTHEST = timedelta(days=120)


class NoSuchTime(ValueError):
    """The time cannot be meant, or cannot be offered. The message is a sentence for the person who typed it."""


def oslo_moment(day: date, clock: time) -> datetime:
    """The moment at which the clocks of Oslo show this. Raises NoSuchTime where they never do, or do twice.

    On the last Sunday of March an hour is left out, on the last Sunday of October one comes twice.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None))
    early, late = (local.replace(tzinfo=OSLO, fold=fold) for fold in (0, 1))
    if early.astimezone(UTC).astimezone(OSLO).replace(tzinfo=None) != local:
        raise NoSuchTime(
            _("The clocks go forward that night, so %(clock)s never comes. Nothing was saved: choose another time.")
            % {"clock": f"{clock:%H:%M}"}
        )
    if early.utcoffset() != late.utcoffset():
        raise NoSuchTime(
            _("The clocks go back that night, so %(clock)s comes twice. Nothing was saved: choose another time.")
            % {"clock": f"{clock:%H:%M}"}
        )
    return early


def ends_at(starts_at: datetime, minutes: int) -> datetime:
    """The end in Oslo time: so many minutes later as they pass, whatever the clocks do in between."""
    return (starts_at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(OSLO)


def check_times(times, *, minutes: int, now: datetime) -> list[datetime]:
    """The times in order, as moments that may be offered at `now`. Raises NoSuchTime with a sentence."""
    if not times:
        raise NoSuchTime(_("Write at least one time. Nothing was saved."))
    if len(times) > MOST_TIMES:
        raise NoSuchTime(_("At most %(n)s times can be offered at once. Nothing was saved.") % {"n": MOST_TIMES})
    if len({each.astimezone(UTC) for each in times}) != len(times):
        raise NoSuchTime(_("The same time stands there twice. Nothing was saved: change one of them."))
    if minutes not in MINUTES:
        raise NoSuchTime(_("An interview takes between 10 minutes and 8 hours. Nothing was saved."))
    if min(times) <= now:
        raise NoSuchTime(_("One of the times has passed already. Nothing was saved: choose a later one."))
    if max(times) > now + FURTHEST:
        raise NoSuchTime(_("One of the times is more than 120 days away. Nothing was saved: choose an earlier one."))
    return sorted(times)


def can_choose(state: str, starts_at: datetime, now: datetime) -> bool:
    """Whether the applicant may still say yes to this offered time."""
    return state == "offered" and starts_at > now


def can_call_off(state: str, starts_at: datetime | None, now: datetime) -> bool:
    """Whether an agreed meeting still lies ahead, so that somebody can say they cannot come."""
    return state == "agreed" and starts_at is not None and starts_at > now
