"""What careers counts: how many applied and how it ended, and nothing of whoever is gone (N32, N57)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from careers.actions import withdraw_application
from careers.models import Application
from careers.statistics import MEASURES, applications, by_channel, by_occupation, days_to_decision, decisions
from privacy import registry
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


def test_by_kind_of_work_and_by_the_way_it_came(three, wordings):
    driver = factories.make_vacancy(occupation="8332")
    other = factories.submit(driver, email="sjafor@jobb.example", cv=False)
    Application.objects.filter(pk=other.pk).update(received_by="post")
    always = (date(2000, 1, 1), date(2100, 1, 1))
    assert by_occupation(*always) == {"7233": 3, "8332": 1}
    assert by_channel(*always) == {"form": 3, "post": 1}
    # Whose advert is gone is counted by the way it came alone.
    Application.objects.filter(pk=other.pk).update(vacancy=None)
    assert by_occupation(*always) == {"7233": 3} and by_channel(*always) == {"form": 3, "post": 1}
    before, after = (date(2000, 1, 1), date(2001, 1, 1)), (date(2099, 1, 1), date(2100, 1, 1))
    assert [f(*when) for f in (by_occupation, by_channel) for when in (before, after)] == [{}] * 4


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (-2, "0-14"),
        (0, "0-14"),
        (14, "0-14"),
        (15, "15-30"),
        (30, "15-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "over-90"),
        (800, "over-90"),
    ],
)
def test_days_until_a_decision_fall_into_bands(vacancy, days, band):
    row = factories.submit(vacancy, cv=False)
    decided = date(2026, 8, 31)
    # Half past midnight in Oslo is still the day before in UTC.
    sent = datetime(2026, 8, 31, 0, 30, tzinfo=ZoneInfo("Europe/Oslo")) - timedelta(days=days)
    Application.objects.filter(pk=row.pk).update(
        submitted_at=sent, state="rejected", step="rejected", decided_on=decided, clock_from=decided
    )
    found = days_to_decision(date(2026, 8, 1), decided)
    assert found.pop(band) == 1 and set(found.values()) == {0}
    assert set(days_to_decision(date(2026, 9, 1), date(2026, 9, 30)).values()) == {0}


def test_every_measure_of_hiring_stands_on_hrs_page():
    ours = {each.code for each in registry.statistics() if each.count.__module__ == "careers.statistics"}
    assert ours == set(MEASURES) and len(MEASURES) == len(set(MEASURES))
