from datetime import date

from privacy import unheld
from privacy.actions import place_hold, restrict
from privacy.models import DataSubject
from privacy.registry import declaration_of
from privacy.unheld import Screen, below
from tests.toy.models import Booking, Guest, Meal

DAY = date(2028, 2, 1)


def screen(model="toy.Guest"):
    return Screen(declaration_of(model))


def suspects(*people, model="toy.Guest", row="guest"):
    return screen(model).suspects([getattr(each, row).pk for each in people], day=DAY)


def test_all_that_goes_with_a_row_by_its_path():
    paths = {(each.name(), path) for each, path in below(declaration_of("toy.Guest"))}
    assert {
        ("toy.Guest", ""),
        ("toy.Booking", "guest"),
        ("toy.Meal", "booking__guest"),
        ("toy.GuestFile", "guest"),
    } <= (paths)
    assert all(path.count("__") < 4 for _name, path in paths)


def test_classes_that_hang_on_each_other_are_looked_at_once(monkeypatch):
    guest, booking = declaration_of("toy.Guest"), declaration_of("toy.Booking")
    around = {guest: [(booking, "guest")], booking: [(guest, "first_booking")]}
    monkeypatch.setattr(unheld, "children_of", around.__getitem__)
    assert below(guest) == [(guest, ""), (booking, "guest")]


def test_of_ordinary_rows_none_is_doubtful_and_few_queries_tell(kari, ola, django_assert_max_num_queries):
    looked = screen()
    with django_assert_max_num_queries(6):
        assert looked.suspects([kari.guest.pk, ola.guest.pk], day=DAY) == set()


def test_a_hold_on_the_row_or_on_anything_below_it(kari, ola, siv):
    def hold(row, until=None):
        place_hold(row, subject=kari.subject, ground="claim", law="l", reason="r", until=until, by=None)

    assert suspects(kari, ola) == set()
    hold(kari.meal)
    assert suspects(kari, ola) == {kari.guest.pk}
    hold(ola.guest, until=date(2028, 1, 31))
    assert suspects(kari, ola) == {kari.guest.pk}
    hold(ola.guest, until=DAY)
    assert suspects(kari, ola) == {kari.guest.pk, ola.guest.pk}


def test_a_condition_of_a_row_below(kari, ola):
    Booking.objects.filter(pk=ola.booking.pk).update(open=True)
    assert suspects(kari, ola) == {ola.guest.pk}


def test_a_restricted_person_and_a_restricted_record(kari, ola):
    restrict(kari.subject, ground="accuracy", by=None)
    assert suspects(kari, ola) == {kari.guest.pk}
    assert screen().restricted([kari.guest.pk, ola.guest.pk]) == {kari.guest.pk}
    restrict(ola.subject, record=ola.guest, ground="accuracy", by=None)
    assert suspects(kari, ola) == {kari.guest.pk, ola.guest.pk}
    assert screen().restricted([kari.guest.pk, ola.guest.pk]) == {kari.guest.pk, ola.guest.pk}


def test_what_rests_on_a_restricted_record_is_restricted_too(kari, ola):
    restrict(ola.subject, record=ola.guest, ground="accuracy", by=None)
    found = Screen(declaration_of("toy.Meal")).restricted([kari.meal.pk, ola.meal.pk])
    assert found == {ola.meal.pk} and Meal.objects.count() == 2


def test_proof_has_no_use_to_be_restricted(kari):
    restrict(kari.subject, ground="accuracy", by=None)
    assert Screen(declaration_of("privacy.LegalHold")).restricted([kari.guest.pk]) == set()


def test_a_row_that_others_stand_on(kari, ola):
    kari.guest.files.all().delete()
    keys = [kari.file.file.pk, ola.file.file.pk]
    assert Screen(declaration_of("privacy.StoredFile")).suspects(keys, day=DAY) == {ola.file.file.pk}
    assert Guest.objects.count() == 2


def test_who_is_restricted_between_two_batches_is_seen_by_the_second(kari, ola):
    looked = screen()
    keys = [kari.guest.pk, ola.guest.pk]
    assert looked.suspects(keys, day=DAY) == set()
    restrict(kari.subject, ground="accuracy", by=None)
    assert looked.suspects(keys, day=DAY) == {kari.guest.pk}


def test_a_state_without_a_restriction_is_believed_too(kari, ola):
    DataSubject.objects.filter(pk=kari.subject.pk).update(state=DataSubject.State.RESTRICTED)
    assert suspects(kari, ola) == {kari.guest.pk}
