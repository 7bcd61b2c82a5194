"""What data may be used for: every hand-over, export and report names an activity (L44, GDPR Art 5(1)(b), 6(4))."""

from __future__ import annotations

from django.utils.translation import gettext as _

from privacy import registry, words
from privacy.declare import Activity, Basis
from privacy.reach import Declaration


class WrongPurpose(Exception):
    """Data was not collected for this. The message is a sentence for people."""


def purpose_allows(declaration: Declaration, activity: str) -> bool:
    """Whether rows of this class may serve this activity.

    They may serve their own activity, those it names as compatible (`Activity.also`), what a law demands of us
    whatever the class, and what has a gate of its own. An unknown activity is no purpose.
    """
    asked = next((each for each in registry.activities() if each.code == activity), None)
    if asked is None:
        return False
    own = declaration.activity
    return asked is own or activity in own.also or asked.of_any or asked.basis is Basis.LEGAL_DUTY


def require_purpose(declaration: Declaration, activity: str) -> None:
    """Raise WrongPurpose with a sentence unless `purpose_allows`."""
    if not activity:
        raise WrongPurpose(_("Say what it is for. Nothing was made."))
    if not purpose_allows(declaration, activity):
        facts = {"data": declaration.title, "purpose": words.activity_title(activity)}
        raise WrongPurpose(_("%(data)s: not collected for “%(purpose)s”, so nothing was made.") % facts)


def purposes_for(declaration: Declaration) -> list[Activity]:
    """The activities rows of this class may serve, their own first."""
    allowed = [each for each in registry.activities() if purpose_allows(declaration, each.code)]
    return sorted(allowed, key=lambda each: each is not declaration.activity)
