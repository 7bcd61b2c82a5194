"""Who on staff looked: once per colleague, record and day, and never by their name (L47)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privacy.actions import claim_subject, note_read, note_reads, request_copy
from privacy.actions.reads import looks_after, review_reads, role_of
from privacy.declare import Actor
from privacy.models import ReadReview, StaffRead
from privacy.queries import reads_of
from privacy.registry import declaration_of
from privacy.second_person import OwnApproval
from tests.toy.factories import house
from tests.toy.models import DoorLog, Guest, Meal, Room


@pytest.fixture
def seller(siv):
    siv.groups.add(Group.objects.create(name="Sellers"))
    return siv


def test_a_look_is_written_once_a_day_for_each_colleague_and_record(kari, ola, seller, per, frozen_day):
    frozen_day("2026-03-12")
    for _again in range(3):
        note_read(kari.guest, by=seller)
    note_read(kari.booking, by=seller)
    note_read(kari.guest, by=per)
    frozen_day("2026-03-13")
    note_read(kari.guest, by=seller)
    rows = set(StaffRead.objects.values_list("actor", "role", "model", "object_pk", "on"))
    guest, bed = str(kari.guest.pk), str(kari.booking.pk)
    assert rows == {
        (seller.pk, "Sellers", "toy.Guest", guest, date(2026, 3, 12)),
        (seller.pk, "Sellers", "toy.Booking", bed, date(2026, 3, 12)),
        (per.pk, "", "toy.Guest", guest, date(2026, 3, 12)),
        (seller.pk, "Sellers", "toy.Guest", guest, date(2026, 3, 13)),
    }
    assert StaffRead.objects.count() == 4
    assert reads_of(ola.subject) == []


def test_the_day_is_the_one_on_the_wall_in_oslo(kari, siv):
    with time_machine.travel(datetime(2026, 3, 12, 23, 30, tzinfo=UTC), tick=False):
        note_read(kari.guest, by=siv)
    assert StaffRead.objects.get().on == date(2026, 3, 13)


def test_what_hangs_on_a_record_is_a_look_at_its_person(kari, siv):
    note_read(kari.meal, by=siv)
    assert StaffRead.objects.get().subject_id == kari.subject.pk


def test_looks_at_the_person_itself_count_too(kari, siv):
    note_read(kari.subject, by=siv)
    assert StaffRead.objects.get().subject_id == kari.subject.pk


def test_many_looks_at_once_are_the_same_rows_as_one_by_one(kari, ola, siv, per, frozen_day):
    frozen_day("2026-03-12")
    columns = ("subject", "actor", "role", "purpose", "assigned", "model", "object_pk", "on")
    for guest in (kari.guest, ola.guest):
        note_read(guest, by=siv)
        note_read(guest, by=per)
    one_by_one = set(StaffRead.objects.filter(actor=siv.pk).values_list(*columns))
    StaffRead.objects.filter(actor=siv.pk).delete()
    for _again in range(2):
        note_reads([kari.guest, ola.guest], by=siv)
    assert len(one_by_one) == 2
    assert set(StaffRead.objects.filter(actor=siv.pk).values_list(*columns)) == one_by_one
    assert StaffRead.objects.filter(actor=per.pk).count() == 2


def test_many_looks_leave_out_ones_own_and_the_system(kari, ola, siv):
    note_reads([kari.guest, ola.guest], by=None)
    note_reads([], by=siv)
    assert not StaffRead.objects.exists()
    siv.subject = kari.subject
    siv.save(update_fields=["subject"])
    note_reads([kari.guest, ola.guest], by=siv)
    assert StaffRead.objects.get().subject_id == ola.subject.pk


def test_what_is_about_nobody_writes_nothing(kari, siv):
    note_read(Room.objects.create(name="1"), by=siv)
    note_read(DoorLog.objects.first(), by=siv)
    kari.remark.subject = None
    note_read(kari.remark, by=siv)
    note_read(kari.guest, by=None)
    assert not StaffRead.objects.exists()
    note_read(kari.guest, by=siv)
    assert StaffRead.objects.count() == 1


def test_ones_own_records_and_those_one_claimed_do_not_count(kari, ola):
    earlier = house("kari@gjest.example", word="Kari2")
    own = get_user_model().objects.create_user("kari@gjest.example", None, verified=True)
    get_user_model().objects.filter(pk=own.pk).update(subject=kari.subject)
    own.refresh_from_db()
    note_read(earlier.guest, by=own)
    assert StaffRead.objects.count() == 1
    claim_subject(kari.subject, claimed=earlier.subject, by=own)
    earlier.guest.refresh_from_db()
    note_read(earlier.booking, by=own)
    note_read(kari.guest, by=own)
    assert StaffRead.objects.count() == 1
    note_read(ola.guest, by=own)
    assert StaffRead.objects.count() == 2


def test_several_groups_are_named_and_none_is_empty(siv, per):
    siv.groups.add(Group.objects.create(name="Sellers"), Group.objects.create(name="HR"))
    assert (role_of(siv), role_of(per)) == ("HR, Sellers", "")


def test_the_newest_looks_of_both_records_come_first_and_name_no_colleague(kari, siv, per, frozen_day):
    earlier = house("kari@gjest.example", word="Kari2")
    claim_subject(kari.subject, claimed=earlier.subject, by=None)
    frozen_day("2026-03-12")
    note_read(kari.guest, by=siv)
    frozen_day("2026-03-14")
    note_read(earlier.guest, by=per)
    with CaptureQueriesContext(connection) as queries:
        found = reads_of(kari.subject)
    assert [(each.on.day, each.model) for each in found] == [(14, "toy.Guest"), (12, "toy.Guest")]
    assert all("actor" in each.get_deferred_fields() for each in found)
    assert len(queries) == 2


def test_a_look_says_what_for_by_what_the_record_is_held_for(kari, siv):
    note_read(kari.guest, by=siv)
    note_read(kari.subject, by=siv)
    note_read(kari.booking, by=siv, purpose="breach")
    copy = request_copy(kari.subject, by=None)
    note_read(copy, by=siv)
    found = dict(StaffRead.objects.values_list("model", "purpose"))
    assert found == {
        "toy.Guest": "customer",
        "privacy.DataSubject": "rights",
        "toy.Booking": "breach",
        "privacy.Copy": "copy",
    }


def test_recruitment_is_told_by_the_activity(kari, siv, monkeypatch):
    activity = replace(declaration_of(Guest).activity, purpose="dpv:RecruitmentApplicationManagement")
    monkeypatch.setattr(declaration_of(Guest), "activity", activity)
    note_read(kari.guest, by=siv)
    assert StaffRead.objects.get().purpose == "recruitment"


def test_whose_record_it_is_to_look_after_is_kept_with_the_look(kari, ola, siv, per):
    Guest.objects.filter(pk=kari.guest.pk).update(host=siv)
    kari.guest.refresh_from_db()
    note_read(kari.guest, by=siv)
    note_read(kari.guest, by=per)
    note_read(ola.guest, by=per)
    kari.booking.refresh_from_db()
    note_read(kari.booking, by=per)
    found = {(row.model, row.actor, row.subject_id): row.assigned for row in StaffRead.objects.all()}
    assert found == {
        ("toy.Guest", siv.pk, kari.subject.pk): True,
        ("toy.Guest", per.pk, kari.subject.pk): False,
        ("toy.Guest", per.pk, ola.subject.pk): None,
        ("toy.Booking", per.pk, kari.subject.pk): False,
    }


def test_an_actor_who_is_no_account_is_no_colleague(kari, siv, monkeypatch):
    monkeypatch.setitem(declaration_of(Meal).fields, "booking", Actor())
    assert looks_after(kari.meal, siv) is None
    Guest.objects.filter(pk=kari.guest.pk).update(host=siv)
    kari.guest.refresh_from_db()
    assert looks_after(kari.guest, siv) is True


def test_who_looked_at_their_own_work_only_goes_through_the_week(kari, siv, per, frozen_day):
    week = date(2026, 3, 9)
    for number, (reader, assigned) in enumerate([(siv, True), (per, False)]):
        StaffRead.objects.create(
            subject=kari.subject, actor=reader.pk, assigned=assigned, model="toy.Guest", object_pk=str(number), on=week
        )
    frozen_day("2026-03-16")
    with pytest.raises(OwnApproval):
        review_reads(week, finding="expected", by=per)
    assert not ReadReview.objects.exists()
    review = review_reads(week, finding="expected", by=siv)
    assert (review.reads, review.outside, review.reviewed_by) == (2, 1, siv.pk)
