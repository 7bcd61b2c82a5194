from datetime import date

from django.utils.translation import override

from privacy.actions import place_hold
from privacy.holding import held_rows
from privacy.planning import kept_now, scope_of
from privacy.registry import declaration_of
from tests.toy.factories import booking, guest
from tests.toy.models import Booking, Guest, GuestFile, Meal

DAY = date(2026, 3, 1)
GUEST, BOOKING, MEAL, FILE = (declaration_of(model) for model in (Guest, Booking, Meal, GuestFile))


def scope(**classes):
    return {declaration_of(f"toy.{name}"): {row.pk for row in rows} for name, rows in classes.items()}


def held(found):
    return {declaration.name(): set(rows) for declaration, rows in found.items() if rows}


def test_a_held_row_holds_what_it_stands_on_and_what_goes_with_that(kari, ola):
    Booking.objects.filter(pk=kari.booking.pk).update(open=True)
    found = held_rows(
        scope(Guest=[kari.guest, ola.guest], Booking=[kari.booking, ola.booking], Meal=[kari.meal, ola.meal]), day=DAY
    )
    assert held(found) == {
        "toy.Booking": {kari.booking.pk},
        "toy.Guest": {kari.guest.pk},
        "toy.Meal": {kari.meal.pk},
    }
    assert {kept.reason for rows in found.values() for kept in rows.values()} == {"the stay is still to come"}


def test_what_is_outside_the_scope_is_not_marked(kari, ola):
    Booking.objects.update(open=True)
    found = held_rows(scope(Guest=[ola.guest], Booking=[kari.booking]), day=DAY)
    assert held(found) == {"toy.Booking": {kari.booking.pk}}


def test_the_longest_reason_is_the_one_that_counts(kari):
    values = {"subject": kari.subject, "ground": "claim", "reason": "x", "by": None}
    for law, until in (("short", date(2026, 4, 1)), ("long", date(2027, 1, 1)), ("middle", date(2026, 9, 1))):
        place_hold(kari.guest, law=law, until=until, **values)
    assert held_rows({GUEST: {kari.guest.pk}}, day=DAY)[GUEST][kari.guest.pk].law == "long"
    place_hold(kari.guest, law="open", until=None, **values)
    assert held_rows({GUEST: {kari.guest.pk}}, day=DAY)[GUEST][kari.guest.pk].law == "open"


def test_a_dated_condition_holds_through_its_last_day(kari):
    Booking.objects.update(open=True, open_until=DAY)
    assert held_rows({BOOKING: {kari.booking.pk}}, day=DAY)[BOOKING]
    assert not held_rows({BOOKING: {kari.booking.pk}}, day=date(2026, 3, 2))[BOOKING]


def test_a_file_cannot_go_before_the_row_that_names_it(kari):
    stored = declaration_of("privacy.StoredFile")
    with override("en"):
        kept = held_rows({stored: {kari.file.file_id}}, day=DAY)[stored][kari.file.file_id]
    assert (kept.reason, kept.until) == ("another record still rests on it", None)
    with_owner = held_rows({stored: {kari.file.file_id}, FILE: {kari.file.pk}}, day=DAY)
    assert held(with_owner) == {}


def test_nothing_asked_nothing_held(kari):
    assert held_rows({GUEST: set()}, day=DAY) == {GUEST: {}}


def test_why_one_class_stays_is_seen_together_with_all_around_it(kari, ola):
    Booking.objects.filter(pk=kari.booking.pk).update(open=True)
    for declaration, row, other in (
        (MEAL, kari.meal, ola.meal),
        (FILE, kari.file, ola.file),
        (declaration_of("privacy.StoredFile"), kari.file.file, ola.file.file),
    ):
        assert set(kept_now(declaration, [row.pk, other.pk], day=DAY)) == {row.pk}


def test_the_scope_of_a_row_is_all_that_goes_with_it(kari, ola):
    second = booking(kari.guest)
    stranger = guest(kari.subject)
    found = scope_of(GUEST, [kari.guest.pk])
    assert found == {
        GUEST: {kari.guest.pk},
        BOOKING: {kari.booking.pk, second.pk},
        MEAL: {kari.meal.pk},
        FILE: {kari.file.pk},
    }
    assert stranger.pk not in found[GUEST]
