from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.rules import deadlines
from privacy.rules.deadlines import (
    add_months,
    breach_due,
    due,
    extended_due,
    is_working_day,
    norwegian_holidays,
    oslo_date,
    paused_due,
    roll,
)

days_of_two_decades = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("received", "first", "extended"),
    [
        ("2026-01-31", "2026-03-02", "2026-04-30"),
        ("2026-03-02", "2026-04-07", "2026-06-02"),
        ("2026-08-31", "2026-09-30", "2026-11-30"),
        ("2026-11-25", "2026-12-28", "2027-02-25"),
    ],
)
def test_the_vectors_of_the_law(received, first, extended):
    day = date.fromisoformat(received)
    assert (due(day), extended_due(day)) == (
        date.fromisoformat(first),
        date.fromisoformat(extended),
    )


def test_the_extension_counts_from_receipt_and_not_from_the_first_due_date():
    received = date(2026, 3, 2)
    assert extended_due(received) == date(2026, 6, 2) != roll(add_months(due(received), 2))


def test_the_holidays_of_2026_are_these_twelve():
    assert norwegian_holidays(2026) == {
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 17),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    }


@pytest.mark.parametrize("year", [1582, 4100])
def test_years_without_a_known_easter_are_refused(year):
    with pytest.raises(ValueError, match="1583 to 4099"):
        norwegian_holidays(year)


@pytest.mark.parametrize("year", [1583, 4099])
def test_the_first_and_last_known_year_have_holidays(year):
    assert date(year, 5, 17) in norwegian_holidays(year)


def test_christmas_eve_and_new_years_eve_are_working_days():
    assert is_working_day(date(2026, 12, 24)) and is_working_day(date(2026, 12, 31))
    assert not is_working_day(date(2026, 12, 25))


def test_a_friday_stays_and_a_saturday_rolls_to_monday():
    assert roll(date(2026, 2, 27)) == date(2026, 2, 27)
    assert roll(date(2026, 2, 28)) == date(2026, 3, 2)


def test_months_are_clamped_to_the_last_day():
    assert add_months(date(2026, 8, 31), 42) == date(2030, 2, 28)
    assert add_months(date(2023, 8, 31), 42) == date(2027, 2, 28)
    assert add_months(date(2027, 8, 29), 6) == date(2028, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


def test_a_week_of_waiting_moves_the_due_date_a_week():
    received = date(2026, 8, 31)
    assert due(received) == date(2026, 9, 30)
    assert paused_due(received, [(date(2026, 9, 3), date(2026, 9, 10))]) == date(2026, 10, 7)


def test_a_moved_date_on_a_weekend_rolls():
    assert paused_due(date(2026, 8, 31), [(date(2026, 9, 3), date(2026, 9, 6))]) == date(2026, 10, 5)


def test_no_pause_moves_nothing():
    assert paused_due(date(2026, 3, 2), []) == date(2026, 4, 7)


def test_days_that_two_questions_share_count_once():
    overlapping = [
        (date(2026, 9, 8), date(2026, 9, 12)),
        (date(2026, 9, 3), date(2026, 9, 10)),
    ]
    inside = [
        (date(2026, 9, 3), date(2026, 9, 12)),
        (date(2026, 9, 5), date(2026, 9, 6)),
    ]
    once = paused_due(date(2026, 8, 31), [(date(2026, 9, 3), date(2026, 9, 12))])
    assert (
        paused_due(date(2026, 8, 31), overlapping) == paused_due(date(2026, 8, 31), inside) == once == date(2026, 10, 9)
    )


@pytest.mark.parametrize(
    "pause",
    [(date(2026, 8, 30), date(2026, 9, 2)), (date(2026, 9, 5), date(2026, 9, 4))],
    ids=["before receipt", "backwards"],
)
def test_an_impossible_pause_is_refused(pause):
    with pytest.raises(ValueError, match="pause begins"):
        paused_due(date(2026, 8, 31), [pause])


def test_a_breach_has_72_elapsed_hours_over_the_change_of_clocks():
    aware = datetime.fromisoformat("2026-03-27T16:00+01:00")
    assert breach_due(aware).isoformat() == "2026-03-30T17:00:00+02:00"


def test_the_legal_date_is_that_of_oslo():
    assert oslo_date(datetime(2026, 6, 30, 21, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert oslo_date(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == date(2026, 7, 1)


@pytest.mark.parametrize("rule", [breach_due, oslo_date])
def test_a_moment_without_a_zone_is_refused(rule):
    with pytest.raises(ValueError, match="time zone"):
        rule(datetime(2026, 3, 27, 16, 0))


@given(days_of_two_decades)
def test_the_due_day_is_the_first_working_day_from_the_month_end_on(received):
    nominal = add_months(received, 1)
    between = [nominal + timedelta(days=n) for n in range((due(received) - nominal).days)]
    assert is_working_day(due(received))
    assert not any(is_working_day(day) for day in between)


@given(days_of_two_decades, st.integers(0, 120))
def test_added_months_keep_the_number_or_end_the_month(day, months):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(days_of_two_decades)
def test_a_later_receipt_is_never_due_earlier(received):
    assert due(received) <= due(received + timedelta(days=1))
    assert due(received) < extended_due(received)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(deadlines.OSLO)))
def test_a_breach_is_due_after_exactly_72_hours_whatever_the_clocks_do(aware):
    assert breach_due(aware).astimezone(UTC) - aware.astimezone(UTC) == timedelta(hours=72)


@given(
    days_of_two_decades,
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=4),
)
def test_pauses_move_by_the_number_of_distinct_days_waited(received, spans):
    pauses = [(received + timedelta(days=a), received + timedelta(days=a + n)) for a, n in spans]
    waited = {a + i for a, n in spans for i in range(n)}
    assert paused_due(received, pauses) == roll(due(received) + timedelta(days=len(waited)))
