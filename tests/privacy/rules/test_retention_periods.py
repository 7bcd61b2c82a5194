from datetime import date, timedelta

import pytest

from privacy.rules.retention import is_due
from privacy.rules.retention_periods import LONGEST_DAYS, LONGEST_MONTHS, Period, Ruling, due_already, is_longer


@pytest.mark.parametrize(
    "period", [Period(months=1), Period(days=1), Period(LONGEST_MONTHS), Period(days=LONGEST_DAYS)]
)
def test_a_period_is_one_positive_length(period):
    period.check()


@pytest.mark.parametrize(
    "period",
    [
        Period(),
        Period(months=1, days=1),
        Period(months=0),
        Period(days=0),
        Period(months=-24),
        Period(days=-1),
        Period(months=LONGEST_MONTHS + 1),
        Period(days=LONGEST_DAYS + 1),
    ],
)
def test_nothing_else_is_a_period(period):
    with pytest.raises(ValueError, match="period"):
        period.check()


@pytest.mark.parametrize(
    ("new", "old", "longer"),
    [
        (Period(months=25), Period(months=24), True),
        (Period(months=24), Period(months=24), False),
        (Period(months=23), Period(months=24), False),
        (Period(days=91), Period(days=90), True),
        (Period(days=90), Period(days=90), False),
        # A month has 28 to 31 days: 31 days keep some row longer than a month does, 28 never.
        (Period(days=29), Period(months=1), True),
        (Period(days=28), Period(months=1), False),
        (Period(months=1), Period(days=31), False),
        (Period(months=1), Period(days=30), True),
        (Period(months=24), Period(days=730), True),
        (Period(months=24), Period(days=731), False),
    ],
)
def test_which_of_two_is_longer(new, old, longer):
    assert is_longer(new, old) is longer


def test_one_period_has_nothing_that_was_due_before():
    assert due_already([Ruling(Period(months=24))], anchor=None) is None


def test_a_longer_period_keeps_nothing_that_was_due_the_day_before():
    changed = date(2026, 6, 1)
    last = due_already([Ruling(Period(months=24)), Ruling(Period(months=36), changed)], anchor=None)
    eve = changed - timedelta(days=1)
    assert is_due(last, eve, months=24) and not is_due(last + timedelta(days=1), eve, months=24)


def test_of_several_the_one_that_took_most_counts():
    rulings = [
        Ruling(Period(months=12)),
        Ruling(Period(months=36), date(2025, 1, 1)),
        Ruling(Period(months=24), date(2026, 1, 1)),
        Ruling(Period(months=48), date(2027, 1, 1)),
    ]
    # 12 months by 2024-12-31, 36 by 2025-12-31, 24 by 2026-12-31.
    assert due_already(rulings, anchor=None) == date(2024, 12, 30)
    assert due_already(rulings[:2], anchor=None) == date(2023, 12, 30)


def test_an_accounting_year_stays_whole():
    rulings = [Ruling(Period(months=60)), Ruling(Period(months=72), date(2026, 6, 1))]
    assert due_already(rulings, anchor="accounting_year") == date(2020, 12, 31)
