"""The life of one request of a person: which moves are legal, what its events add up to, and what is due (L1 to L7).

Everything a case says about itself (state, dates, outcome) follows from its events, in order: `project`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy.rules import deadlines
from privacy.rules.request_reasons import EXTENSIONS as EXTENSIONS
from privacy.rules.request_reasons import NEEDS_APPROVAL as NEEDS_APPROVAL
from privacy.rules.request_reasons import REFUSALS as REFUSALS
from privacy.rules.request_reasons import reason_label as reason_label

RECEIVED = "received"
ACKNOWLEDGED = "acknowledged"
IDENTITY_PENDING = "identity_pending"
CLARIFICATION_PENDING = "clarification_pending"
IN_PROGRESS = "in_progress"
EXTENDED = "extended"
FULFILLED = "fulfilled"
PARTLY_FULFILLED = "partly_fulfilled"
REFUSED = "refused"
UNIDENTIFIABLE = "unidentifiable"
WITHDRAWN = "withdrawn_by_subject"
REOPENED = "reopened"
CLOSED = "closed"

# Events that move no state.
QUESTION_ASKED = "question_asked"
QUESTION_ANSWERED = "question_answered"
IDENTITY_PROVED = "identity_proved"
MATCHED = "matched"
REMINDED = "reminded"
ESCALATED = "escalated"
LETTER_PRINTED = "letter_printed"
REFUSAL_PROPOSED = "refusal_proposed"
REFUSAL_APPROVED = "refusal_approved"

LABELS = {
    RECEIVED: _("received"),
    ACKNOWLEDGED: _("receipt confirmed"),
    IDENTITY_PENDING: _("waiting to know who you are"),
    CLARIFICATION_PENDING: _("waiting for your answer"),
    IN_PROGRESS: _("being worked on"),
    EXTENDED: _("being worked on, with more time"),
    FULFILLED: _("done"),
    PARTLY_FULFILLED: _("done in part"),
    REFUSED: _("turned down"),
    UNIDENTIFIABLE: _("we cannot tell which data is yours"),
    WITHDRAWN: _("taken back"),
    REOPENED: _("opened again"),
    CLOSED: _("closed"),
}
EVENT_LABELS = LABELS | {
    QUESTION_ASKED: _("a question was asked"),
    QUESTION_ANSWERED: _("the question was answered"),
    IDENTITY_PROVED: _("it was made sure who you are"),
    MATCHED: _("recognised as yours"),
    REMINDED: _("the office was reminded"),
    ESCALATED: _("the office was told that it is late"),
    LETTER_PRINTED: _("a letter was printed"),
    REFUSAL_PROPOSED: _("a refusal was put before a colleague"),
    REFUSAL_APPROVED: _("a colleague approved the refusal"),
}
STATES = tuple(LABELS)
PENDING = frozenset({IDENTITY_PENDING, CLARIFICATION_PENDING})
OPEN = frozenset({RECEIVED, ACKNOWLEDGED, IN_PROGRESS, EXTENDED, REOPENED}) | PENDING
ANSWERED = frozenset({FULFILLED, PARTLY_FULFILLED, REFUSED, UNIDENTIFIABLE, WITHDRAWN})
MAY_REOPEN = frozenset({REFUSED, UNIDENTIFIABLE})
# Answers that leave something undone say how to complain and that there are courts (Art 12(4), L3).
WITH_REMEDIES = frozenset({REFUSED, PARTLY_FULFILLED, UNIDENTIFIABLE})

_WORKED_ON = frozenset({IN_PROGRESS, EXTENDED}) | PENDING
_MOVES = {
    None: frozenset({RECEIVED}),
    RECEIVED: frozenset({ACKNOWLEDGED}),
    ACKNOWLEDGED: ANSWERED | {IN_PROGRESS},
    IN_PROGRESS: ANSWERED | PENDING | {EXTENDED},
    IDENTITY_PENDING: ANSWERED | {IN_PROGRESS, EXTENDED},
    CLARIFICATION_PENDING: ANSWERED | {IN_PROGRESS, EXTENDED},
    EXTENDED: ANSWERED | PENDING,
    REOPENED: frozenset({IN_PROGRESS}),
    CLOSED: frozenset({REOPENED}),
} | {state: frozenset({CLOSED, REOPENED} if state in MAY_REOPEN else {CLOSED}) for state in ANSWERED}
# The one step that leads on from where nothing else may be done yet.
_FORWARD = {RECEIVED: ACKNOWLEDGED, ACKNOWLEDGED: IN_PROGRESS, REOPENED: IN_PROGRESS}

# Who must act next, for the lists of the office and of the person.
OFFICE, PERSON, NOBODY = "office", "person", "nobody"

REMIND_AT = (2, 7, 14)


class IllegalMove(Exception):
    """The case cannot go from its state to the one asked for. The message is a sentence for people."""


class Event(Protocol):
    """What `project` reads of an event, whether it is a row or a plain one."""

    kind: str
    on: date
    reason_code: str


@dataclass(frozen=True)
class Projection:
    """What the events of a case add up to. ``question_on`` is the day of a question that still waits for its answer."""

    state: str | None = None
    received_on: date | None = None
    due_on: date | None = None
    extended_due_on: date | None = None
    paused_due_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    reason_code: str = ""
    reminded_days: int | None = None
    question_on: date | None = None
    counted_from: date | None = None
    pauses: tuple[tuple[date, date], ...] = ()
    was_extended: bool = False


def may_move(state: str | None, to: str, *, outcome: str = "", was_extended: bool = False) -> bool:
    """Whether a case in ``state`` may go to ``to``. A closed one opens again by its outcome; more time only once."""
    more = date.max if was_extended else None
    return allows(Projection(state=state, outcome=outcome, was_extended=was_extended, extended_due_on=more), to)


def next_state(state: str | None, to: str, *, outcome: str = "", was_extended: bool = False) -> str:
    """``to``, when the case may go there from ``state``; IllegalMove otherwise."""
    if not may_move(state, to, outcome=outcome, was_extended=was_extended):
        raise IllegalMove(_refusal(state, to))
    return to


def allows(now: Projection, to: str) -> bool:
    """Whether a case that stands like this may go to ``to``."""
    if now.state == CLOSED and now.outcome not in MAY_REOPEN:
        return False
    if now.state in PENDING and to in (IN_PROGRESS, EXTENDED):
        # Back to where the question came from, or more time for the first time.
        return to == back_from_question(now) or (to == EXTENDED and not now.was_extended)
    if to == EXTENDED and now.was_extended:
        return False
    return to in _MOVES.get(now.state, frozenset())


def way(now: Projection, to: str) -> list[str]:
    """The states to pass through to reach ``to``, itself last: confirming receipt and taking up go without saying.

    IllegalMove when no such way leads there.
    """
    steps, current = [], now
    while not allows(current, to):
        if current.state not in _FORWARD:
            raise IllegalMove(_refusal(now.state, to))
        current = replace(current, state=_FORWARD[current.state])
        steps.append(current.state)
    return [*steps, to]


def waiting_proposal(events: Iterable[Event]) -> Event | None:
    """The refusal put before a colleague that none of these events, in order, has decided or overtaken."""
    waiting = None
    for event in events:
        if event.kind == REFUSAL_PROPOSED:
            waiting = event
        elif event.kind in ANSWERED:
            waiting = None
    return waiting


def back_from_question(now: Projection) -> str:
    """Where a case goes on when its question is answered: with the time it had."""
    return EXTENDED if now.extended_due_on else IN_PROGRESS


def who_waits(state: str) -> str:
    """Who must act next: the OFFICE, the PERSON, or NOBODY."""
    if state in PENDING:
        return PERSON
    return OFFICE if state in OPEN else NOBODY


def project(events: Iterable[Event]) -> Projection:
    """What these events, in order, add up to. IllegalMove when one of them could not follow the one before."""
    now = Projection()
    for event in events:
        now = follow(now, event)
    return now


def follow(now: Projection, event: Event) -> Projection:
    """The projection after one more event."""
    if event.kind in LABELS:
        if not allows(now, event.kind):
            raise IllegalMove(_refusal(now.state, event.kind))
        return _moved(now, event)
    if event.kind == QUESTION_ASKED:
        return replace(now, question_on=event.on)
    if event.kind == QUESTION_ANSWERED:
        pauses = (*now.pauses, (now.question_on or event.on, event.on))
        return _with_pauses(replace(now, question_on=None, pauses=pauses))
    if event.kind == REMINDED:
        return replace(now, reminded_days=int(event.reason_code))
    return now


def _moved(before: Projection, event: Event) -> Projection:
    now = replace(before, state=event.kind)
    if event.kind in (RECEIVED, REOPENED):
        return _counted_from(now, event)
    if event.kind == EXTENDED and not before.was_extended:
        more = deadlines.extended_due(before.counted_from)
        now = replace(now, extended_due_on=more, was_extended=True, reason_code=event.reason_code, reminded_days=None)
        return _with_pauses(now)
    if event.kind == IN_PROGRESS and before.state in PENDING:
        # Taken up again without an answer: nobody waited for the person, so it counts as no pause.
        return replace(now, question_on=None)
    if event.kind in ANSWERED:
        return replace(now, outcome=event.kind, answered_on=event.on, reason_code=event.reason_code, question_on=None)
    return replace(now, closed_on=event.on) if event.kind == CLOSED else now


def _counted_from(now: Projection, event: Event) -> Projection:
    """A case that arrives, or arrives again: a month is counted from that day; more time was only ever given once."""
    return Projection(
        state=now.state,
        received_on=now.received_on or event.on,
        counted_from=event.on,
        due_on=deadlines.due(event.on),
        was_extended=now.was_extended,
    )


def _with_pauses(now: Projection) -> Projection:
    if not now.pauses:
        return now
    months = deadlines.EXTENDED_MONTHS if now.extended_due_on else deadlines.ANSWER_MONTHS
    return replace(now, paused_due_on=deadlines.paused_due(now.counted_from, now.pauses, months=months))


def reminder_due(acts_by: date, day: date, *, reminded_days: int | None) -> int | None:
    """Which reminder (14, 7 or 2 days before) the office is owed on ``day``; None when it had it, or it is too early.

    A day on which nobody ran the clock is made up for: the nearest one counts. An overdue case is escalated instead.
    """
    left = (acts_by - day).days
    if left < 0:
        return None
    reached = [days for days in REMIND_AT if left <= days]
    if not reached or (reminded_days is not None and reminded_days <= reached[0]):
        return None
    return reached[0]


def is_overdue(acts_by: date, day: date) -> bool:
    """Whether the legal date has passed on ``day`` without an answer."""
    return day > acts_by


def outcome_of_erasure(right: str, *, by_person: bool) -> str:
    """How the erasure of everything answers another request that is open.

    Nothing is left to correct, pause or use. Who asked to see it and then has it deleted takes that request back; when
    the deletion was not theirs, it is done in part: they are told that nothing is left.
    """
    if right not in ("access", "portability"):
        return FULFILLED
    return WITHDRAWN if by_person else PARTLY_FULFILLED


def _refusal(state: str | None, to: str) -> str:
    wanted = LABELS.get(to, to)
    if state is None:
        return gettext("A request cannot begin as “%(wanted)s”.") % {"wanted": wanted}
    return gettext("A request that is “%(now)s” cannot become “%(wanted)s”. Nothing was changed.") % {
        "now": LABELS.get(state, state),
        "wanted": wanted,
    }
