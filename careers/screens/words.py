"""Stages in the words an applicant reads: true, and without the office's own names for them."""

from django.utils.translation import gettext_lazy as _

from careers.models import State

_PUBLIC = {
    State.SUBMITTED: (_("Received"), "info", _("We read all applications when the deadline has passed.")),
    State.SCREENING: (_("Being read"), "info", _("We are reading the applications and write to everyone.")),
    State.INTERVIEW: (_("Interview"), "wait", _("We contact you to agree on a time.")),
    State.OFFER: (_("Offer"), "good", _("We contact you about the offer.")),
    State.HIRED: (_("Hired"), "good", _("Welcome! Your manager contacts you about the start.")),
    State.REJECTED: (
        _("Not selected"),
        "plain",
        _("You need to do nothing. You can have it erased now if you like."),
    ),
}


def public_state(state: str):
    """The stage in public words."""
    return _PUBLIC[State(state)][0]


def chip_of(state: str) -> str:
    """Which kind of chip shows the stage."""
    return _PUBLIC[State(state)][1]


def what_next(state: str):
    """One sentence on what happens next."""
    return _PUBLIC[State(state)][2]
