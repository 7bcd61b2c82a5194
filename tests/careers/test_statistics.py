"""What careers counts: how many applied and how it ended, and nothing of whoever is gone (N32, N57)."""

from datetime import date

import pytest
from django.utils import timezone

from careers.actions import withdraw_application
from careers.models import Application
from careers.statistics import applications, decisions
from privacy.actions import run_jobs, run_retention
from privacy.models import Statistic
from tests.careers import factories

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def three(vacancy):
    return [factories.submit(vacancy, email=f"soker{number}@jobb.example", cv=False) for number in range(3)]


def test_applications_count_on_the_day_they_were_sent(three):
    sent = Application.objects.all()
    for row, day in zip(
        sent, ("2026-01-01T00:30+01:00", "2026-12-31T23:30+01:00", "2027-01-01T00:30+01:00"), strict=True
    ):
        Application.objects.filter(pk=row.pk).update(submitted_at=day)
    assert applications(*YEAR) == {"": 2}


def test_decisions_by_outcome(three):
    states = (("hired", "2026-01-01"), ("rejected", "2026-12-31"), ("rejected", "2027-01-01"))
    for row, (state, day) in zip(Application.objects.all(), states, strict=True):
        Application.objects.filter(pk=row.pk).update(state=state, decided_on=day)
    assert decisions(*YEAR) == {"hired": 1, "rejected": 1}


def test_one_that_was_taken_back_counts_nowhere(three):
    before = applications(date(2000, 1, 1), date(2100, 1, 1))
    assert before == {"": 3}
    withdraw_application(Application.objects.first(), by=None)
    run_jobs()
    assert applications(date(2000, 1, 1), date(2100, 1, 1)) == {"": 2}


def test_what_was_decided_stays_as_a_number_when_the_applications_go(three, frozen_day):
    decided = date(2026, 3, 31)
    Application.objects.update(state="rejected", decided_on=decided, clock_from=decided)
    frozen_day("2026-10-01")
    run_retention(as_of=timezone.now(), allow_large=True)
    assert not Application.objects.exists()
    stored = Statistic.objects.filter(measure="decisions", month=date(2026, 3, 1))
    assert dict(stored.values_list("value", "count")) == {"": 3, "rejected": 3}
