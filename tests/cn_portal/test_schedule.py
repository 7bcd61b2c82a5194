from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

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


# A job that takes its work in bounded parts


@pytest.fixture
def backlog(monkeypatch):
    """A job with five rows that takes two at a time, and one that is done at once."""
    left, calls = [5], []

    def bounded(*, as_of, dry_run):
        calls.append("bounded")
        left[0] = max(0, left[0] - 2)
        return {"backlog": left[0]}

    def plain(*, as_of, dry_run):
        calls.append("plain")

    monkeypatch.setattr(registry, "daily_jobs", lambda: {"bounded": bounded, "plain": plain})
    monkeypatch.setattr(schedule, "call_command", lambda *args, **kwargs: None)
    return calls


def test_the_next_ticks_of_the_same_night_take_what_is_left(backlog, tmp_path):
    (tmp_path / schedule.MARK).write_text("2026-03-01")
    assert schedule.run_if_due(tmp_path, now=at("2026-03-02T03:30"))["bounded"] == {"backlog": 3}
    assert (tmp_path / schedule.MARK).read_text() == "2026-03-02 bounded"
    assert schedule.run_if_due(tmp_path, now=at("2026-03-02T03:31")) == {"bounded": {"backlog": 1}}
    assert schedule.run_if_due(tmp_path, now=at("2026-03-02T03:32")) == {"bounded": {"backlog": 0}}
    assert schedule.run_if_due(tmp_path, now=at("2026-03-02T03:33")) is None
    assert backlog == ["bounded", "plain", "bounded", "bounded"]
    assert (tmp_path / schedule.MARK).read_text() == "2026-03-02"


def test_what_is_left_at_the_next_night_is_part_of_it(backlog, tmp_path):
    (tmp_path / schedule.MARK).write_text("2026-03-02 bounded")
    results = schedule.run_if_due(tmp_path, now=at("2026-03-03T03:30"))
    assert {"bounded", "plain"} <= set(results)
    assert (tmp_path / schedule.MARK).read_text() == "2026-03-03 bounded"


def test_the_command_goes_on_until_nothing_is_left(backlog):
    results = schedule.run_to_the_end(as_of=at("2026-03-02T04:00"))
    assert results["bounded"] == {"backlog": 0} and backlog == ["bounded", "plain", "bounded", "bounded"]


def test_a_job_that_gets_nowhere_is_not_run_for_ever(monkeypatch):
    calls = []
    monkeypatch.setattr(registry, "daily_jobs", lambda: {"stuck": lambda **_: calls.append(1) or {"backlog": 3}})
    monkeypatch.setattr(schedule, "call_command", lambda *args, **kwargs: None)
    assert schedule.run_to_the_end(as_of=at("2026-03-02T04:00"))["stuck"] == {"backlog": 3} and len(calls) == 2


# Clocks


def test_a_mark_of_a_day_to_come_was_made_by_a_wrong_clock(jobs, tmp_path):
    (tmp_path / schedule.MARK).write_text("2027-03-02")
    assert schedule.run_if_due(tmp_path, now=at("2026-03-02T03:30"))
    assert (tmp_path / schedule.MARK).read_text() == "2026-03-02"


CHANGES = [
    moment
    for year in range(2020, 2041)
    for month in (3, 10)
    for moment in [max(date(year, month, day) for day in range(25, 32) if date(year, month, day).weekday() == 6)]
]


@given(st.sampled_from(CHANGES), st.lists(st.integers(1, 4 * 3600), min_size=40, max_size=60))
def test_each_night_has_its_jobs_once_over_every_change_of_summer_time(sunday, ticks):
    """Ticks at any distance of up to four hours, from the day before the change to the day after it."""
    now = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(hours=30)
    last, nights = (sunday - timedelta(days=2)).isoformat(), []
    for tick in ticks:
        now += timedelta(seconds=tick)
        if schedule._is_due(last, now):
            last = now.astimezone(OSLO).date().isoformat()
            nights.append(last)
    seen = {now.astimezone(OSLO).date()}
    assert len(nights) == len(set(nights)) and nights == sorted(nights)
    assert len(nights) >= (max(seen) - sunday).days


@pytest.mark.django_db
def test_the_real_jobs_of_the_house_run():
    results = schedule.run_all(as_of=at("2026-03-02T04:00"))
    assert {"publishing", "sessions", *registry.daily_jobs()} == set(results)
    assert schedule.failed(results) == []


@pytest.mark.django_db
def test_a_page_goes_live_and_leaves_when_its_moment_comes():
    page = Page.objects.get(depth=2)
    assert schedule.publish_if_due(now=timezone.now()) is None
    news = page.add_child(instance=Page(title="Nytt", slug="nytt", live=False))
    news.go_live_at, news.expire_at = timezone.now() + timedelta(hours=1), timezone.now() + timedelta(hours=2)
    news.save_revision(approved_go_live_at=news.go_live_at)
    for passed, result, live in [
        (timedelta(minutes=59), None, False),
        (timedelta(minutes=61), {"done": True}, True),
        (timedelta(minutes=119), None, True),
        (timedelta(minutes=121), {"done": True}, False),
        (timedelta(minutes=122), None, False),
    ]:
        with time_machine.travel(news.go_live_at - timedelta(hours=1) + passed, tick=False):
            assert schedule.publish_if_due(now=timezone.now()) == result
        assert Page.objects.get(pk=news.pk).live is live


@pytest.mark.django_db
def test_a_page_that_cannot_be_published_stops_no_worker(monkeypatch):
    page = Page.objects.get(depth=2)
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))

    def broken(*args, **kwargs):
        raise RuntimeError("with a name in it")

    monkeypatch.setattr(schedule, "call_command", broken)
    assert schedule.publish_if_due(now=timezone.now()) == {"error": "RuntimeError"}
