"""The clock: reminders at 14, 7 and 2 days, escalation every day after the date, each to the right people and once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail

from privacy.actions import answer, ask, extend, open_request, remind_of_requests
from privacy.actions.roles import OFFICE
from privacy.models import SubjectRequest
from privacy.registry import daily_jobs
from tests.privacy.actions.requesting import kinds, mails, opened

OSLO = ZoneInfo("Europe/Oslo")
DUE = date(2026, 9, 30)


@pytest.fixture(autouse=True)
def arrived(frozen_day):
    """Everything arrives on 31 August 2026 and is due on 30 September."""
    frozen_day("2026-08-31")


@pytest.fixture
def office(siv, per):
    """Siv works in the office; a colleague who has left did."""
    group, _new = Group.objects.get_or_create(name=OFFICE)
    gone = get_user_model().objects.create_user("gone@cn.example", None, verified=True)
    gone.is_active = False
    gone.save()
    for member in (siv, gone):
        member.groups.add(group)
    return siv


@pytest.fixture
def chief(db):
    """The owner of the house, in no group."""
    return get_user_model().objects.create_superuser("sjef@cn.example", "x" * 20)


def at(day, frozen_day, **more):
    frozen_day(day.isoformat())
    return remind_of_requests(as_of=datetime(day.year, day.month, day.day, 5, tzinfo=OSLO), **more)


def test_reminders_come_once_at_each_distance(kari, office, chief, frozen_day):
    request = opened(kari)
    sent = {}
    for left in range(20, -1, -1):
        for _twice in range(2):
            sent[left] = sent.get(left, 0) + at(DUE - timedelta(days=left), frozen_day)["reminded"]
    assert {left: count for left, count in sent.items() if count} == {14: 1, 7: 1, 2: 1}
    assert [address for address, _context in mails("reminder")] == ["siv@cn.example"] * 3
    request.refresh_from_db()
    assert (request.reminded_days, kinds(request)) == (2, ["received", "reminded", "reminded", "reminded"])
    assert mails("late") == []


def test_a_day_nobody_ran_the_clock_is_made_up_for(kari, office, frozen_day):
    opened(kari)
    assert at(DUE - timedelta(days=5), frozen_day) == {"reminded": 1, "escalated": 0}
    assert at(DUE - timedelta(days=4), frozen_day) == {"reminded": 0, "escalated": 0}


def test_one_mail_for_all_that_is_due_without_a_name(kari, ola, office, frozen_day, drain):
    first, second = opened(kari, text="Hemmelig"), opened(ola, right="erasure")
    answered = opened(kari, right="objection")
    answer(answered, outcome="fulfilled", text="Ja", by=office)
    office.language = "en"
    office.save()
    assert at(DUE - timedelta(days=14), frozen_day)["reminded"] == 2
    drain()
    (sent,) = mail.outbox
    assert sent.subject == "2 requests are soon due" and "30 September 2026" in sent.body
    assert first.number in sent.body and second.number in sent.body and answered.number not in sent.body
    assert "see what we hold" in sent.body and "Kari" not in sent.body and "Hemmelig" not in sent.body


def test_late_cases_are_told_daily_to_the_office_and_those_above(kari, office, chief, frozen_day, drain):
    request = opened(kari)
    assert at(DUE, frozen_day) == {"reminded": 1, "escalated": 0}
    for day in (1, 2):
        for twice in (1, 0):
            assert at(DUE + timedelta(days=day), frozen_day) == {"reminded": 0, "escalated": twice}
    told = sorted(address for address, _context in mails("late"))
    assert told == ["siv@cn.example"] * 2 + ["sjef@cn.example"] * 2
    assert kinds(request)[-2:] == ["escalated", "escalated"]
    drain()
    assert any(sent.subject == "1 sak er over fristen" for sent in mail.outbox)
    answer(request, outcome="fulfilled", text="Endelig", by=office)
    assert at(DUE + timedelta(days=3), frozen_day) == {"reminded": 0, "escalated": 0}


def test_more_time_moves_the_alarm_and_a_pause_does_not(kari, ola, office, frozen_day):
    longer, waiting = opened(kari), opened(ola)
    ask(waiting, what="identity", text="Hvem?", by=office)
    at(DUE - timedelta(days=14), frozen_day)
    extend(longer, reason_code="complexity", text="Mye.", by=office)
    longer.refresh_from_db()
    assert longer.reminded_days is None
    assert at(DUE + timedelta(days=1), frozen_day) == {"reminded": 0, "escalated": 1}
    assert "escalated" in kinds(waiting) and "escalated" not in kinds(longer)
    assert at(date(2026, 11, 16), frozen_day) == {"reminded": 1, "escalated": 1}


def test_a_dry_run_counts_and_changes_nothing(kari, office, frozen_day):
    request = opened(kari)
    assert at(DUE - timedelta(days=14), frozen_day, dry_run=True) == {"reminded": 1, "escalated": 0}
    assert at(DUE + timedelta(days=1), frozen_day, dry_run=True) == {"reminded": 0, "escalated": 1}
    assert kinds(request) == ["received"] and mails("reminder") == mails("late") == []


def test_the_legal_day_is_the_one_in_oslo(kari, office):
    opened(kari)
    # 22:30 UTC on the due day is the day after in Oslo, where it is summer time.
    late = remind_of_requests(as_of=datetime(2026, 9, 30, 22, 30, tzinfo=ZoneInfo("UTC")), dry_run=True)
    assert late == {"reminded": 0, "escalated": 1}
    still = remind_of_requests(as_of=datetime(2026, 9, 30, 21, 30, tzinfo=ZoneInfo("UTC")), dry_run=True)
    assert still == {"reminded": 1, "escalated": 0}


def test_it_runs_daily(kari):
    assert daily_jobs()["privacy.requests"] is remind_of_requests


def test_a_member_of_the_office_who_asks_is_reminded_like_any_other(office, frozen_day):
    open_request(office.subject, right="access", by=office)
    assert at(DUE - timedelta(days=2), frozen_day)["reminded"] == 1
    assert SubjectRequest.objects.get().reminded_days == 2
