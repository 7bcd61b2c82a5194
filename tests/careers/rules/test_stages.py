"""Which stage follows which, and how long applications are kept."""

from datetime import date, timedelta

import pytest

from careers.models import State
from careers.rules import stages
from privacy.rules.retention import is_due
from privacy.rules.retention import kept_until as engine_kept_until


@pytest.mark.parametrize(
    ("state", "onward"),
    [
        ("submitted", {"screening", "interview", "rejected"}),
        ("screening", {"interview", "offer", "rejected"}),
        ("interview", {"offer", "rejected"}),
        ("offer", {"hired", "rejected"}),
        ("hired", set()),
        ("rejected", set()),
        ("withdrawn", set()),
    ],
)
def test_moves(state, onward):
    assert set(stages.moves_from(state)) == onward


def test_nobody_is_withdrawn_by_staff():
    assert all(State.WITHDRAWN not in stages.moves_from(state) for state in State)


@pytest.mark.parametrize("state", State)
def test_a_decision_is_hiring_or_refusing(state):
    assert stages.is_decision(state) is (state in ("hired", "rejected"))


def test_the_clock_starts_when_the_vacancy_closes():
    closing = date(2026, 3, 20)
    assert stages.clock_start(closing_day=closing, submitted_on=date(2026, 3, 2)) == closing
    assert stages.clock_start(closing_day=closing, submitted_on=date(2026, 3, 21)) == date(2026, 3, 21)


@pytest.mark.parametrize("start", [date(2026, 3, 10), date(2026, 8, 31), date(2027, 8, 31), date(2026, 12, 31)])
def test_the_day_we_tell_is_the_day_the_engine_erases(start):
    told = stages.kept_until(start)
    assert told == engine_kept_until(start, months=stages.KEEP_MONTHS)
    assert not is_due(start, told, months=6) and is_due(start, stages.deleted_on(start), months=6)
    assert stages.deleted_on(start) == told + timedelta(days=1)


def test_a_short_month_ends_early():
    assert stages.kept_until(date(2026, 8, 31)) == date(2027, 2, 28)
