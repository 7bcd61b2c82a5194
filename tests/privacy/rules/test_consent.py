from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from privacy.rules import consent
from privacy.rules.consent import (
    GIVEN,
    RENEWED,
    STATES,
    UNKNOWN,
    IllegalMove,
    allows_use,
    has_expired,
    next_state,
)

DAY = date(2026, 6, 30)
LEGAL = {
    (None, "asked"),
    (None, "given"),
    (None, "refused"),
    (None, "deferred"),
    (None, "unknown"),
    ("asked", "given"),
    ("asked", "refused"),
    ("asked", "deferred"),
    ("deferred", "asked"),
    ("deferred", "given"),
    ("deferred", "refused"),
    ("deferred", "deferred"),
    ("given", "renewed"),
    ("renewed", "renewed"),
    *(
        (state, end)
        for state in ("given", "renewed", "unknown")
        for end in ("withdrawn", "expired", "revoked", "invalidated")
    ),
}


def _may(state, event):
    try:
        return next_state(state, event) == event
    except IllegalMove:
        return False


def test_the_legal_moves_are_exactly_these():
    assert {(state, event) for state in (None, *STATES) for event in STATES if _may(state, event)} == LEGAL


@override("en")
def test_a_yes_does_not_revive_a_withdrawn_consent_but_starts_a_new_one():
    with pytest.raises(IllegalMove, match="“withdrawn” cannot become “given”"):
        next_state("withdrawn", GIVEN)
    assert next_state(None, GIVEN) == GIVEN


@override("en")
def test_a_beginning_and_a_word_that_is_no_state_are_refused_with_a_sentence():
    with pytest.raises(IllegalMove, match="cannot begin as “withdrawn”"):
        next_state(None, "withdrawn")
    with pytest.raises(IllegalMove, match="cannot become “forgotten”"):
        next_state(GIVEN, "forgotten")
    with pytest.raises(IllegalMove, match="that is “lost”"):
        next_state("lost", GIVEN)


def test_a_given_consent_allows_use_through_its_last_day_and_not_after():
    assert allows_use(GIVEN, DAY, DAY) and not has_expired(GIVEN, DAY, DAY)
    after = DAY + timedelta(days=1)
    assert not allows_use(RENEWED, DAY, after) and has_expired(RENEWED, DAY, after)


def test_a_consent_without_an_end_goes_on():
    assert allows_use(GIVEN, None, DAY) and not has_expired(GIVEN, None, DAY)


def test_only_given_and_renewed_allow_use():
    assert {state for state in (None, *STATES) if allows_use(state, DAY, DAY)} == {
        GIVEN,
        RENEWED,
    }
    assert not allows_use(UNKNOWN, None, DAY)


@given(st.sampled_from(sorted(STATES)), st.dates(), st.dates())
def test_a_consent_is_never_both_valid_and_expired(state, valid_until, day):
    assert not (allows_use(state, valid_until, day) and has_expired(state, valid_until, day))
    assert (allows_use(state, valid_until, day) or has_expired(state, valid_until, day)) == (state in (GIVEN, RENEWED))


class Life(RuleBasedStateMachine):
    """Any order of events: an ended record never moves again, and use needs a yes that was never ended."""

    def __init__(self):
        super().__init__()
        self.state, self.said_yes, self.ended = None, False, False

    @rule(event=st.sampled_from(sorted(STATES)))
    def happen(self, event):
        try:
            self.state = next_state(self.state, event)
        except IllegalMove:
            return
        assert not self.ended
        self.said_yes = self.said_yes or event == GIVEN
        self.ended = event in consent.ENDED

    @invariant()
    def use_needs_a_standing_yes(self):
        assert allows_use(self.state, DAY, DAY) == (self.said_yes and not self.ended)


test_the_life_of_a_consent = Life.TestCase


@pytest.mark.parametrize(
    ("day", "is_due"),
    [
        (date(2026, 5, 30), False),
        (date(2026, 5, 31), True),
        (DAY, True),
        (DAY + timedelta(days=1), False),
    ],
)
def test_a_reminder_is_due_from_thirty_days_before_the_end_until_the_end(day, is_due):
    assert consent.reminder_is_due(GIVEN, DAY, None, day) is is_due


def test_nobody_is_reminded_twice_nor_of_what_has_no_end_or_does_not_stand():
    assert consent.reminder_is_due(RENEWED, DAY, None, DAY)
    assert not consent.reminder_is_due(RENEWED, DAY, DAY, DAY)
    assert not consent.reminder_is_due(GIVEN, None, None, DAY)
    assert not consent.reminder_is_due("withdrawn", DAY, None, DAY)
