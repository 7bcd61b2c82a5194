"""Stages in the words an applicant reads: true, and without the office's own names for them."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from careers import kept
from careers.models import State
from privacy.queries import day_text, held_by

_PUBLIC = {
    State.SUBMITTED: (_("Received"), "info"),
    State.SCREENING: (_("Being read"), "info"),
    State.INTERVIEW: (_("Interview"), "wait"),
    State.OFFER: (_("Offer"), "good"),
    State.HIRED: (_("Hired"), "good"),
    State.REJECTED: (_("Not selected"), "plain"),
}
_NEXT = {
    State.SCREENING: _("We are reading the applications and write to everyone."),
    State.INTERVIEW: _("We contact you to agree on a time."),
    State.OFFER: _("We contact you about the offer."),
    State.HIRED: _("Welcome! Your manager contacts you about the start."),
    State.REJECTED: _("You need to do nothing. You can have it deleted now if you like."),
}


def public_state(state: str):
    """The stage in public words."""
    return _PUBLIC[State(state)][0]


def chip_of(state: str) -> str:
    """Which kind of chip shows the stage."""
    return _PUBLIC[State(state)][1]


def what_next(row, *, closes_on, day) -> str:
    """What happens next and by when. `closes_on` is the last day one can apply, or None where nobody knows it now."""
    if row.state == State.HIRED and row.starts_on is not None:
        return _now("Your first day at work is %(day)s.") % {"day": day_text(row.starts_on)}
    if row.state != State.SUBMITTED:
        return str(_NEXT[State(row.state)])
    if closes_on is None or closes_on < day:
        return _now("The deadline has passed. We are about to read the applications and write to everyone.")
    return _now("One can apply until %(day)s. Then we read all applications and write to everyone.") % {
        "day": day_text(closes_on)
    }


def why_deleted(row, *, day) -> str:
    """Why an application goes on the day it does, and what could move that day."""
    said = {"period": kept.period(), "clock": day_text(row.clock_from)}
    if row.moved_on is not None:
        why = _now("Your application was moved to your personnel file on %(moved)s. We delete it here 30 days later.")
        return why % {"moved": day_text(row.moved_on)}
    if row.state == State.HIRED:
        return (
            _now(
                "%(period)s after the decision of %(clock)s, or 30 days after it has been moved to your personnel "
                "file, whichever comes first."
            )
            % said
        )
    if row.state == State.REJECTED:
        return _now("%(period)s after the decision of %(clock)s, in case you want to question it.") % said
    return (
        _now(
            "%(period)s after the deadline of %(clock)s, if nothing is decided. When we decide, the time counts "
            "from the day of the decision."
        )
        % said
    )


def kept_longer(row, *, day) -> str:
    """What keeps an application beyond its day, in a sentence; empty when nothing does."""
    hold = held_by(row, day=day)
    if hold is None:
        return ""
    said = {"reason": hold.reason, "law": hold.law, "until": day_text(hold.until) if hold.until else ""}
    if hold.until is None:
        return _now("It stays longer, as long as this lasts: %(reason)s (%(law)s).") % said
    return _now("It stays until %(until)s: %(reason)s (%(law)s).") % said
