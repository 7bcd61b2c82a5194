"""A clock that cannot be believed erases nothing (F17): its latest believed moment is kept in the ledger database.

Set back by more than a day, or forward by more than a day and a half without a witness, it stops the nightly run. A
witness is the trail, when nobody was silent for so long meanwhile (the scheduler was dead, the house was not), or a
person's word that today is today. A moment given on a command line is a person's word too, and moves no mark.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.trail import actor_id, note
from privacy.models import ClockMark, TrailEntry
from privacy.rules.deadlines import oslo_date

NAME = "retention"
BACK = timedelta(hours=24)
FORWARD = timedelta(hours=36)
# A moment this near to the clock's own was taken from the clock.
OWN = timedelta(hours=1)


class ClockRefused(Exception):
    """The machine says another day than the person. The message is a sentence for them."""


def clock_refusal(as_of: datetime) -> str:
    """Why a run at the clock's own moment must not begin, as a sentence; empty when it may, and the mark moves along.

    A moment that is not the clock's own was given by a person: nothing is asked and the mark stays.
    """
    now = timezone.now()
    if abs(as_of - now) > OWN:
        return ""
    mark = ClockMark.objects.filter(pk=NAME).first()
    if doubt := _doubt(mark, now):
        return doubt
    if mark is None:
        ClockMark.objects.create(pk=NAME, at=now)
    else:
        ClockMark.objects.filter(pk=NAME, at__lt=now).update(at=now)
    return ""


def clock_doubt() -> str:
    """What a night that began now would say of the clock; empty when it would begin. Reads only."""
    return _doubt(ClockMark.objects.filter(pk=NAME).first(), timezone.now())


def _doubt(mark: ClockMark | None, now: datetime) -> str:
    if mark is not None and now < mark.at - BACK:
        return _(
            "The clock of the machine has gone back by more than a day. Nothing was erased; set it, or confirm it."
        )
    if mark is not None and now > mark.at + FORWARD and not _was_in_use(mark.at, now):
        return _(
            "The clock of the machine has gone forward by more than a day and a half, and nothing shows that the time"
            " has really passed. Nothing was erased; confirm the day."
        )
    return ""


def confirm_clock(day: date, *, by) -> ClockMark:
    """Take somebody's word that today is ``day``: from here on the clock is believed again, wherever it was before.

    ClockRefused when the machine says another day: then it is the machine's clock that has to be set.
    """
    now = timezone.now()
    if day != oslo_date(now):
        raise ClockRefused(
            _("The machine says that today is %(day)s. Nothing was confirmed; set its clock first.")
            % {"day": oslo_date(now).isoformat()}
        )
    values = {"at": now, "confirmed_at": now, "confirmed_by": actor_id(by)}
    mark, _new = ClockMark.objects.update_or_create(pk=NAME, defaults=values)
    note("retention.clock_confirmed", record=mark, by=by)
    return mark


def _was_in_use(since: datetime, now: datetime) -> bool:
    """Whether the trail has no silence longer than a jump that would be let through: such a jump leaves one."""
    last = since
    for at in (
        TrailEntry.objects.filter(at__gt=since, at__lte=now).order_by("at").values_list("at", flat=True).iterator()
    ):
        if at - last > FORWARD:
            return False
        last = at
    return now - last <= FORWARD
