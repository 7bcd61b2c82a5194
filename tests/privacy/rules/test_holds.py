from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from privacy.models import LegalHold
from privacy.rules import holds as rules
from privacy.rules.holds import HoldRefused

DAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("state", "to", "may"),
    [
        ("proposed", "active", True),
        ("proposed", "refused", True),
        ("proposed", "lapsed", True),
        ("proposed", "released", False),
        ("active", "released", True),
        ("active", "refused", False),
        ("active", "proposed", False),
        ("released", "active", False),
        ("lapsed", "active", False),
    ],
)
def test_where_a_hold_may_get_to(state, to, may):
    assert rules.may_move(state, to) is may


def test_every_class_has_its_ground_and_its_reasons():
    assert set(rules.GROUNDS) == set(LegalHold.Kind.values) == set(rules.REASONS_FOR)
    assert set(rules.GROUNDS.values()) == set(LegalHold.Ground.values)
    assert {code for codes in rules.REASONS_FOR.values() for code in codes} == set(rules.REASONS)
    assert rules.ground_of("acc_secondary") == "statutory" and rules.kind_for("statutory") == "acc_primary"
    assert rules.kind_for("claim") == rules.ground_of("claim") == "claim"
    with pytest.raises(HoldRefused):
        rules.ground_of("whim")


def test_a_proposal_waits_fourteen_days_and_no_longer():
    assert rules.lapses_after(DAY) == date(2026, 3, 24)
    assert not rules.has_lapsed(DAY, date(2026, 3, 24))
    assert rules.has_lapsed(DAY, date(2026, 3, 25))


def test_a_hold_without_an_end_is_looked_at_within_twelve_months():
    assert rules.term("claim", until=None, review_on=None, day=DAY) == rules.Term(None, date(2027, 3, 10))
    assert rules.term("claim", until=None, review_on=date(2026, 3, 11), day=DAY).review_on == date(2026, 3, 11)
    for wrong in (DAY, date(2027, 3, 11)):
        with pytest.raises(HoldRefused, match="twelve months"):
            rules.term("claim", until=None, review_on=wrong, day=DAY)


def test_a_hold_with_an_end_needs_no_review():
    assert rules.term("claim", until=DAY, review_on=date(2099, 1, 1), day=DAY) == rules.Term(DAY, None)
    with pytest.raises(HoldRefused, match="over already"):
        rules.term("claim", until=date(2026, 3, 9), review_on=None, day=DAY)


def test_what_a_law_demands_has_a_last_day():
    with pytest.raises(HoldRefused, match="needs the day"):
        rules.term("statutory", until=None, review_on=None, day=DAY)
    assert rules.term("statutory", until=DAY, review_on=None, day=DAY).until == DAY


def test_a_reason_goes_with_its_class():
    rules.check_reason("claim", "open-dispute")
    with pytest.raises(HoldRefused):
        rules.check_reason("incident", "open-dispute")


def test_nobody_makes_the_law_shorter():
    with pytest.raises(HoldRefused, match="nobody can release"):
        rules.check_release("statutory", until=DAY, day=DAY)
    rules.check_release("statutory", until=DAY, day=date(2026, 3, 11))
    rules.check_release("claim", until=DAY, day=DAY)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 1, 1)), st.integers(0, 30))
def test_a_proposal_lapses_on_one_day_and_stays_so(day, later):
    last = rules.lapses_after(day)
    assert not rules.has_lapsed(day, last) and (last - day).days == 14
    assert rules.has_lapsed(day, date.fromordinal(last.toordinal() + 1 + later))
