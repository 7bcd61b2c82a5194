"""What the tests of erasure share: a day that stands still, orders, holds, and what is left afterwards."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import storages

from privacy.actions import (
    build_copy,
    carry_out,
    files,
    place_hold,
    request_erasure,
)
from tests.toy.personal_data import LAW

OSLO = ZoneInfo("Europe/Oslo")
TODAY = date(2026, 3, 1)
EVIDENCE = {"privacy.DataSubject", "privacy.TrailEntry", "privacy.Erasure", "privacy.RecipientNotice"}
TOY = {"toy.Guest", "toy.Booking", "toy.Meal", "toy.Bill", "toy.Remark", "toy.GuestFile", "toy.DoorLog"}


@pytest.fixture(autouse=True)
def today(frozen_day, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    frozen_day(TODAY.isoformat())


def order(someone, cause="request"):
    return request_erasure(someone.subject, cause=cause, by=None)


def erase(someone, **more):
    return carry_out(order(someone, **more))


def keep_bill(someone, until=date(2031, 12, 31)):
    return place_hold(
        someone.bill, subject=someone.subject, ground="statutory", law=LAW, reason="the law", until=until, by=None
    )


def state_of(someone):
    someone.subject.refresh_from_db()
    return someone.subject.state


def copy_of(someone):
    made = build_copy(someone.subject, language="nb", as_of=datetime(2026, 3, 1, 12, tzinfo=OSLO))
    return b"".join(made)


def objects():
    return set(files._names_in(storages["people"], ""))


class Killed(BaseException):
    """Stands for a process that ends without another word."""
