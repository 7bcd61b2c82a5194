from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from privacy.rules.retention import is_due, kept_until, latest_due_start

days_of_two_decades = st.dates(date(2020, 1, 1), date(2040, 12, 31))
periods = st.one_of(
    st.fixed_dictionaries(
        {"months": st.integers(1, 120)},
        optional={"anchor": st.sampled_from([None, "accounting_year", "accounting_year:2", "accounting_year:6"])},
    ),
    st.fixed_dictionaries(
        {"days": st.integers(1, 2000)},
        optional={"anchor": st.sampled_from([None, "accounting_year", "accounting_year:2", "accounting_year:6"])},
    ),
)


@pytest.mark.parametrize(
    ("start", "period", "last"),
    [
        ("2026-03-10", {"months": 42}, "2029-09-10"),
        ("2026-08-31", {"months": 42}, "2030-02-28"),
        ("2023-08-31", {"months": 42}, "2027-02-28"),
        ("2024-02-29", {"months": 12}, "2025-02-28"),
        ("2026-03-10", {"days": 90}, "2026-06-08"),
        ("2026-03-10", {"months": 60, "anchor": "accounting_year"}, "2031-12-31"),
        ("2026-03-10", {"months": 42, "anchor": "accounting_year"}, "2030-06-30"),
        ("2026-12-31", {"months": 60, "anchor": "accounting_year"}, "2031-12-31"),
        ("2026-03-10", {"days": 1, "anchor": "accounting_year"}, "2027-01-01"),
        ("2026-03-10", {"months": 60, "anchor": "accounting_year:6"}, "2031-06-30"),
        ("2026-06-30", {"months": 60, "anchor": "accounting_year:6"}, "2031-06-30"),
        ("2026-07-01", {"months": 60, "anchor": "accounting_year:6"}, "2032-06-30"),
    ],
)
def test_the_last_day_kept(start, period, last):
    assert kept_until(date.fromisoformat(start), **period) == date.fromisoformat(last)


def test_a_row_is_there_on_its_last_day_and_due_on_the_next():
    start = date(2026, 3, 10)
    assert not is_due(start, date(2029, 9, 10), months=42)
    assert is_due(start, date(2029, 9, 11), months=42)


def test_an_invoice_is_held_through_the_year_and_due_on_new_years_day():
    start = date(2026, 3, 10)
    assert not is_due(start, date(2031, 12, 31), months=60, anchor="accounting_year")
    assert is_due(start, date(2032, 1, 1), months=60, anchor="accounting_year")


@pytest.mark.parametrize(
    "period",
    [
        {},
        {"months": 0},
        {"days": 0},
        {"months": -1},
        {"days": -1},
        {"months": 1, "days": 1},
        {"months": 0, "days": 5},
        {"months": True},
        {"months": 1.5},
        {"months": 1, "anchor": "leap_year"},
    ],
    ids=str,
)
def test_a_period_that_is_none_is_refused_by_every_rule(period):
    for rule in (
        lambda **p: kept_until(date(2026, 1, 1), **p),
        lambda **p: latest_due_start(date(2026, 1, 1), **p),
    ):
        with pytest.raises(ValueError, match="period is"):
            rule(**period)


@given(days_of_two_decades, periods)
@example(date(2027, 3, 1), {"months": 42})
@example(date(2028, 2, 29), {"months": 6})
@example(date(2028, 3, 1), {"months": 1, "anchor": "accounting_year"})
def test_the_latest_due_start_is_due_and_the_day_after_is_not(day, period):
    start = latest_due_start(day, **period)
    assert is_due(start, day, **period)
    assert not is_due(start + timedelta(days=1), day, **period)


@given(days_of_two_decades, days_of_two_decades, periods)
def test_a_query_by_latest_start_finds_exactly_what_the_rule_finds(start, day, period):
    assert (start <= latest_due_start(day, **period)) == is_due(start, day, **period)


@pytest.mark.parametrize("months", [1, 6, 24, 42])
@pytest.mark.parametrize("anchor", [None, "accounting_year"])
def test_every_day_of_two_decades_agrees_with_brute_force(months, anchor):
    starts = [date(2020, 1, 1) + timedelta(days=n) for n in range(7670)]
    wrong = [
        start
        for start in starts
        for end in [kept_until(start, months=months, anchor=anchor)]
        for shift in (0, 1, 2)
        for day in [end + timedelta(days=shift)]
        if (start <= latest_due_start(day, months=months, anchor=anchor)) != (end < day)
    ]
    assert starts[-1] == date(2040, 12, 30) and wrong == []


@given(days_of_two_decades, periods)
def test_a_later_start_is_never_kept_shorter(start, period):
    assert kept_until(start, **period) <= kept_until(start + timedelta(days=1), **period)
