"""Thirty days, to the day."""

from datetime import date

from careers.rules.drafts import draft_kept_until


def test_thirty_days_over_the_end_of_a_month_and_a_leap_day():
    assert draft_kept_until(date(2026, 1, 31)) == date(2026, 3, 2)
    assert draft_kept_until(date(2028, 2, 1)) == date(2028, 3, 2)
