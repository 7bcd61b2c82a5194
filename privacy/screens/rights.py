"""Which rights follow from a basis, each with its address or with a sentence why not and what helps instead. Pure.

Buttons explain rather than hide (notice-map, section 5, last line): whoever looks for a right always finds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.declare import Activity, Basis
from privacy.models import SubjectRequest

Right = SubjectRequest.Right

# In the order people look for them: (right, term of the law, address, button, what it does in one sentence).
RIGHTS = (
    (
        Right.ACCESS,
        "A15",
        "privacy:copies",
        gettext_lazy("Download a copy"),
        gettext_lazy("Everything we hold about you in one file, to read and to keep."),
    ),
    (
        Right.CORRECTION,
        "A16",
        "privacy:correct-what",
        gettext_lazy("Correct something"),
        gettext_lazy("Change your own facts at once, or tell us what we have got wrong."),
    ),
    (
        Right.ERASURE,
        "A17",
        "privacy:erase",
        gettext_lazy("Delete my data"),
        gettext_lazy("You see first what goes, and what must stay until when."),
    ),
    (
        Right.RESTRICTION,
        "A18",
        "privacy:pause",
        gettext_lazy("Pause our use of it"),
        gettext_lazy("We keep it, and use it for nothing else until you are told."),
    ),
    (
        Right.OBJECTION,
        "A21",
        "privacy:object",
        gettext_lazy("Object to a use"),
        gettext_lazy("What rests on our interest stops at once; marketing stops for good."),
    ),
    (
        Right.WITHDRAWAL,
        "A7-3",
        "privacy:consents",
        gettext_lazy("Withdraw a consent"),
        gettext_lazy("As easy as giving it: one press, and we stop."),
    ),
    (
        Right.PORTABILITY,
        "A20",
        "privacy:copies",
        gettext_lazy("Take it elsewhere"),
        gettext_lazy("The same file holds your data in a form that other systems read."),
    ),
    (
        Right.NO_AUTOMATED_DECISION,
        "A22",
        "privacy:no-machine",
        gettext_lazy("No decision by a machine"),
        gettext_lazy("A person decides. You can have that in writing, or have somebody look at a decision again."),
    ),
)


@dataclass(frozen=True)
class Offer:
    """One right: its button, where it starts, and ``why`` it does not apply here, empty where it does."""

    right: str
    title: str
    what: str
    url: str
    why: str = ""


def all_rights() -> list[Offer]:
    """Every right with the page it starts on."""
    return [Offer(right, str(title), str(what), _address(right, name)) for right, _term, name, title, what in RIGHTS]


def offers(activity: Activity) -> list[Offer]:
    """Every right as it stands for one activity."""
    follow = activity.basis.rights
    return [
        Offer(
            right,
            str(title),
            str(what),
            _address(right, name, activity),
            "" if term in follow else why_not(right, activity),
        )
        for right, term, name, title, what in RIGHTS
    ]


def _address(right, name: str, activity: Activity | None = None) -> str:
    address = reverse(name)
    if right == Right.PORTABILITY:
        return f"{address}?for=portability"
    if right in (Right.OBJECTION, Right.CORRECTION) and activity is not None:
        return f"{address}#{activity.code}"
    return address


def why_not(right: str, activity: Activity) -> str:
    """Why this right does not follow from the basis of an activity, and what the person can do instead."""
    if right == Right.PORTABILITY:
        return _(
            "The right to take data elsewhere covers what you gave us with a yes or for a contract. Your copy has this "
            "too, in a form that machines read."
        )
    if right == Right.WITHDRAWAL:
        return _no_consent(activity)
    if right == Right.OBJECTION:
        return _no_objection(activity)
    return _bound_by_law(right, {"law": activity.law})


def _bound_by_law(right: str, law: dict) -> str:
    if right == Right.ERASURE:
        return (
            _(
                "We may not delete this as long as the law requires it (%(law)s). It goes by itself on its last day; "
                "until then you can have it corrected or its use paused."
            )
            % law
        )
    return _("Nothing is decided here: we keep what the law requires (%(law)s). You can have it corrected.") % law


def _no_consent(activity: Activity) -> str:
    if activity.basis is Basis.LEGITIMATE_INTEREST:
        return _("This does not rest on a yes of yours, so there is none to take back. You can object instead.")
    if activity.basis is Basis.LEGAL_DUTY:
        return _("This does not rest on a yes of yours but on a law. You can have it corrected or its use paused.")
    return _("This rests on what we agreed, not on a separate yes. You can have it corrected, paused or deleted.")


def _no_objection(activity: Activity) -> str:
    if activity.basis is Basis.CONSENT:
        return _("You need not object: take your yes back, and we stop.")
    if activity.basis is Basis.LEGAL_DUTY:
        return _("A law requires this, so that an objection could change nothing. You can have wrong facts corrected.")
    return _("This rests on what we agreed with you. You can have it corrected, paused or deleted.")
