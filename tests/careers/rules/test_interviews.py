"""Times of interviews: the clocks of Oslo, and what may be offered."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import override

from careers.rules.interviews import (
    FURTHEST,
    OSLO,
    NoSuchTime,
    can_call_off,
    can_choose,
    check_times,
    ends_at,
    oslo_moment,
)

NOW = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (AUTUMN, time(1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (AUTUMN, time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        (AUTUMN, time(14, 0), datetime(2026, 10, 25, 13, 0, tzinfo=UTC)),
        (SPRING, time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (SPRING, time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2026, 7, 1), time(9, 30), datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),
        (date(2026, 12, 1), time(9, 30), datetime(2026, 12, 1, 8, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_what_the_clocks_of_oslo_show(day, clock, utc):
    assert oslo_moment(day, clock) == utc


@pytest.mark.parametrize("clock", [time(2, 0), time(2, 30), time(2, 59)])
@pytest.mark.parametrize(("day", "word"), [(AUTUMN, "twice"), (SPRING, "never")])
def test_a_time_that_comes_twice_or_never_is_refused_with_a_sentence(day, word, clock):
    with override("en"), pytest.raises(NoSuchTime, match=word):
        oslo_moment(day, clock)


def test_an_interview_over_the_change_of_clocks_takes_its_minutes():
    starts = oslo_moment(AUTUMN, time(1, 30))
    end = ends_at(starts, 120)
    assert (end.astimezone(UTC) - starts.astimezone(UTC), end.strftime("%H:%M")) == (timedelta(hours=2), "02:30")
    assert ends_at(oslo_moment(SPRING, time(1, 30)), 60).strftime("%H:%M") == "03:30"


def test_times_come_back_in_order():
    later, sooner = NOW + timedelta(days=3), NOW + timedelta(days=2)
    assert check_times([later, sooner], minutes=60, now=NOW) == [sooner, later]
    assert check_times([NOW + FURTHEST], minutes=10, now=NOW) and check_times([later], minutes=480, now=NOW)


@pytest.mark.parametrize(
    ("times", "minutes", "word"),
    [
        ([], 60, "at least one"),
        ([NOW + timedelta(days=n) for n in range(1, 7)], 60, "At most 5"),
        ([NOW + timedelta(days=1), (NOW + timedelta(days=1)).astimezone(OSLO)], 60, "twice"),
        ([NOW + timedelta(days=1)], 9, "between 10"),
        ([NOW + timedelta(days=1)], 481, "between 10"),
        ([NOW], 60, "passed already"),
        ([NOW + FURTHEST + timedelta(seconds=1)], 60, "120 days"),
    ],
)
def test_what_cannot_be_offered_is_refused_with_a_sentence(times, minutes, word):
    with override("en"), pytest.raises(NoSuchTime, match=word):
        check_times(times, minutes=minutes, now=NOW)


def test_what_an_applicant_may_still_answer():
    ahead, past = NOW + timedelta(seconds=1), NOW
    assert can_choose("offered", ahead, NOW) and not can_choose("offered", past, NOW)
    assert not can_choose("agreed", ahead, NOW)
    assert can_call_off("agreed", ahead, NOW) and not can_call_off("agreed", past, NOW)
    assert not can_call_off("agreed", None, NOW) and not can_call_off("cancelled", ahead, NOW)
