"""Which moves of a demand and of a deal are legal, what is missing, and when an outsider may look (N50 to N53, T24)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from privacy.rules import gates
from privacy.rules.gates import DEAL, DEMAND, Access, Demand, GateRefused, IllegalMove

FULL = Demand("court_order", has_paper=True, persons=1, categories=("name",))
STATES = sorted(state for state in DEMAND if state)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@given(st.lists(st.sampled_from([*STATES, "urgent"]), max_size=12))
def test_no_walk_reaches_a_hand_over_without_an_approval_or_an_urgent_word(wanted):
    state, walked, urgent = gates.next_state(DEMAND, None, gates.DRAFT), [gates.DRAFT], False
    for step in wanted:
        to = gates.HANDED_OVER if step == "urgent" else step
        try:
            state = gates.next_state(DEMAND, state, to, urgent=step == "urgent")
        except IllegalMove as refusal:
            assert "Nothing was changed" in str(refusal)
            continue
        urgent = urgent or (step == "urgent" and walked[-1] == gates.DRAFT)
        walked.append(state)
    assert len(set(walked)) == len(walked)
    if gates.HANDED_OVER in walked:
        assert urgent or walked[:3] == [gates.DRAFT, gates.SUBMITTED, gates.APPROVED]
        assert gates.REFUSED not in walked
    if gates.CLOSED in walked:
        assert walked[-1] == gates.CLOSED and walked[-2] in (gates.HANDED_OVER, gates.REFUSED)


@given(st.lists(st.sampled_from(sorted(state for state in DEAL if state)), max_size=10))
def test_no_walk_of_a_deal_closes_what_nobody_decided(wanted):
    walked = [gates.DRAFT]
    for to in wanted:
        if gates.may_move(DEAL, walked[-1], to):
            walked.append(to)
    assert len(set(walked)) == len(walked)
    if gates.CLOSED in walked:
        assert walked[-2] in (gates.APPROVED, gates.REFUSED)
    if gates.APPROVED in walked:
        assert walked[1] == gates.SUBMITTED and gates.REFUSED not in walked


def test_life_and_death_goes_from_the_draft_alone_and_in_a_demand_alone():
    assert gates.may_move(DEMAND, gates.DRAFT, gates.HANDED_OVER, urgent=True)
    assert not gates.may_move(DEMAND, gates.DRAFT, gates.HANDED_OVER)
    assert not gates.may_move(DEMAND, gates.SUBMITTED, gates.HANDED_OVER, urgent=True)
    assert not gates.may_move(DEAL, gates.DRAFT, gates.HANDED_OVER, urgent=True)
    with pytest.raises(IllegalMove, match="cannot become"):
        gates.next_state(DEAL, None, gates.APPROVED)


def test_an_order_on_paper_for_named_persons_and_categories_lacks_nothing():
    assert gates.missing_in_demand(FULL) == []
    assert gates.missing_in_demand(replace(FULL, instrument="production_order", section="§ 210")) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"instrument": "letter"}, "binds nobody"),
        ({"instrument": "phone"}, "binds nobody"),
        ({"has_paper": False}, "paper"),
        ({"instrument": "production_order"}, "section"),
        ({"instrument": "statutory_duty", "section": " "}, "section"),
        ({"persons": 0}, "Nobody"),
        ({"categories": ()}, "No category"),
        ({"categories": ("name", "credential")}, "Passwords"),
    ],
)
def test_each_thing_that_is_missing_has_a_sentence_of_its_own(change, word):
    found = gates.missing_in_demand(replace(FULL, **change))
    assert len(found) == 1 and word in found[0]


@pytest.mark.parametrize(
    ("change", "reason", "word"),
    [({}, " ", "in danger"), ({"persons": 0}, "x", "Nobody"), ({"categories": ()}, "x", "No category")],
)
def test_what_an_urgent_hand_over_lacks(change, reason, word):
    found = gates.missing_when_urgent(replace(FULL, **change), reason=reason)
    assert len(found) == 1 and word in found[0]


def test_at_once_goes_only_what_finds_or_reaches_somebody():
    urgent = replace(FULL, instrument="phone", has_paper=False, categories=gates.FEWEST)
    assert gates.missing_when_urgent(urgent, reason="a life") == []
    wider = replace(urgent, categories=(*gates.FEWEST, "purchase"))
    assert "At once goes only" in gates.missing_when_urgent(wider, reason="a life")[0]


@pytest.mark.parametrize(
    ("handed_over", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2027, 3, 24), date(2027, 3, 30)),
    ],
)
def test_the_review_is_due_on_the_next_norwegian_working_day(handed_over, due):
    assert gates.review_due(handed_over) == due


def test_a_gag_holds_through_its_day_and_not_the_day_after():
    day = date(2027, 1, 31)
    assert gates.is_kept_from_person(day, day)
    assert not gates.is_kept_from_person(day, day + timedelta(days=1))
    assert not gates.is_kept_from_person(None, day)


def test_what_a_deal_lacks():
    day = date(2027, 1, 1)
    facts = {"purpose": "sale", "classes": ["a"], "allowed": ["a", "b"], "ends_on": day, "day": day}
    assert gates.missing_in_deal(**facts) == []
    for change, word in [
        ({"purpose": " "}, "purpose"),
        ({"classes": []}, "Nothing is in the scope"),
        ({"classes": ["a", "c"]}, "consents do not travel"),
        ({"ends_on": day - timedelta(days=1)}, "last day"),
    ]:
        found = gates.missing_in_deal(**(facts | change))
        assert len(found) == 1 and word in found[0]


FIRST, LAST = date(2027, 2, 1), date(2027, 2, 28)
OPEN = Access(gates.APPROVED, FIRST, LAST, True, False, True, False)


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_an_outsider_may_look_on_the_first_and_on_the_last_day(day):
    assert gates.why_no_access(OPEN, day) == ""


@pytest.mark.parametrize(
    ("change", "day", "word"),
    [
        ({}, FIRST - timedelta(days=1), "not begun"),
        ({}, LAST + timedelta(days=1), "ended"),
        ({"state": gates.CLOSED}, FIRST, "ended"),
        ({"state": gates.REFUSED}, FIRST, "ended"),
        ({"state": gates.DRAFT}, FIRST, "not been approved"),
        ({"state": gates.SUBMITTED}, FIRST, "not been approved"),
        ({"is_revoked": True}, FIRST, "ended"),
        ({"has_statement": False}, FIRST, "statement"),
        ({"is_withdrawn": True}, FIRST, "statement"),
        ({"is_granted": False}, FIRST, "not been given"),
    ],
)
def test_an_outsider_may_not_look_otherwise(change, day, word):
    assert word in gates.why_no_access(replace(OPEN, **change), day)


def test_a_refusal_of_a_move_is_a_refusal_of_the_gate():
    assert issubclass(IllegalMove, GateRefused)
