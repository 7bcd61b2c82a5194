"""The life of one breach: which moves are legal, what the clock asks for, and what may be written (Art 33, 34; L35)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.no import fodselsnummer

from privacy.rules.retention import kept_until

DETECTED = "detected"
ASSESSING = "assessing"
NOT_A_BREACH = "not_a_breach"
CONFIRMED = "confirmed"
AUTHORITY_NOTIFIED = "authority_notified"
NOT_NOTIFIABLE = "not_notifiable"
SUBJECTS_NOTIFIED = "subjects_notified"
NOT_REQUIRED = "not_required"
CLOSED = "closed"

# Events that move no state.
SUPPLEMENT = "supplement"
DESCRIBED = "described"
COUNTED = "counted"
PAPER = "paper"
TELLING = "telling"
DUE_24 = "due_24"
DUE_6 = "due_6"
LATE = "late"

LABELS = {
    DETECTED: _("detected"),
    ASSESSING: _("being assessed"),
    NOT_A_BREACH: _("not a breach"),
    CONFIRMED: _("confirmed"),
    AUTHORITY_NOTIFIED: _("authority notified"),
    NOT_NOTIFIABLE: _("need not be notified"),
    SUBJECTS_NOTIFIED: _("persons told"),
    NOT_REQUIRED: _("persons need not be told"),
    CLOSED: _("closed"),
}
EVENT_LABELS = LABELS | {
    SUPPLEMENT: _("supplement sent to the authority"),
    DESCRIBED: _("described anew"),
    COUNTED: _("whom it touched was computed"),
    PAPER: _("a paper was filed"),
    TELLING: _("messages to persons were ordered"),
    DUE_24: _("the office was told: 24 hours left"),
    DUE_6: _("the office was told: 6 hours left"),
    LATE: _("the office was told: late"),
}
STATES = tuple(LABELS)
MOVES = {
    None: frozenset({DETECTED}),
    DETECTED: frozenset({ASSESSING}),
    ASSESSING: frozenset({NOT_A_BREACH, CONFIRMED}),
    NOT_A_BREACH: frozenset({CLOSED}),
    CONFIRMED: frozenset({AUTHORITY_NOTIFIED, NOT_NOTIFIABLE}),
    AUTHORITY_NOTIFIED: frozenset({SUBJECTS_NOTIFIED, NOT_REQUIRED}),
    # What looked harmless may turn out not to be: the authority can still be notified.
    NOT_NOTIFIABLE: frozenset({AUTHORITY_NOTIFIED, SUBJECTS_NOTIFIED, NOT_REQUIRED}),
    SUBJECTS_NOTIFIED: frozenset({CLOSED}),
    NOT_REQUIRED: frozenset({CLOSED}),
    CLOSED: frozenset(),
}
# While the authority has no answer from us the 72 hours run.
CLOCK_RUNS = frozenset({DETECTED, ASSESSING, CONFIRMED})

UNLIKELY, RISK, HIGH = "unlikely", "risk", "high"
# Article 34(3): the only reasons for not telling persons although the risk to them is high.
NOT_TOLD_ALTHOUGH_HIGH = {
    "unintelligible": _("what was reached cannot be read by anybody, encrypted for instance (Art 34(3)(a))"),
    "risk_gone": _("what was done since makes a high risk unlikely (Art 34(3)(b))"),
    "disproportionate": _("telling each would be out of proportion; a public notice was given (Art 34(3)(c))"),
}
NOT_HIGH = "not_high"
NOT_TOLD = NOT_TOLD_ALTHOUGH_HIGH | {NOT_HIGH: _("the risk to them is not high (Art 34(1))")}

KEEP_MONTHS = 60
_REMINDERS = ((timedelta(0), LATE), (timedelta(hours=6), DUE_6), (timedelta(hours=24), DUE_24))

# Digits with single spaces, dots or hyphens between them, as people write long numbers.
_DIGITS = re.compile(r"(?<!\d)\d(?:[ .\-\u00a0]?\d){10,18}(?!\d)")
_ADDRESS = re.compile(r"[^\s@<>,;:()]+@[^\s@<>,;:()]+\.[A-Za-z]{2,}")
_CARD_LENGTHS = range(13, 20)


class IllegalMove(Exception):
    """The breach cannot go from its state to the one asked for. The message is a sentence for people."""


def may_move(state: str | None, to: str) -> bool:
    """Whether a breach in ``state`` (None: not yet registered) may become ``to``."""
    return to in MOVES[state]


def next_state(state: str | None, to: str) -> str:
    """``to``, when the breach may go there from ``state``; IllegalMove otherwise."""
    if not may_move(state, to):
        raise IllegalMove(
            gettext("A breach that is “%(state)s” cannot become “%(to)s” now. Nothing was changed.")
            % {"state": LABELS.get(state, state), "to": LABELS.get(to, to)}
        )
    return to


def is_late(due_at: datetime, at: datetime) -> bool:
    """Whether ``at`` lies after the 72 hours; the last moment itself is in time."""
    return at > due_at


def hours_left(due_at: datetime, now: datetime) -> int:
    """Whole elapsed hours until the last moment, rounded down; negative when it has passed."""
    return int((due_at - now).total_seconds() // 3600)


def reminder_owed(due_at: datetime, now: datetime, *, told: set[str]) -> str | None:
    """The most urgent mail that is owed now and has not gone: LATE, DUE_6 or DUE_24; each once, and none after it."""
    for before, kind in _REMINDERS:
        if now > due_at - before if kind == LATE else now >= due_at - before:
            return None if kind in told else kind
    return None


def reminder_moments(due_at: datetime) -> list[datetime]:
    """When to look again whether somebody must be told: 24 and 6 hours before, and just after."""
    return [due_at - timedelta(hours=24), due_at - timedelta(hours=6), due_at + timedelta(seconds=1)]


def reasons_not_to_tell(risk: str) -> dict:
    """The reasons the law knows for not telling persons, at this risk."""
    return NOT_TOLD_ALTHOUGH_HIGH if risk == HIGH else NOT_TOLD


def words_end_on(closed_on: date) -> date:
    """The last day on which the register keeps the words and the persons of a closed breach."""
    return kept_until(closed_on, months=KEEP_MONTHS)


def mask(text: str) -> str:
    """The text with card numbers, national identity numbers and e-mail addresses taken out; the rest as written."""
    return _DIGITS.sub(_mask_number, _ADDRESS.sub("***", text)).strip()


def _mask_number(found: re.Match) -> str:
    digits = re.sub(r"\D", "", found.group())
    is_card = len(digits) in _CARD_LENGTHS and luhn.is_valid(digits)
    return "****" if is_card or _is_national_number(digits) else found.group()


def _is_national_number(digits: str) -> bool:
    # Birth numbers, D-numbers and test numbers alike: both check digits are right.
    if len(digits) != 11:
        return False
    first, second = fodselsnummer.calc_check_digit1(digits), fodselsnummer.calc_check_digit2(digits)
    return digits[9:] == f"{first}{second}"
