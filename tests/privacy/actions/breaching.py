"""A breach at the wanted place of its life."""

from datetime import timedelta

from django.utils import timezone

from privacy.actions import breach_decisions, breach_messages, breaches
from privacy.actions.jobs import run_jobs

WHAT = "A list lay open on the old server for a weekend."


def opened(*, by=None, hours=1, **scope):
    """Registered, known for so many hours."""
    said = {"types": ["confidentiality"], "description": WHAT, "classes": ["toy.Guest"]} | scope
    return breaches.open_breach(aware_at=timezone.now() - timedelta(hours=hours), by=by, **said)


def confirmed(*, risk="risk", by=None, **scope):
    """Assessed and confirmed: whom it touched is stored."""
    breach = opened(by=by, **scope)
    breaches.assess_breach(breach, by=by)
    return breaches.confirm_breach(breach, risk=risk, by=by)


def notified(*, risk="high", by=None, **scope):
    """The authority has been told; consequences and measures are written."""
    more = {"consequences": "Somebody may write to you in our name.", "measures": "The server is shut."}
    breach = confirmed(risk=risk, by=by, **more | scope)
    return breach_decisions.notify_authority(breach, at=timezone.now(), reference="26/1234", by=by)


def told(*, by=None, **scope):
    """Everybody has been written to."""
    breach = notified(by=by, **scope)
    breach_messages.tell_persons(breach, by=by)
    run_jobs()
    breach.refresh_from_db()
    return breach
