from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from privacy import registry
from privacy.actions import (
    files,
    give_consent,
    place_hold,
    refuse_consent,
    restrict,
    retention,
    run_jobs,
    run_retention,
)
from privacy.actions.retention import forget_empty_persons, run_daily
from privacy.actions.retention_plan import due_rows
from privacy.declare import KeepFor
from privacy.models import (
    ConsentEvent,
    ConsentState,
    DataSubject,
    Disclosure,
    Erasure,
    PurgePermit,
    RetentionRun,
    StoredFile,
    TrailEntry,
)
from tests.toy.factories import bill, booking, guest, guest_file, person, rows_of_person
from tests.toy.models import Bill, Booking, Guest, Meal, Remark

plan = import_module("privacy.actions.retention_plan")
OSLO = ZoneInfo("Europe/Oslo")


def at(day, hour=12):
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=OSLO)


def run(day, **more):
    return run_retention(as_of=at(day), **more)


def counts(result, label):
    (found,) = [each for each in result.classes if each.model == label]
    return {name: value for name, value in asdict(found).items() if name != "model" and value}


def due(label, day):
    return due_rows(registry.declaration_of(label), date.fromisoformat(day)).count()


# Both sides of each cut-off


def test_a_row_goes_the_day_after_its_last(db):
    guest(person(), visited_on=date(2024, 2, 29))
    assert counts(run("2026-02-28"), "toy.Guest") == {} and Guest.objects.exists()
    assert counts(run("2026-03-01"), "toy.Guest") == {"due": 1, "deleted": 1} and not Guest.objects.exists()


def test_a_row_whose_clock_has_not_started_stays(db):
    guest(person(), visited_on=None)
    assert counts(run("2099-01-01"), "toy.Guest") == {} and Guest.objects.exists()


def test_an_accounting_year_is_counted_from_its_end(db):
    bill(person(), issued_on=date(2020, 1, 2))
    assert counts(run("2025-12-31"), "toy.Bill") == {}
    assert counts(run("2026-01-01"), "toy.Bill") == {"due": 1, "deleted": 1}


def test_a_moment_counts_by_its_oslo_day(db):
    subject = person()
    late = datetime(2026, 1, 1, 22, 59, tzinfo=UTC)
    Remark.objects.create(subject=subject, text="before midnight in Oslo", written_at=late)
    Remark.objects.create(subject=subject, text="after midnight in Oslo", written_at=late + timedelta(minutes=2))
    assert (due("toy.Remark", "2026-04-01"), due("toy.Remark", "2026-04-02"), due("toy.Remark", "2026-04-03")) == (
        0,
        1,
        2,
    )
    assert counts(run("2026-04-02"), "toy.Remark") == {"due": 1, "blanked": 1}
    assert Remark.objects.get(subject=subject).text == "after midnight in Oslo"


def test_the_days_of_the_run_are_those_of_oslo(db):
    guest(person(), visited_on=date(2024, 3, 1))
    before = datetime(2026, 3, 1, 22, 59, tzinfo=UTC)
    assert counts(run_retention(as_of=before), "toy.Guest") == {}
    assert counts(run_retention(as_of=before + timedelta(minutes=2)), "toy.Guest") == {"due": 1, "deleted": 1}


def test_a_clock_may_start_in_another_row(kari, monkeypatch):
    keep = KeepFor(months=1, since="guest__visited_on", source="N55")
    monkeypatch.setattr(registry.declaration_of("toy.GuestFile"), "keep", keep)
    assert (due("toy.GuestFile", "2026-02-28"), due("toy.GuestFile", "2026-03-01")) == (0, 1)
    assert counts(run("2026-03-01"), "toy.GuestFile") == {"due": 1, "deleted": 1}
    assert Guest.objects.exists() and not StoredFile.objects.exists()


# What a run does


def test_what_goes_with_a_row_goes_along_and_a_neighbour_stays(kari, ola):
    Guest.objects.filter(pk=ola.guest.pk).update(visited_on=date(2026, 2, 2))
    neighbour = rows_of_person(ola.subject)
    result = run("2028-02-01")
    assert counts(result, "toy.Guest") == {"due": 1, "deleted": 1} and result.status == "done"
    assert not Booking.objects.filter(subject=kari.subject).exists()
    assert not Meal.objects.filter(booking__subject=kari.subject).exists()
    assert not StoredFile.objects.filter(subject=kari.subject).exists()
    after = rows_of_person(ola.subject)
    changed = {name for name in neighbour if neighbour[name] != after[name]}
    assert changed == {"toy.Remark"}
    assert set(files._names_in(files.storages["people"], "")) == {ola.file.file.storage_name}


def test_many_rows_go_in_batches_and_none_is_left_over(db, monkeypatch):
    monkeypatch.setattr(plan, "BATCH", 3)
    subject = person()
    for number in range(8):
        guest(subject, name=f"old {number}", visited_on=date(2020, 1, 1))
    keep = guest(subject, visited_on=date(2026, 1, 1))
    assert counts(run("2026-02-01"), "toy.Guest") == {"due": 8, "deleted": 8}
    assert list(Guest.objects.all()) == [keep]


def test_a_dry_run_says_what_the_run_then_does_and_changes_nothing(kari, ola, monkeypatch):
    monkeypatch.setattr(plan, "BATCH", 1)
    Booking.objects.filter(pk=ola.booking.pk).update(open=True)
    before = rows_of_person(kari.subject), TrailEntry.objects.count()
    dry = run("2032-02-01", dry_run=True)
    assert (rows_of_person(kari.subject), TrailEntry.objects.count()) == before
    assert not RetentionRun.objects.exists()
    assert run("2032-02-01").as_json() == dry.as_json()
    assert counts(dry, "toy.Guest") == {"due": 2, "deleted": 1, "held": 1}


def test_a_second_run_has_nothing_left_to_do(kari, ola):
    first = run("2032-02-01")
    assert sum(each.due for each in first.classes) > 4
    second = run("2032-02-01")
    assert [each.model for each in second.classes if each.due] == []
    assert RetentionRun.objects.filter(state="done").count() == 2


def test_what_is_held_stays_and_goes_when_it_is_free(kari, ola):
    Booking.objects.filter(pk=kari.booking.pk).update(open=True, open_until=date(2028, 2, 10))
    place_hold(
        ola.guest,
        subject=ola.subject,
        ground="claim",
        law="tvisteloven",
        reason="a dispute",
        until=date(2028, 2, 11),
        by=None,
    )
    assert counts(run("2028-02-10"), "toy.Guest") == {"due": 2, "held": 2}
    assert counts(run("2028-02-11"), "toy.Guest") == {"due": 2, "held": 1, "deleted": 1}
    assert Guest.objects.get() == ola.guest and Meal.objects.get() == ola.meal
    assert counts(run("2028-02-12"), "toy.Guest") == {"due": 1, "deleted": 1}


def test_whoever_is_restricted_is_left_alone(kari, ola):
    restrict(kari.subject, ground="accuracy", by=None)
    assert counts(run("2028-02-01"), "toy.Guest") == {"due": 2, "restricted": 1, "deleted": 1}
    assert Guest.objects.get() == kari.guest


def test_a_storage_that_keeps_an_object_keeps_its_row_due(kari, ola, monkeypatch):
    ola.guest.files.all().delete()
    monkeypatch.setattr(plan, "BATCH", 1)
    monkeypatch.setattr(files, "erase_object", lambda name: False)
    result = run("2028-02-01")
    assert (result.status, counts(result, "toy.Guest")) == ("failed", {"due": 2, "deleted": 1, "failed": 1})
    assert Guest.objects.get() == kari.guest and kari.guest.files.count() == 1
    assert RetentionRun.objects.get().state == "failed"
    monkeypatch.undo()
    assert counts(run("2028-02-01"), "toy.Guest") == {"due": 1, "deleted": 1}


def test_a_file_whose_owner_stays_is_kept(kari):
    other = guest(kari.subject, visited_on=date(2027, 1, 1))
    kept = guest_file(other, b"kept")
    run("2028-02-01")
    assert StoredFile.objects.get() == kept.file


def test_its_own_counts_are_kept_and_name_nobody(kari):
    run("2028-02-01")
    kept = RetentionRun.objects.get()
    assert (kept.as_of, kept.state, kept.finished_at is not None) == (date(2028, 2, 1), "done", True)
    assert {"model": "toy.Guest", "due": 1, "deleted": 1, "blanked": 0, "held": 0, "restricted": 0, "failed": 0} in (
        kept.classes
    )
    assert "Kari" not in str(kept.classes) and str(kept) == "Run 2028-02-01"
    assert TrailEntry.objects.get(action="retention.run").reason == "done"


# The brake, and one run at a time


@pytest.fixture
def sharp_brake(settings):
    settings.PRIVACY_RETENTION_BRAKE = {"rows": 2, "share": 0.5}


def test_an_unusual_share_stops_the_run_before_it_begins(kari, sharp_brake):
    for number in range(3):
        guest(kari.subject, name=f"old {number}", visited_on=date(2020, 1, 1))
    result = run("2026-02-01")
    assert (result.status, result.stopped_by, result.classes) == ("stopped", ["toy.Guest"], [])
    assert Guest.objects.count() == 4 and RetentionRun.objects.get().mode == "dry"
    assert result.as_json()["stopped_by"] == ["toy.Guest"]
    dry = run("2026-02-01", dry_run=True)
    assert dry.status == "stopped" and counts(dry, "toy.Guest") == {"due": 3, "deleted": 3}
    assert counts(run("2026-02-01", allow_large=True), "toy.Guest") == {"due": 3, "deleted": 3}


def test_few_rows_or_a_usual_share_are_let_through(kari, sharp_brake):
    for number in range(2):
        guest(kari.subject, name=f"old {number}", visited_on=date(2020, 1, 1))
    assert run("2026-02-01").status == "done"
    for number in range(3):
        guest(kari.subject, name=f"old {number}", visited_on=date(2020, 1, 1))
        guest(kari.subject, name=f"new {number}", visited_on=date(2026, 1, 1))
    assert run("2026-02-01").status == "done" and Guest.objects.count() == 4


def test_only_one_runs_at_a_time_and_a_dead_one_is_put_aside(kari):
    RetentionRun.objects.create(as_of=date(2026, 1, 1))
    result = run("2028-02-01")
    assert (result.status, result.classes) == ("running", []) and Guest.objects.exists()
    assert run("2028-02-01", dry_run=True).status == "done"
    RetentionRun.objects.update(alive_at=timezone.now() - timedelta(minutes=10, seconds=1))
    assert run("2028-02-01").status == "done"
    assert sorted(RetentionRun.objects.values_list("state", flat=True)) == ["died", "done"]


def test_a_run_that_breaks_down_does_not_stand_in_the_way_of_the_next(kari, monkeypatch):
    def broken(screen, keys, day):
        raise RuntimeError("the database is tired")

    monkeypatch.setattr(retention, "sort_out", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        run("2028-02-01")
    RetentionRun.objects.all().delete()
    with pytest.raises(RuntimeError):
        run("2028-02-01")
    assert RetentionRun.objects.get().state == "died" and Guest.objects.exists()
    monkeypatch.undo()
    assert run("2028-02-01").status == "done" and not Guest.objects.exists()


def test_the_nightly_schedule_runs_it(kari):
    document = run_daily(as_of=at("2028-02-01"))
    assert document["status"] == "done" and not Guest.objects.exists()
    assert run_daily(as_of=at("2028-02-01"), dry_run=True)["as_of"] == "2028-02-01"


# Proof has its own time


def test_proof_goes_by_the_purge_when_its_time_is_up_and_nothing_stands_on_it(kari, ola, wording, ferry, frozen_day):
    from privacy.actions import log_disclosure, verify
    from privacy.actions.consent_proofs import note_consent_ends

    frozen_day("2020-01-31")
    give_consent(kari.subject, text=wording, method="form", by=None)
    refuse_consent(ola.subject, text=wording, method="form", by=None)
    log_disclosure(kari.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None)
    note_consent_ends(as_of=at("2020-02-01"))
    assert counts(run("2023-01-31"), "privacy.ConsentEvent") == {}
    assert counts(run("2023-02-01"), "privacy.ConsentEvent") == {"due": 1, "deleted": 1}
    # A yes that nothing has ended is proved as long as it stands.
    assert ConsentEvent.objects.get().subject == kari.subject and Disclosure.objects.exists()
    assert not ConsentState.objects.filter(subject=ola.subject).exists()
    assert counts(run("2026-07-31"), "privacy.Disclosure") == {}
    assert counts(run("2026-08-01"), "privacy.Disclosure") == {"due": 1, "deleted": 1}
    assert not PurgePermit.objects.exists() and verify() == []


# Nobody is left over


def test_persons_of_whom_nothing_is_left_are_forgotten(kari, wording, siv):
    month = timedelta(days=30)
    empty, agreed, young, claimed = (person(f"{name}@gjest.example") for name in ("a", "b", "c", "d"))
    restricted = person("e@gjest.example")
    restrict(restricted, ground="accuracy", by=None)
    give_consent(agreed, text=wording, method="form", by=None)
    DataSubject.objects.filter(pk=claimed.pk).update(proved_as=kari.subject)
    DataSubject.objects.update(created_at=timezone.now() - month - timedelta(seconds=1))
    DataSubject.objects.filter(pk=young.pk).update(created_at=timezone.now() - month + timedelta(hours=1))
    assert forget_empty_persons(as_of=timezone.now()) == 1
    run_jobs()
    states = dict(DataSubject.objects.values_list("pk", "state"))
    assert {pk for pk, state in states.items() if state == "erased"} == {empty.pk}
    assert states[siv.subject_id] == "active" and states[restricted.pk] == "restricted"
    assert Erasure.objects.get().cause == "rule"
    assert forget_empty_persons(as_of=timezone.now()) == 0


def test_a_booking_that_hangs_on_a_guest_counts_once(kari):
    booking(kari.guest, wish="again")
    assert counts(run("2028-02-01"), "toy.Guest") == {"due": 1, "deleted": 1} and not Booking.objects.exists()
    assert Bill.objects.exists()
