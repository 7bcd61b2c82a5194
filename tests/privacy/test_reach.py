from datetime import date

import pytest
from django.contrib.auth import get_user_model

from privacy.declare import MatchedBy, PersonalData, start_of
from privacy.models import DataSubject, StoredFile
from privacy.reach import (
    Kept,
    children_first,
    children_of,
    clock_of,
    foreign_keys,
    leaning_on,
    model_at,
    protecting_keys,
    rows_of,
    sealed_fields,
)
from privacy.registry import declaration_of, declarations
from tests.toy.models import Bill, Booking, DoorLog, Guest, GuestFile, Meal, Remark


def names(pairs):
    return {(declaration.name(), path) for declaration, path in pairs}


def test_rows_are_found_by_path_and_by_function(kari, ola):
    ids = kari.subject.group()
    assert list(rows_of(declaration_of(Meal), ids)) == [kari.meal]
    assert list(rows_of(declaration_of(DoorLog), ids)) == [kari.door]
    assert list(rows_of(declaration_of(DataSubject), ids)) == [kari.subject]


def test_children_go_before_what_they_point_at_and_addresses_last():
    order = children_first()
    assert len(order) == len(set(order)) == len(declarations())
    place = {declaration: number for number, declaration in enumerate(order)}
    for declaration in order:
        for key in foreign_keys(declaration.model):
            parent = declaration_of(key.related_model)
            if parent not in (None, declaration) and not isinstance(declaration.subject, MatchedBy):
                assert place[declaration] < place[parent], (declaration, parent)
    last_found_by_address = max(place[each] for each in order if isinstance(each.subject, MatchedBy))
    assert last_found_by_address < place[declaration_of("privacy.SubjectIdentifier")]


def test_what_hangs_on_what():
    guest = declaration_of(Guest)
    assert names(children_of(guest)) == {
        ("toy.Booking", "guest"),
        ("toy.GuestFile", "guest"),
        ("toy.Meal", "booking__guest"),
    }
    assert names(protecting_keys(declaration_of(StoredFile))) >= {("toy.GuestFile", "file")}
    assert ("privacy.Copy", "file") in names(leaning_on(declaration_of(StoredFile)))
    assert names(leaning_on(guest)) == names(children_of(guest))


def test_a_row_runs_on_its_own_clock_or_on_the_one_it_goes_with(db):
    assert clock_of(declaration_of(Guest)).since == "visited_on"
    assert clock_of(declaration_of(Meal)).since == "booking__guest__visited_on"
    assert clock_of(declaration_of(DoorLog)) is None
    assert clock_of(declaration_of("privacy.RequestEvent")).since == "request__closed_on"


def test_the_day_a_clock_starts(kari):
    assert start_of(kari.meal, clock_of(declaration_of(Meal))) == date(2026, 1, 31)
    Guest.objects.update(visited_on=None)
    assert start_of(Meal.objects.get(), clock_of(declaration_of(Meal))) is None


def test_sealed_columns_by_compartment():
    assert [field.name for field in sealed_fields(Bill)] == ["buyer_name", "whisper"]
    assert [field.name for field in sealed_fields(Bill, "kept")] == ["buyer_name"]
    assert sealed_fields(Booking, "kept") == []


def test_the_model_at_the_end_of_a_path():
    assert model_at(Meal, "booking__guest") is Guest
    assert model_at(GuestFile, "file") is StoredFile


@pytest.mark.parametrize(
    ("until", "other", "longer"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), True),
        (date(2026, 1, 1), date(2026, 1, 1), False),
        (None, date(2026, 1, 1), True),
        (date(2026, 1, 1), None, False),
    ],
)
def test_which_reason_outlasts_which(until, other, longer):
    kept, against = Kept("a", "x", until, False), Kept("b", "x", other, False)
    assert kept.outlasts(against) is longer and kept.outlasts(None)


def test_a_heading_names_nobody(kari):
    declaration = declaration_of(Remark)
    assert declaration.label(kari.remark) == f"remark {str(kari.remark.pk)[:8]}"
    assert declaration.title == Remark._meta.verbose_name_plural
    assert issubclass(declaration, PersonalData) and declaration_of(get_user_model()).name() == "accounts.User"
