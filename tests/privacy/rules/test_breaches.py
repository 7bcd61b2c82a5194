"""The life of a breach: 72 elapsed hours, every move that is legal and no other, and what may be written (L35)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from privacy.rules import breaches as rules
from privacy.rules.deadlines import breach_due

OSLO = ZoneInfo("Europe/Oslo")
DUE = datetime(2026, 3, 30, 15, tzinfo=UTC)
LEGAL = {
    (None, "detected"),
    ("detected", "assessing"),
    ("assessing", "not_a_breach"),
    ("assessing", "confirmed"),
    ("not_a_breach", "closed"),
    ("confirmed", "authority_notified"),
    ("confirmed", "not_notifiable"),
    ("not_notifiable", "authority_notified"),
    ("authority_notified", "subjects_notified"),
    ("authority_notified", "not_required"),
    ("not_notifiable", "subjects_notified"),
    ("not_notifiable", "not_required"),
    ("subjects_notified", "closed"),
    ("not_required", "closed"),
}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_the_72_hours_run_through_the_change_of_clocks_and_the_weekend():
    due = breach_due(datetime(2026, 3, 27, 16, tzinfo=OSLO))
    assert due.isoformat() == "2026-03-30T17:00:00+02:00"
    assert due.astimezone(UTC) == DUE


@pytest.mark.parametrize("state", [None, *rules.STATES])
@pytest.mark.parametrize("to", rules.STATES)
def test_exactly_the_moves_of_the_law_are_made(state, to):
    assert rules.may_move(state, to) == ((state, to) in LEGAL)
    if (state, to) in LEGAL:
        assert rules.next_state(state, to) == to
    else:
        with pytest.raises(rules.IllegalMove, match="Nothing was changed"):
            rules.next_state(state, to)


@given(st.lists(st.sampled_from(rules.STATES), max_size=12))
def test_no_way_leads_around_a_decision(wishes):
    """Whatever is tried in whatever order, a closed breach was dismissed, or had both its decisions."""
    state, passed = None, []
    for wish in wishes:
        if rules.may_move(state, wish):
            state = rules.next_state(state, wish)
            passed.append(state)
    if state == rules.CLOSED:
        decided = {rules.AUTHORITY_NOTIFIED, rules.NOT_NOTIFIABLE} & set(passed)
        told = {rules.SUBJECTS_NOTIFIED, rules.NOT_REQUIRED} & set(passed)
        assert rules.NOT_A_BREACH in passed or (decided and told)
        assert not any(rules.may_move(state, wish) for wish in rules.STATES)


def test_the_last_moment_is_in_time_and_the_next_is_not():
    assert not rules.is_late(DUE, DUE)
    assert rules.is_late(DUE, DUE + timedelta(microseconds=1))
    assert (rules.hours_left(DUE, DUE), rules.hours_left(DUE, DUE + timedelta(seconds=1))) == (0, -1)
    assert rules.hours_left(DUE, DUE - timedelta(hours=71, minutes=59)) == 71


@pytest.mark.parametrize(
    ("before", "told", "owed"),
    [
        (timedelta(hours=24, seconds=1), set(), None),
        (timedelta(hours=24), set(), "due_24"),
        (timedelta(hours=24), {"due_24"}, None),
        (timedelta(hours=6, seconds=1), {"due_24"}, None),
        (timedelta(hours=6), {"due_24"}, "due_6"),
        (timedelta(hours=6), set(), "due_6"),
        (timedelta(hours=5), {"due_6"}, None),
        (timedelta(0), {"due_6"}, None),
        (-timedelta(seconds=1), {"due_6"}, "late"),
        (-timedelta(days=9), {"late"}, None),
    ],
)
def test_the_most_urgent_mail_is_owed_once(before, told, owed):
    assert rules.reminder_owed(DUE, DUE - before, told=told) == owed


def test_it_is_looked_at_again_when_each_mail_is_owed():
    owed = [rules.reminder_owed(DUE, moment, told=set()) for moment in rules.reminder_moments(DUE)]
    assert owed == ["due_24", "due_6", "late"]


def test_at_a_high_risk_only_the_three_reasons_of_the_law_are_known():
    assert set(rules.reasons_not_to_tell("high")) == {"unintelligible", "risk_gone", "disproportionate"}
    assert "not_high" in rules.reasons_not_to_tell("risk")


def test_words_are_kept_five_years_to_the_day():
    assert rules.words_end_on(date(2026, 3, 31)) == date(2031, 3, 31)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Card 4111 1111 1111 1111 was in it", "Card **** was in it"),
        ("number 13097248022.", "number ****."),
        ("from kari@gjest.example to us", "from *** to us"),
        (" Order 123456789012 of 2026-03-27, 12 34 56 78 ", "Order 123456789012 of 2026-03-27, 12 34 56 78"),
        ("11 digits 12345678901", "11 digits 12345678901"),
    ],
)
def test_numbers_and_addresses_of_people_are_taken_out(written, kept):
    assert rules.mask(written) == kept
