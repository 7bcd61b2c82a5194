"""The trail's own five years: whole seals go, a signed stub stays, and what is left still verifies (T28)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from privacy import checkpoints
from privacy.actions import note, seal_trail, verify
from privacy.actions.trail import purging
from privacy.actions.trail_purge import finish_purges, keep_house, purge_trail
from privacy.actions.verify import check
from privacy.failpoints import Failed
from privacy.models import StopLedger, TrailCheckpoint, TrailEntry, TrailPurge, TrailSeal, Verification


@pytest.fixture(autouse=True)
def from_nothing(db):
    """What setting up the test's database has noted is no part of the test."""
    with purging(TrailEntry):
        TrailEntry.objects.all().delete()


def act(day):
    """An act on this day, sealed on it."""
    with time_machine.travel(f"{day}T12:00:00+01:00", tick=False):
        entry = note("act", by=None)
        seal_trail()
    return entry


@pytest.fixture
def years():
    """Acts on four days, the first three of them old enough from 3 March 2026 on."""
    return [act(day) for day in ("2021-02-27", "2021-03-01", "2021-03-02", "2026-03-01")]


def at(day):
    return timezone.datetime.fromisoformat(f"{day}T04:00:00+01:00")


def left():
    return list(TrailEntry.objects.filter(action="act").order_by("pk").values_list("pk", flat=True))


def test_the_last_day_stays_and_the_day_after_it_goes(years):
    """Sixty months from 2 March 2021: 2 March 2026 is the last day."""
    assert purge_trail(as_of=at("2026-03-02"), dry_run=True) == {"seals": 2, "entries": 2} and len(left()) == 4
    assert purge_trail(as_of=at("2026-03-02")) == {"seals": 2, "entries": 2}
    assert left() == [entry.pk for entry in years[2:]] and verify() == []
    assert purge_trail(as_of=at("2026-03-02")) == {"seals": 0, "entries": 0}
    assert purge_trail(as_of=at("2026-03-03"))["entries"] == 1 and left() == [years[3].pk]
    first, second = TrailPurge.objects.order_by("last_seal")
    assert (first.first_entry, first.last_entry, first.count) == (years[0].pk, years[1].pk, 2)
    assert (second.first_seal, second.last_seal) == (3, 3) and str(second) == "Purge up to seal 3"
    assert set(TrailCheckpoint.objects.values_list("number", flat=True)) == {4}
    seal_trail()
    assert verify() == []


def test_the_newest_seal_stays_however_old(years):
    purge_trail(as_of=at("2040-01-01"))
    assert left() == [years[3].pk] and verify() == []


def test_long_trails_go_in_several_stubs(years, monkeypatch):
    monkeypatch.setattr("privacy.actions.trail_purge.ENTRIES", 1)
    assert purge_trail(as_of=at("2026-03-03"))["seals"] == 3 and TrailPurge.objects.count() == 3 and verify() == []


def test_what_is_broken_behind_a_purge_is_still_named(years):
    purge_trail(as_of=at("2026-03-02"))
    forged = TrailEntry(pk=years[0].pk, action="act", digest="0" * 64)
    forged.save(force_insert=True)
    assert verify() == [f"Trail entry {forged.pk} was put in: everything up to entry {years[1].pk} was purged."]
    with purging(TrailEntry):
        TrailEntry.objects.filter(pk__in=[forged.pk, years[2].pk]).delete()
    assert verify() == [f"Trail entry {years[2].pk} is missing."]


def test_a_stub_somebody_else_wrote_is_found(years):
    purge_trail(as_of=at("2026-03-02"))
    TrailPurge.objects.update(last_seal=3)
    assert verify()[0] == "Purge up to seal 3 in the ledger is not signed by us."


def test_a_seal_that_went_without_a_stub_is_missed(years):
    TrailSeal.objects.filter(number=1).delete()
    with purging(TrailEntry):
        TrailEntry.objects.filter(pk=years[0].pk).delete()
    assert verify()[0].startswith("Seals 1 to 1 are missing, with the entries after entry 0")


def test_a_purge_that_broke_off_after_its_stub_is_a_remark_and_the_next_night_finishes_it(years, settings):
    settings.FAILPOINT = "trail.after_stub:raise"
    with pytest.raises(Failed):
        purge_trail(as_of=at("2026-03-02"))
    settings.FAILPOINT = ""
    assert TrailPurge.objects.count() == 1 and len(left()) == 4
    found = check()
    assert found.problems == []
    assert found.remarks == ["The purge up to seal 2 was interrupted; it goes on tonight."]
    assert finish_purges() == 1 and left() == [entry.pk for entry in years[2:]]
    assert finish_purges() == 0
    assert (check().problems, check().remarks, TrailPurge.objects.count()) == ([], [], 1)


def test_the_night_takes_old_stops_checks_and_lines_along(years):
    as_of = at("2026-03-03")
    old, new = (StopLedger.objects.create(kind="objection", key="x", at=as_of - timedelta(days=d)) for d in (71, 70))
    late, soon = (Verification.objects.create(asked_at=as_of - timedelta(days=d)) for d in (367, 366))
    lines = len(list(checkpoints.read()))
    assert keep_house(as_of=as_of, dry_run=True) == {"seals": 3, "entries": 3, "stops": 1, "checks": 1}
    assert StopLedger.objects.count() == 2 and len(list(checkpoints.read())) == lines == 4
    keep_house(as_of=as_of)
    assert StopLedger.objects.get() == new and Verification.objects.get() == soon
    assert str(old).startswith("Stop ") and str(late).startswith("Check of 2025")
    assert verify() == []
    assert StopLedger._meta.verbose_name and str(StopLedger(pk=new.pk)) == f"Stop {str(new.pk)[:8]}"


def test_of_old_days_the_last_line_stays(db):
    for hour in ("10", "11"):
        with time_machine.travel(f"2026-03-02T{hour}:00:00+01:00", tick=False):
            note("act", by=None)
            seal_trail()
    assert checkpoints.thin(now=at("2026-03-08")) == 0
    assert checkpoints.thin(now=at("2026-03-10")) == 1
    assert [line["number"] for line in checkpoints.read()] == [2]


def test_a_full_disk_stops_no_sealing(db, settings, tmp_path, caplog):
    (tmp_path / "trail").write_text("a file where a folder should be")
    settings.VAR = tmp_path
    note("act", by=None)
    assert seal_trail().number == 1 and TrailCheckpoint.objects.count() == 1
    assert "was not written outside the database" in caplog.text


def test_with_a_bucket_one_object_an_hour(s3, db):
    from django.core.files.storage import storages

    for _each in range(2):
        note("act", by=None)
        seal_trail()
    _folders, names = storages["default"].listdir("trail")
    assert len(names) == 1 and names[0].endswith(".json")
