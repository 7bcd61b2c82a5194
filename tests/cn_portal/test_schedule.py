from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cn_portal import schedule
from privacy import registry

OSLO = ZoneInfo("Europe/Oslo")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.fixture
def jobs(monkeypatch):
    calls = []

    def good(*, as_of, dry_run):
        calls.append((as_of, dry_run))
        return {"count": 1}

    def bad(*, as_of, dry_run):
        raise RuntimeError("with a name in it")

    monkeypatch.setattr(registry, "daily_jobs", lambda: {"bad": bad, "good": good})
    monkeypatch.setattr(schedule, "call_command", lambda *args, **kwargs: None)
    return calls


def test_one_failure_stops_no_other(jobs):
    results = schedule.run_all(as_of=at("2026-03-02T04:00"))
    assert results == {
        "publishing": {"done": True},
        "sessions": {"done": True},
        "bad": {"error": "RuntimeError"},
        "good": {"count": 1},
    }
    assert schedule.failed(results) == ["bad"]


def test_a_dry_run_is_handed_on(jobs):
    results = schedule.run_all(as_of=at("2026-03-02T04:00"), dry_run=True)
    assert jobs == [(at("2026-03-02T04:00"), True)]
    assert results["sessions"] == {"done": False}


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("2026-03-01", "2026-03-02T03:29", False),
        ("2026-03-01", "2026-03-02T03:30", True),
        ("2026-03-02", "2026-03-02T23:59", False),
        ("2026-02-01", "2026-03-02T12:00", True),
        ("2026-03-03", "2026-03-02T12:00", False),
        # The night the clock goes back has 02:30 twice and 03:30 once; the night it goes forward has 03:30 once too.
        ("2026-10-24", "2026-10-25T03:30", True),
        ("2027-03-27", "2027-03-28T03:30", True),
    ],
)
def test_once_a_night_after_the_hour(jobs, tmp_path, last, now, due):
    (tmp_path / schedule.MARK).write_text(last)
    ran = schedule.run_if_due(tmp_path, now=at(now))
    assert (ran is not None) is due
    assert len(jobs) == int(due)


def test_a_second_call_in_the_same_night_does_nothing(jobs, tmp_path):
    (tmp_path / schedule.MARK).write_text("2026-03-01")
    assert schedule.run_if_due(tmp_path, now=at("2026-03-02T03:30"))
    assert schedule.run_if_due(tmp_path, now=at("2026-03-02T03:31")) is None
    assert (tmp_path / schedule.MARK).read_text() == "2026-03-02"


def test_the_first_start_only_notes_the_day(jobs, tmp_path):
    assert schedule.run_if_due(tmp_path, now=at("2026-03-02T12:00")) is None
    assert jobs == []
    assert schedule.run_if_due(tmp_path, now=at("2026-03-03T03:30")) is not None


@pytest.mark.django_db
def test_the_real_jobs_of_the_house_run():
    results = schedule.run_all(as_of=at("2026-03-02T04:00"))
    assert {"publishing", "sessions", *registry.daily_jobs()} == set(results)
    assert schedule.failed(results) == []
