"""Which stage follows which, and how long applications are kept."""

from datetime import date, timedelta

import pytest

from careers.models import State, Step
from careers.rules import stages
from careers.rules.clocks import application_until
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


@pytest.mark.parametrize("start", [date(2026, 3, 10), date(2026, 8, 31), date(2027, 8, 31), date(2026, 12, 31)])
def test_the_day_we_tell_is_the_day_the_engine_erases(start):
    told = application_until(start, months=stages.KEEP_MONTHS)
    assert told == engine_kept_until(start, months=stages.KEEP_MONTHS)
    assert not is_due(start, told, months=6) and is_due(start, told + timedelta(days=1), months=6)


def test_every_step_belongs_to_one_state_and_every_state_has_a_step():
    listed = [step for steps in stages.STEPS.values() for step in steps]
    assert sorted(listed) == sorted(Step) and len(listed) == len(set(listed))
    assert set(stages.STEPS) == set(State) and all(stages.STEPS.values())
    assert set(stages.ON_BOARD) == set(Step) - {"withdrawn"}


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("new", "submitted"),
        ("read", "screening"),
        ("shortlist", "screening"),
        ("reserve", "screening"),
        ("interview_1", "interview"),
        ("interview_2", "interview"),
        ("references", "interview"),
        ("offer_made", "offer"),
        ("offer_accepted", "offer"),
        ("hired", "hired"),
        ("rejected", "rejected"),
        ("withdrawn", "withdrawn"),
    ],
)
def test_the_public_state_of_a_step(step, state):
    assert stages.state_of(step) == state and stages.step_of(step) == step


@pytest.mark.parametrize(
    ("state", "first"),
    [("submitted", "new"), ("screening", "read"), ("interview", "interview_1"), ("offer", "offer_made")],
)
def test_a_state_alone_means_its_first_step(state, first):
    assert stages.step_of(state) == first


def test_what_is_no_step_is_an_error():
    with pytest.raises(ValueError, match="promoted"):
        stages.step_of("promoted")


@pytest.mark.parametrize(
    ("step", "onward"),
    [
        ("new", "read shortlist reserve interview_1 interview_2 references rejected"),
        ("shortlist", "read reserve interview_1 interview_2 references offer_made offer_accepted rejected"),
        ("references", "interview_1 interview_2 offer_made offer_accepted rejected"),
        ("offer_made", "offer_accepted hired rejected"),
        ("hired", ""),
        ("rejected", ""),
        ("withdrawn", ""),
    ],
)
def test_steps_move_both_ways_inside_a_state_and_forward_between_states(step, onward):
    assert list(stages.steps_from(step)) == onward.split()


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        ("submitted", "screening", False),
        ("screening", "screening", False),
        ("interview", "interview", False),
        ("submitted", "interview", True),
        ("screening", "offer", True),
        ("interview", "rejected", True),
        ("offer", "hired", True),
    ],
)
def test_the_applicant_is_written_to_when_the_public_state_changes(before, after, is_told):
    assert stages.tells(before, after) is is_told


def test_nobody_with_an_offer_is_refused_in_a_batch():
    assert {stages.state_of(step) for step in stages.REFUSED_AT_ONCE} == {"submitted", "screening", "interview"}
