import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from privacy.actions import NotEditable, contest, correct, correct_by_staff, log_disclosure, open_request
from privacy.actions.correction import editable_fields, own_row
from privacy.models import RecipientNotice, Restriction, TrailEntry
from privacy.queries import active
from privacy.registry import declaration_of
from tests.toy.models import Bill, Guest, Room


def test_ones_own_facts_change_at_once_and_the_trail_names_the_fields(kari, ola):
    assert editable_fields(declaration_of(Guest)) == ["name", "phone"]
    changes = {"name": "Kari Nygjest", "phone": kari.guest.phone}
    assert correct(kari.guest, subject=kari.subject, changes=changes, by=None) == ["name"]
    row = Guest.objects.get(pk=kari.guest.pk)
    assert (row.name, row.phone) == ("Kari Nygjest", "Kari 22")
    entry = TrailEntry.objects.get(action="subject.corrected")
    assert entry.field_names == ["name"] and "Nygjest" not in str(entry.__dict__)
    assert Guest.objects.get(pk=ola.guest.pk).name == "Ola Gjest"


def test_the_same_again_changes_nothing(kari):
    assert correct(kari.guest, subject=kari.subject, changes={"name": "Kari Gjest"}, by=None) == []
    assert not TrailEntry.objects.filter(action="subject.corrected").exists()


def test_what_is_not_ones_own_to_change_is_refused(kari):
    with pytest.raises(NotEditable):
        correct(kari.guest, subject=kari.subject, changes={"name": "x", "visited_on": None}, by=None)
    with pytest.raises(ValidationError), transaction.atomic():
        correct(kari.guest, subject=kari.subject, changes={"name": ""}, by=None)
    row = Guest.objects.get(pk=kari.guest.pk)
    assert row.name == "Kari Gjest" and row.visited_on is not None


def test_only_ones_own_rows_can_be_named(kari, ola):
    assert own_row(kari.subject, label="toy.Guest", key=kari.guest.pk) == kari.guest
    for label, key in (
        ("toy.Guest", ola.guest.pk),
        ("toy.Guest", "no key"),
        ("toy.Room", 1),
        ("toy.Nothing", 1),
        ("nonsense", 1),
    ):
        assert own_row(kari.subject, label=label, key=key) is None


# Contested, and put right by the office


@pytest.fixture
def case(kari):
    return open_request(kari.subject, right="correction", about=kari.guest, fields=["visited_on"], by=None)


def test_a_contested_fact_becomes_a_case_and_its_row_is_not_used_meanwhile(kari, ola):
    case = contest(kari.guest, subject=kari.subject, fields=["visited_on"], text="I was never there", by=None)
    assert (case.right, case.about_pk, case.about_fields) == ("correction", str(kari.guest.pk), ["visited_on"])
    made = Restriction.objects.get()
    assert (made.ground, made.model, made.object_pk, made.request) == (
        "accuracy", "toy.Guest", str(kari.guest.pk), case
    )  # fmt: skip
    assert list(active(Guest.objects.all())) == [ola.guest] and active(Bill.objects.all()).count() == 2


def test_the_office_puts_it_right_and_the_trail_names_the_fields(kari, ola, case, siv):
    changes = {"diet": ["nothing"], "email": "ny@gjest.example", "name": kari.guest.name}
    assert correct_by_staff(kari.guest, changes=changes, request=case, by=siv) == ["diet", "email"]
    row = Guest.objects.get(pk=kari.guest.pk)
    assert (row.diet, row.email) == (["nothing"], "ny@gjest.example")
    entry = TrailEntry.objects.get(action="record.corrected")
    assert (entry.field_names, entry.actor, entry.subject) == (["diet", "email"], siv.pk, kari.subject.pk)
    assert "ny@gjest" not in str(entry.__dict__) and Guest.objects.get(pk=ola.guest.pk).email == ola.email


def test_whoever_was_sent_the_old_value_becomes_a_task_of_the_case(kari, case, ferry):
    payload = {"name": "Kari", "phone": "22"}
    log_disclosure(kari.subject, recipient=ferry, payload=payload, activity="toy-stays", by=None, about=kari.guest)
    correct_by_staff(kari.guest, changes={"diet": []}, request=case, by=None)
    assert not RecipientNotice.objects.exists()
    correct_by_staff(kari.guest, changes={"name": "Kari Nygjest"}, request=case, by=None)
    notice = RecipientNotice.objects.get()
    assert (notice.about, notice.request, notice.recipient, notice.state) == ("correction", case, ferry, "due")


def test_the_same_again_by_the_office_changes_nothing(kari, case):
    assert correct_by_staff(kari.guest, changes={"name": "Kari Gjest"}, request=case, by=None) == []
    assert not TrailEntry.objects.filter(action="record.corrected").exists()


def test_what_the_office_may_not_change_in_a_case_is_refused(kari, ola, case):
    with pytest.raises(NotEditable):
        correct_by_staff(ola.guest, changes={"name": "x"}, request=case, by=None)
    for row, changes in (
        (kari.guest, {"door_code": "x"}),
        (kari.guest, {"subject": ola.subject}),
        (kari.bill, {"buyer_name": "x"}),
    ):
        with pytest.raises(NotEditable):
            correct_by_staff(row, changes=changes, request=case, by=None)
    with pytest.raises(ValidationError), transaction.atomic():
        correct_by_staff(kari.guest, changes={"name": ""}, request=case, by=None)
    assert Guest.objects.get(pk=kari.guest.pk).name == "Kari Gjest" and not Room.objects.exists()
    assert correct_by_staff(kari.bill, changes={"note": "put right"}, request=case, by=None) == ["note"]
