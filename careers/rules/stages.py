"""The rules of hiring: which stage follows which, and how long an application is kept. Pure functions.

A **state** is public: the applicant reads it. A **step** is the hiring team's own and belongs to exactly one state.
"""

from careers.models.application import DECIDED, State, Step

KEEP_MONTHS = 6

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


# The closed list: every step, in the order of the board, below the public state it belongs to.
STEPS = {
    State.SUBMITTED: (Step.NEW,),
    State.SCREENING: (Step.READ, Step.SHORTLIST, Step.RESERVE),
    State.INTERVIEW: (Step.FIRST_INTERVIEW, Step.SECOND_INTERVIEW, Step.REFERENCES),
    State.OFFER: (Step.OFFER_MADE, Step.OFFER_ACCEPTED),
    State.HIRED: (Step.HIRED,),
    State.REJECTED: (Step.REJECTED,),
    State.WITHDRAWN: (Step.WITHDRAWN,),
}
_STATE_OF = {step: state for state, steps in STEPS.items() for step in steps}
# What stands on a board: an application that was withdrawn is nobody's to read.
ON_BOARD = tuple(step for step in _STATE_OF if step != Step.WITHDRAWN)
# Whoever has an offer is refused one at a time, by somebody who has the application before them.
REFUSED_AT_ONCE = tuple(
    step for step, state in _STATE_OF.items() if state in (State.SUBMITTED, State.SCREENING, State.INTERVIEW)
)


def state_of(step: str) -> State:
    """The public state a step belongs to."""
    return _STATE_OF[Step(step)]


def step_of(to: str) -> Step:
    """The step that is meant: itself, or the first one of a public state. ValueError for neither."""
    return Step(to) if to in Step.values else STEPS[State(to)][0]


def steps_from(step: str) -> tuple[Step, ...]:
    """Where staff may move an application to: the other steps of its state both ways, and all of the states ahead."""
    state = state_of(step)
    if state not in _MOVES:
        return ()
    beside = [each for each in STEPS[state] if each != step]
    return (*beside, *(each for ahead in _MOVES[state] for each in STEPS[ahead]))


def tells(before: str, after: str) -> bool:
    """Whether the applicant is written to: the public state changes, and to more than that somebody reads by now."""
    return before != after and after != State.SCREENING


def is_decision(state: str) -> bool:
    """Whether reaching this stage ends the process and starts the six months."""
    return state in DECIDED
