"""The rules of hiring: which stage follows which, and how long an application is kept. Pure functions."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from careers.models.application import DECIDED, State

KEEP_MONTHS = 6
POOL_MONTHS = 12

# Nobody goes backwards, and nothing but a named person's own act leads to a decision (L17).
_MOVES = {
    State.SUBMITTED: (State.SCREENING, State.INTERVIEW, State.REJECTED),
    State.SCREENING: (State.INTERVIEW, State.OFFER, State.REJECTED),
    State.INTERVIEW: (State.OFFER, State.REJECTED),
    State.OFFER: (State.HIRED, State.REJECTED),
}


def moves_from(state: str) -> tuple[State, ...]:
    """The stages staff may move an application to; none once it is decided or withdrawn."""
    return _MOVES.get(State(state), ())


def is_decision(state: str) -> bool:
    """Whether reaching this stage ends the process and starts the six months."""
    return state in DECIDED


def clock_start(*, closing_day: date, submitted_on: date) -> date:
    """The day an undecided application's time counts from: when the vacancy closes, and never before it was sent."""
    return max(closing_day, submitted_on)


def kept_until(clock_from: date) -> date:
    """The last day an application is kept: 31 August + 6 months is 28 February."""
    return clock_from + relativedelta(months=KEEP_MONTHS)


def deleted_on(clock_from: date) -> date:
    """The first day it is gone."""
    return kept_until(clock_from) + timedelta(days=1)
