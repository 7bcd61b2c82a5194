from datetime import date, datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from privacy.actions import PlanChanged, allow_plan, place_hold, rehearse, run_retention
from privacy.actions.retention import run_daily
from privacy.actions.retention_lease import LeaseLost, checksum_of
from privacy.models import RetentionRun, TrailEntry
from tests.toy.factories import guest, person
from tests.toy.models import Guest

plan = import_module("privacy.actions.retention_plan")
OSLO = ZoneInfo("Europe/Oslo")
DAY, NEXT = date(2026, 3, 1), date(2026, 3, 2)


@pytest.fixture(autouse=True)
def sharp_brake(settings, frozen_day):
    settings.PRIVACY_RETENTION_BRAKE = {"rows": 2, "share": 0.5}
    frozen_day("2026-03-02")


@pytest.fixture
def many(db):
    subject = person()
    return [guest(subject, name=f"old {number}", visited_on=date(2024, 1, 1)) for number in range(4)]


def run(day, **more):
    return run_retention(as_of=datetime(day.year, day.month, day.day, 12, tzinfo=OSLO), **more)


def test_what_is_held_does_not_pull_the_brake(many):
    for row in many[:3]:
        place_hold(row, subject=row.subject, ground="claim", law="tvisteloven", reason="a dispute", until=None, by=None)
    assert rehearse(DAY).stopped_by == []
    assert run(DAY).status == "done" and Guest.objects.count() == 3


def test_a_stopped_plan_is_kept_once_with_its_counts_and_nothing_went(many):
    assert run(DAY).status == "stopped" == run(DAY).status
    kept = RetentionRun.objects.get()
    assert (kept.state, kept.mode, kept.as_of, kept.stopped_by) == ("stopped", "dry", DAY, ["toy.Guest"])
    assert kept.plan_digest == rehearse(DAY).digest and kept.classes[0]["deleted"] == 4
    assert kept.checksum == checksum_of(kept) and Guest.objects.count() == 4
    assert rehearse(DAY).stopped_by == ["toy.Guest"]


def test_the_plan_somebody_allowed_goes_in_the_next_run_even_a_night_later(many, per):
    run(DAY)
    young = guest(many[0].subject, name="young", visited_on=date(2026, 2, 1))
    allowed = allow_plan(DAY, RetentionRun.objects.get().plan_digest, by=per)
    assert (allowed.allowed_by, allowed.state) == (per.pk, "stopped")
    assert allow_plan(DAY, allowed.plan_digest, by=None).allowed_by == per.pk
    assert run(NEXT).status == "done"
    assert list(Guest.objects.all()) == [young]
    states = sorted(RetentionRun.objects.values_list("as_of", "state", "allowed_by"), key=str)
    assert states == sorted([(DAY, "followed", per.pk), (DAY, "done", per.pk), (NEXT, "done", None)], key=str)
    assert TrailEntry.objects.filter(action="retention.plan_allowed", actor=per.pk).count() == 1


def test_a_plan_that_changed_since_is_not_carried_out(many, per):
    run(DAY)
    allow_plan(DAY, RetentionRun.objects.get().plan_digest, by=per)
    guest(many[0].subject, name="one more", visited_on=date(2024, 1, 1))
    again = run(DAY)
    assert again.status == "stopped" and Guest.objects.count() == 5
    assert sorted(RetentionRun.objects.values_list("state", flat=True)) == ["changed", "stopped"]
    assert RetentionRun.objects.get(state="stopped").allowed_at is None
    assert TrailEntry.objects.filter(action="retention.plan_changed").count() == 1


def test_one_row_that_came_under_a_hold_changes_the_plan(many, per):
    run(DAY)
    allow_plan(DAY, RetentionRun.objects.get().plan_digest, by=per)
    place_hold(many[0], subject=many[0].subject, ground="claim", law="l", reason="r", until=None, by=None)
    assert run(DAY).status == "stopped" and Guest.objects.count() == 4


@pytest.mark.parametrize(("day", "digest"), [(NEXT, None), (DAY, "0" * 64)])
def test_only_the_plan_that_waits_can_be_allowed(many, per, day, digest):
    run(DAY)
    with translation.override("en"), pytest.raises(PlanChanged, match="no longer waiting"):
        allow_plan(day, digest or RetentionRun.objects.get().plan_digest, by=per)
    assert RetentionRun.objects.get().allowed_at is None


def test_a_plan_of_a_day_to_come_waits_for_its_day(many, per):
    run(NEXT)
    allow_plan(NEXT, RetentionRun.objects.get().plan_digest, by=per)
    assert run(DAY).status == "stopped" and Guest.objects.count() == 4
    assert run(NEXT).status == "done" and not Guest.objects.exists()


def test_a_run_that_counts_as_dead_meanwhile_stops(many, monkeypatch):
    """Another one took over: it goes on, and this one takes nothing more."""
    real = import_module("privacy.actions.retention")

    def lost(run):
        raise LeaseLost

    monkeypatch.setattr(real, "keep_alive", lost)
    assert run(DAY, allow_large=True).status == "running" and Guest.objects.count() == 4


# Bounded nights


def test_a_run_ends_after_its_most_and_the_next_goes_on_until_nothing_is_left(many, settings, monkeypatch):
    settings.PRIVACY_RETENTION_BRAKE = {"rows": 100, "share": 0.5}
    monkeypatch.setattr(plan, "BATCH", 1)
    monkeypatch.setattr(plan, "BATCH_ALONE", 1)
    settings.PRIVACY_RETENTION_MOST = 3
    for number in range(2):
        guest(many[0].subject, name=f"more {number}", visited_on=date(2024, 1, 1))
    place_hold(many[0], subject=many[0].subject, ground="claim", law="l", reason="r", until=None, by=None)
    first = run_daily(as_of=datetime(2026, 3, 2, 4, tzinfo=OSLO))
    gone = sum(each["deleted"] + each["blanked"] for each in first["classes"])
    # What was not looked at yet is left, held or not.
    assert gone == 3 and first["backlog"] in (Guest.objects.count() - 1, Guest.objects.count())
    assert RetentionRun.objects.get().backlog == first["backlog"] > 0
    run(DAY, most=2)
    assert (run(DAY).backlog, Guest.objects.get()) == (0, many[0])
    assert run(DAY, most=0).backlog == 1
