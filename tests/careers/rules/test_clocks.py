"""The clocks of hiring, on both sides of each last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.rules import clocks

ONE = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("closing", "sent", "start"),
    [
        (date(2026, 3, 20), date(2026, 3, 2), date(2026, 3, 20)),
        (date(2026, 3, 20), date(2026, 3, 20), date(2026, 3, 20)),
        # Registered by hand after the deadline.
        (date(2026, 3, 20), date(2026, 3, 21), date(2026, 3, 21)),
    ],
)
def test_an_undecided_application_counts_from_the_closing_day_and_never_from_before_it_came(closing, sent, start):
    assert clocks.clock_start(closing_day=closing, submitted_on=sent) == start


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 3, 10), date(2026, 9, 10)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 8, 29)),
    ],
)
def test_an_application_is_kept_for_six_calendar_months(start, last):
    assert clocks.application_until(start, months=6) == last


@pytest.mark.parametrize(
    ("decided", "moved", "last"),
    [
        (date(2026, 3, 10), None, date(2026, 9, 10)),
        (date(2026, 3, 10), date(2026, 3, 10), date(2026, 4, 9)),
        # A move in the last month brings nothing forward.
        (date(2026, 3, 10), date(2026, 8, 11), date(2026, 9, 10)),
        (date(2026, 3, 10), date(2026, 8, 10), date(2026, 9, 9)),
        (date(2028, 1, 30), date(2028, 1, 31), date(2028, 3, 1)),
    ],
)
def test_whoever_was_hired_goes_30_days_after_the_move_and_never_later_than_six_months(decided, moved, last):
    assert clocks.hired_until(decided, moved, months=6) == last


def test_a_draft_goes_30_days_after_the_last_edit():
    assert clocks.draft_until(date(2026, 1, 31)) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("agreed", "first", "ends"),
    [
        (date(2026, 3, 10), date(2026, 3, 10), date(2027, 3, 10)),
        (date(2027, 3, 1), date(2026, 3, 10), date(2028, 3, 1)),
        # A late yes does not count beyond the 24 months.
        (date(2027, 3, 15), date(2026, 3, 10), date(2028, 3, 10)),
        (date(2028, 2, 29), date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2026, 2, 28), date(2028, 2, 28)),
    ],
)
def test_a_yes_to_the_talent_pool_lasts_twelve_months_and_both_together_24(agreed, first, ends):
    assert clocks.pool_ends_on(agreed, first_agreed_on=first) == ends


@given(first=DAYS, later=st.integers(0, 800))
def test_no_yes_lasts_beyond_24_months_after_the_first(first, later):
    agreed = first + timedelta(days=later)
    ends = clocks.pool_ends_on(agreed, first_agreed_on=first)
    most = clocks.pool_ends_on(first + timedelta(days=10_000), first_agreed_on=first)
    assert ends <= most and most.year == first.year + 2
    assert clocks.pool_deleted_after(ends, first_agreed_on=first) <= most
    assert clocks.pool_deleted_after(ends, first_agreed_on=first) - ends <= timedelta(days=7)


@given(first=DAYS)
def test_we_ask_from_thirty_days_before_the_end_and_only_until_it(first):
    ends = clocks.pool_ends_on(first, first_agreed_on=first)
    asks = clocks.renewal_asked_from(ends)
    assert (ends - asks).days == 30
    told = [clocks.renewal_must_be_asked(ends, None, None, day) for day in (asks - ONE, asks, ends, ends + ONE)]
    assert told == [False, True, True, False]
    assert not clocks.renewal_must_be_asked(ends, None, asks, asks)
    assert not clocks.renewal_must_be_asked(ends, first, None, asks)


@given(first=DAYS)
def test_a_yes_counts_from_the_day_we_ask_through_the_seventh_day_after_the_end_and_once(first):
    ends = clocks.pool_ends_on(first, first_agreed_on=first)
    asks, last = clocks.renewal_asked_from(ends), clocks.pool_deleted_after(ends, first_agreed_on=first)
    assert last == ends + timedelta(days=7)
    counted = [clocks.renewal_is_possible(ends, None, day) for day in (asks - ONE, asks, ends, last, last + ONE)]
    assert counted == [False, True, True, True, False]
    assert not clocks.renewal_is_possible(ends, asks, ends)


@given(first=DAYS)
def test_nobody_is_written_to_after_the_end_though_the_entry_is_still_there(first):
    ends = clocks.pool_ends_on(first, first_agreed_on=first)
    assert [clocks.may_be_written_to(ends, day) for day in (first, ends, ends + ONE)] == [True, True, False]
    assert clocks.pool_deleted_after(ends, first_agreed_on=first) > ends


@given(decided=DAYS, moved=st.integers(0, 400))
def test_the_earlier_of_two_ends_counts(decided, moved):
    moved_on = decided + timedelta(days=moved)
    last = clocks.hired_until(decided, moved_on, months=6)
    assert last <= clocks.application_until(decided, months=6)
    assert last <= moved_on + timedelta(days=30)
    assert last in (clocks.application_until(decided, months=6), moved_on + timedelta(days=30))
