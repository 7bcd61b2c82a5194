"""The life of one consent record (Art 7, L18, L21), after ISO/IEC TS 27560 and the DPV's consent states.

A record begins with nothing (`None`). A form that shows the question and takes the answer at once may begin with the
answer. Refused and ended records stay as they are: a new yes after an end starts a new record with
`next_state(None, GIVEN)`.
"""

from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ASKED = "asked"
GIVEN = "given"
REFUSED = "refused"
DEFERRED = "deferred"
RENEWED = "renewed"
WITHDRAWN = "withdrawn"
EXPIRED = "expired"
REVOKED = "revoked"
INVALIDATED = "invalidated"
UNKNOWN = "unknown"

LABELS = {
    ASKED: _("asked"),
    GIVEN: _("given"),
    REFUSED: _("declined"),
    DEFERRED: _("put off"),
    RENEWED: _("renewed"),
    WITHDRAWN: _("withdrawn"),
    EXPIRED: _("expired"),
    REVOKED: _("ended by us"),
    INVALIDATED: _("found invalid"),
    UNKNOWN: _("without proof"),
}
STATES = frozenset(LABELS)
VALID = frozenset({GIVEN, RENEWED})
ENDED = frozenset({REFUSED, WITHDRAWN, EXPIRED, REVOKED, INVALIDATED})
# What a new answer does not go on from: it begins a record of its own.
BEGINS_ANEW = ENDED | {UNKNOWN}
WITHDRAWABLE = VALID | {UNKNOWN}
# A reminder goes out this many days before the last valid day (L21).
REMIND_DAYS = 30

# What a new record may begin with after the one before it has ended.
BEGINNINGS = frozenset({ASKED, GIVEN, REFUSED})

_ANSWERS = frozenset({GIVEN, REFUSED, DEFERRED})
_ENDINGS = frozenset({WITHDRAWN, EXPIRED, REVOKED, INVALIDATED})
_MOVES = {
    None: _ANSWERS | {ASKED, UNKNOWN},
    ASKED: _ANSWERS,
    DEFERRED: _ANSWERS | {ASKED},
    GIVEN: _ENDINGS | {RENEWED},
    RENEWED: _ENDINGS | {RENEWED},
    # Taken over without proof: it allows nothing, and can only come to an end.
    UNKNOWN: _ENDINGS,
}


class IllegalMove(Exception):
    """The consent cannot go from its state to the one asked for. The message is a sentence for people."""


def next_state(state: str | None, event: str) -> str:
    """The state after `event`, which is named like it. IllegalMove when the record's state does not allow it."""
    if event not in STATES or event not in _MOVES.get(state, frozenset()):
        raise IllegalMove(_refusal(state, event))
    return event


def allows_use(state: str | None, valid_until: date | None, day: date) -> bool:
    """Whether data may be used on `day`: given or renewed, and not past its last valid day. `None`: no end was set."""
    return state in VALID and not _is_past(valid_until, day)


def has_expired(state: str | None, valid_until: date | None, day: date) -> bool:
    """Whether a given consent has run out by `day`. For a given consent this is always the opposite of `allows_use`."""
    return state in VALID and _is_past(valid_until, day)


def reminder_is_due(state: str | None, valid_until: date | None, reminded_on: date | None, day: date) -> bool:
    """Whether to remind on `day`: a yes that still stands, within 30 days of its last one, not reminded of before."""
    if reminded_on is not None or valid_until is None or not allows_use(state, valid_until, day):
        return False
    return valid_until - timedelta(days=REMIND_DAYS) <= day


def _is_past(valid_until: date | None, day: date) -> bool:
    return valid_until is not None and valid_until < day


def _refusal(state: str | None, event: str) -> str:
    wanted = LABELS.get(event, event)
    if state is None:
        return gettext("A consent cannot begin as “%(wanted)s”.") % {"wanted": wanted}
    return gettext("A consent that is “%(now)s” cannot become “%(wanted)s”.") % {
        "now": LABELS.get(state, state),
        "wanted": wanted,
    }
