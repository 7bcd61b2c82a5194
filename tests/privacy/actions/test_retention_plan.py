from datetime import date, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest

from privacy import registry
from privacy.actions import place_hold, rehearse, restrict, retention_plan, run_retention
from privacy.actions.retention_plan import Digest, Item, clocked, due_counts
from privacy.declare import KeepFor, KeepUntilErased, KeepWith
from privacy.models import TrailEntry
from tests.toy.factories import bill, guest, house, person
from tests.toy.models import Booking, Guest, GuestFile, Meal, Remark

OSLO = ZoneInfo("Europe/Oslo")
plan_of = import_module("privacy.actions.retention_plan")


def at(day):
    return datetime.combine(day, datetime.min.time(), tzinfo=OSLO) + timedelta(hours=12)


def items(day):
    return [item for part in retention_plan(day).classes() for item in part.items]


def hold(row, subject, until, ground="claim"):
    return place_hold(row, subject=subject, ground=ground, law="tvisteloven", reason="a dispute", until=until, by=None)


def carried_out(day, monkeypatch):
    """What a real run of that day does, item by item."""
    retention, done = import_module("privacy.actions.retention"), []
    plain = retention._Class.erase

    def noted(self, keys):
        found = plain(self, keys)
        done.extend(found)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(retention._Class, "erase", noted)
        result = run_retention(as_of=at(day), allow_large=True)
    return result, done


# What goes on a day, and why


def test_each_item_says_what_becomes_of_its_row_and_why(kari, ola, siv):
    hold(kari.guest, kari.subject, date(2029, 1, 1))
    restrict(ola.subject, ground="accuracy", by=None)
    third = house("tre@gjest.example", word="Tre")
    found = {item.pk: item for item in items(date(2028, 2, 1)) if item.model == "toy.Guest"}
    assert set(found) == {kari.guest.pk, ola.guest.pk, third.guest.pk}
    held = found[kari.guest.pk]
    assert (held.action, held.law, held.reason, held.until) == ("held", "tvisteloven", "a dispute", date(2029, 1, 1))
    assert (found[ola.guest.pk].action, found[ola.guest.pk].law) == ("restricted", "GDPR Art 18")
    goes = found[third.guest.pk]
    assert (goes.action, goes.goes, goes.reason) == ("delete", True, "24 måneder etter «visit»")
    remarks = [item for item in items(date(2028, 2, 1)) if item.model == "toy.Remark"]
    assert {item.action for item in remarks} == {"blank", "restricted"}


def test_nothing_is_read_before_it_is_walked_and_nothing_changes(kari, django_assert_num_queries):
    with django_assert_num_queries(0):
        plan = retention_plan(date(2028, 2, 1))
    before = Guest.objects.count(), TrailEntry.objects.count()
    assert any(item.goes for part in plan.classes() for item in part.items)
    assert (Guest.objects.count(), TrailEntry.objects.count()) == before


def test_the_day_before_nothing_of_it_is_there(kari):
    of_guests = [item for item in items(date(2028, 1, 31)) if item.model == "toy.Guest"]
    assert of_guests == [] and [item for item in items(date(2028, 2, 1)) if item.model == "toy.Guest"]


def test_a_rehearsal_counts_and_shows_the_first_of_each_class(db):
    subject = person()
    for number in range(5):
        guest(subject, name=f"old {number}", visited_on=date(2024, 1, 1))
    walked = rehearse(date(2026, 3, 1), sample=2)
    (guests,) = [each for each in walked.classes if each.model == "toy.Guest"]
    assert (guests.due, guests.deleted, guests.going, len(guests.sample), guests.title) == (5, 5, 5, 2, "Guests")
    assert walked.due == 5 and walked.stopped_by == [] and walked.day == date(2026, 3, 1)
    assert set(guests.as_json()) == {"model", "due", "deleted", "blanked", "held", "restricted", "failed"}
    assert [each.model for each in walked.classes] == [each.name() for each in clocked()]


def test_classes_of_which_nothing_is_due_are_not_counted(kari):
    assert {each.name() for each in due_counts(date(2028, 2, 1))} >= {"toy.Guest", "toy.Remark"}
    assert "toy.Bill" not in {each.name() for each in due_counts(date(2028, 2, 1))}


# The rehearsal is the run


def test_a_rehearsal_equals_the_run_of_that_day_item_by_item(kari, ola, frozen_day, monkeypatch):
    frozen_day("2026-03-01")
    monkeypatch.setattr(plan_of, "BATCH", 2)
    later = house("siden@gjest.example", word="Siden")
    Guest.objects.filter(pk=later.guest.pk).update(visited_on=None)
    ends_before = house("slutt@gjest.example", word="Slutt")
    hold(ends_before.guest, ends_before.subject, date(2032, 1, 31))
    hold(kari.guest, kari.subject, date(2032, 2, 1))
    Booking.objects.filter(pk=ola.booking.pk).update(open=True)
    stopped = house("stans@gjest.example", word="Stans")
    restrict(stopped.subject, ground="accuracy", by=None)
    bill(person("faktura@gjest.example"), issued_on=date(2026, 3, 10))
    day = date(2032, 2, 1)
    told, walked = items(day), rehearse(day)
    frozen_day("2032-02-01")
    result, done = carried_out(day, monkeypatch)
    plain = [item._replace(reason="") for item in told]
    assert [item._replace(reason="") for item in done] == plain and len(plain) > 12
    assert {item.action for item in done} == {"delete", "blank", "held", "restricted"}
    assert result.digest == walked.digest and result.status == "done"
    by_key = {item.pk: item.action for item in done}
    assert by_key[ends_before.guest.pk] == "delete" and by_key[kari.guest.pk] == "held"
    assert by_key[ola.guest.pk] == "held" and later.guest.pk not in by_key
    again, nothing = carried_out(day, monkeypatch)
    assert not [item for item in nothing if item.goes] and again.status == "done"


def test_a_clock_that_starts_later_is_not_in_a_rehearsal_made_before(kari):
    Guest.objects.filter(pk=kari.guest.pk).update(visited_on=None)
    before = rehearse(date(2028, 2, 1)).digest
    Guest.objects.filter(pk=kari.guest.pk).update(visited_on=date(2026, 1, 31))
    assert rehearse(date(2028, 2, 1)).digest != before


def test_what_stands_on_a_row_and_goes_before_it_does_not_hold_it_in_a_rehearsal(kari, monkeypatch):
    """A file is protected by the row that names it; when both are due, the row goes first."""
    files = registry.declaration_of("privacy.StoredFile")
    monkeypatch.setattr(files, "keep", KeepFor(months=24, since="created_at", source="N54"))
    kari.file.file.__class__.objects.update(created_at=at(date(2026, 1, 1)))
    day = date(2028, 2, 1)
    told = [(item.pk, item.action) for item in items(day) if item.model == "privacy.StoredFile"]
    assert told == [(kari.file.file.pk, "delete")]
    Guest.objects.filter(pk=kari.guest.pk).update(visited_on=date(2026, 6, 1))
    told = [(item.pk, item.action) for item in items(day) if item.model == "privacy.StoredFile"]
    assert told == [(kari.file.file.pk, "held")]
    monkeypatch.setattr(registry.declaration_of(GuestFile), "keep", KeepWith("file", source="N54"))
    told = [(item.pk, item.action) for item in items(day) if item.model == "privacy.StoredFile"]
    assert told == [(kari.file.file.pk, "delete")]
    monkeypatch.setattr(registry.declaration_of(GuestFile), "keep", KeepUntilErased("no clock ends it", source="N54"))
    told = [(item.pk, item.action) for item in items(day) if item.model == "privacy.StoredFile"]
    assert told == [(kari.file.file.pk, "held")]


# Looked at again under lock


def test_a_hold_placed_in_mid_run_is_honoured(kari, ola, monkeypatch):
    monkeypatch.setattr(plan_of, "BATCH", 1)
    first, second = sorted([kari, ola], key=lambda each: each.guest.pk)
    plain, placed = plan_of.sort_out, []

    def then_hold(screen, keys, day, **more):
        found = plain(screen, keys, day, **more)
        if screen.declaration.name() == "toy.Guest" and not placed:
            placed.append(hold(second.guest, second.subject, None))
        return found

    monkeypatch.setattr("privacy.actions.retention.sort_out", then_hold)
    result = run_retention(as_of=at(date(2028, 2, 1)))
    (guests,) = [each for each in result.classes if each.model == "toy.Guest"]
    assert (guests.due, guests.deleted, guests.held) == (2, 1, 1) and placed
    assert Guest.objects.get() == second.guest and Meal.objects.get() == second.meal
    assert not Guest.objects.filter(pk=first.guest.pk).exists()


def test_a_row_whose_day_moved_after_it_was_found_stays(kari, ola, monkeypatch):
    retention = import_module("privacy.actions.retention")
    plain = retention._Class.erase

    def dealt_with(self, keys):
        if self.declaration.name() == "toy.Guest":
            Guest.objects.filter(pk=kari.guest.pk).update(visited_on=date(2028, 1, 30))
        return plain(self, keys)

    monkeypatch.setattr(retention._Class, "erase", dealt_with)
    result = run_retention(as_of=at(date(2028, 2, 1)))
    (guests,) = [each for each in result.classes if each.model == "toy.Guest"]
    assert (guests.due, guests.deleted) == (1, 1) and Guest.objects.get() == kari.guest


def test_windows_follow_each_other(db, monkeypatch):
    monkeypatch.setattr(plan_of, "WINDOW", 3)
    monkeypatch.setattr(plan_of, "BATCH", 2)
    subject = person()
    for number in range(7):
        guest(subject, name=f"old {number}", visited_on=date(2020, 1, 1))
    found = [item.pk for item in items(date(2026, 3, 1)) if item.model == "toy.Guest"]
    assert len(found) == len(set(found)) == 7 and found == sorted(found)
    result = run_retention(as_of=at(date(2026, 3, 1)))
    assert sum(each.deleted for each in result.classes) == 7 and not Guest.objects.exists()


def test_many_rows_that_nothing_goes_with_are_taken_at_once(db, monkeypatch):
    monkeypatch.setattr(plan_of, "BATCH", 1)
    monkeypatch.setattr(plan_of, "BATCH_ALONE", 3)
    subject = person()
    for _ in range(4):
        Remark.objects.create(subject=subject, text="x", written_at=at(date(2025, 1, 1)))
    assert sum(item.model == "toy.Remark" for item in items(date(2026, 3, 1))) == 4


# Its fingerprint


@pytest.mark.parametrize(
    "other",
    [
        {"model": "toy.Bill"},
        {"pk": 2},
        {"action": "held"},
        {"law": "a law"},
        {"until": date(2027, 1, 1)},
    ],
)
def test_the_digest_covers_what_happens_to_which_row(other):
    item, first, second = Item("toy.Guest", 1, "delete", "in words"), Digest(), Digest()
    first.add([item])
    second.add([item._replace(**other)])
    assert str(first) != str(second) and len(str(first)) == 64


def test_the_digest_is_the_same_in_every_language():
    first, second = Digest(), Digest()
    first.add([Item("toy.Guest", 1, "delete", "24 months")])
    second.add([Item("toy.Guest", 1, "delete", "24 måneder")])
    assert str(first) == str(second)
