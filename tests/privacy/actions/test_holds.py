from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from privacy.actions import HoldRefused, approve_holds, place_hold, release_hold
from privacy.holding import active_holds
from privacy.models import LegalHold, TrailEntry

DAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def today(frozen_day):
    frozen_day(DAY.isoformat())
    with override("en"):
        yield


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
    entry = TrailEntry.objects.get(action="hold.proposed")
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
    with pytest.raises(HoldRefused, match="the day it ends"):
        hold(kari, ground="statutory", until=None)
    assert not LegalHold.objects.exists()
    assert hold(kari, ground="statutory").pk and hold(kari, until=None).pk


def test_what_is_gone_cannot_be_held(kari):
    gone = kari.meal
    gone.__class__.objects.all().delete()
    with pytest.raises(HoldRefused, match="gone already"):
        hold(kari, gone)


def test_it_is_released_by_somebody_else(kari, siv, per):
    approve_holds(hold(kari, by=siv).batch, by=per)
    placed = LegalHold.objects.get()
    with pytest.raises(HoldRefused, match="other than the one"), transaction.atomic():
        release_hold(placed, by=siv)
    placed.refresh_from_db()
    assert placed.released_at is None and placed.ended_on == date(2026, 3, 31)
    release_hold(placed, by=per)
    placed.refresh_from_db()
    assert (placed.state, placed.released_by, placed.ended_on) == ("released", per.pk, DAY)
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


def test_what_the_house_places_is_active_at_once_and_what_somebody_asks_waits(kari, siv):
    assert hold(kari).state == "active"
    asked = hold(kari, kari.booking, by=siv)
    assert (asked.state, asked.batch is not None) == ("proposed", True)
    by_law = hold(kari, kari.bill, ground="statutory", by=siv)
    assert (by_law.state, by_law.kind, by_law.batch) == ("active", "acc_primary", None)


def test_a_hold_the_law_demands_is_not_released_by_hand_before_its_day(kari, siv, frozen_day):
    placed = hold(kari, kari.bill, ground="statutory")
    frozen_day("2026-03-31")
    with pytest.raises(HoldRefused, match="nobody can release"), transaction.atomic():
        release_hold(placed, by=siv)
    placed.refresh_from_db()
    assert placed.state == "active"
    frozen_day("2026-04-01")
    release_hold(placed, by=siv)
    assert placed.state == "released"


def test_releasing_a_proposal_is_saying_no(kari, siv, per):
    asked = hold(kari, by=siv)
    release_hold(asked, by=per)
    assert (asked.state, active_holds(DAY).exists()) == ("refused", False)


def test_the_database_refuses_an_approval_of_one_s_own(kari, siv):
    asked = hold(kari, by=siv)
    for change in (
        {"approved_by": siv.pk},
        {"released_by": siv.pk},
        {"state": "released"},
        {"kind": "acc_primary"},
        {"until": None, "review_on": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalHold.objects.filter(pk=asked.pk).update(**change)
