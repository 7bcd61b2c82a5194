from datetime import date

import pytest
from django.db import transaction

from privacy.actions import HoldRefused, place_hold, release_hold
from privacy.holding import active_holds
from privacy.models import LegalHold, TrailEntry

DAY = date(2026, 3, 1)


def hold(person, record=None, **changes):
    values = {
        "subject": person.subject,
        "ground": "claim",
        "law": "tvisteloven § 26-5",
        "reason": "a dispute",
        "until": date(2026, 3, 31),
        "by": None,
    }
    return place_hold(record or person.guest, **{**values, **changes})


def test_a_hold_names_its_record_law_and_end(kari, siv):
    placed = hold(kari, by=siv)
    placed.refresh_from_db()
    assert (placed.model, placed.object_pk, placed.subject) == ("toy.Guest", str(kari.guest.pk), kari.subject)
    assert (placed.law, placed.until, placed.opened_by) == ("tvisteloven § 26-5", date(2026, 3, 31), siv.pk)
    entry = TrailEntry.objects.get(action="hold.placed")
    assert (entry.subject, entry.object_pk, entry.reason) == (kari.subject.pk, str(kari.guest.pk), "claim")
    assert str(placed).startswith("Hold ")


def test_the_same_hold_again_is_the_same_hold(kari, ola):
    placed = hold(kari)
    assert hold(kari) == placed
    assert hold(kari, law="another law") != placed
    assert hold(kari, until=date(2026, 4, 1)) != placed
    assert hold(kari, kari.booking) != placed
    assert hold(ola) != placed
    assert LegalHold.objects.count() == 5


def test_a_hold_that_was_released_can_be_placed_again(kari):
    placed = hold(kari)
    release_hold(placed, by=None)
    assert hold(kari) != placed


def test_what_the_law_demands_needs_its_last_day(kari):
    with pytest.raises(HoldRefused, match="day it ends"):
        hold(kari, ground="statutory", until=None)
    assert not LegalHold.objects.exists()
    assert hold(kari, ground="statutory").pk and hold(kari, until=None).pk


def test_what_is_gone_cannot_be_held(kari):
    gone = kari.meal
    gone.__class__.objects.all().delete()
    with pytest.raises(HoldRefused, match="gone already"):
        hold(kari, gone)


def test_it_is_released_by_somebody_else(kari, siv, per):
    placed = hold(kari, by=siv)
    with pytest.raises(HoldRefused, match="other than the one"), transaction.atomic():
        release_hold(placed, by=siv)
    placed.refresh_from_db()
    assert placed.released_at is None
    release_hold(placed, by=per)
    placed.refresh_from_db()
    assert placed.released_at is not None and placed.released_by == per.pk
    release_hold(placed, by=per)
    assert TrailEntry.objects.filter(action="hold.released").count() == 1


def test_it_is_in_force_through_its_last_day(kari):
    placed = hold(kari)
    assert list(active_holds(date(2026, 3, 31))) == [placed]
    assert not active_holds(date(2026, 4, 1)).exists()
    open_ended = hold(kari, until=None)
    assert list(active_holds(date(2099, 1, 1))) == [open_ended]
    release_hold(open_ended, by=None)
    assert not active_holds(date(2099, 1, 1)).exists()
