"""Proof that nothing was changed behind our back: trail, evidence, projections (T33, L18)."""

from __future__ import annotations

from django.db.models import Prefetch

from privacy.actions.consent import digest_of as consent_digest
from privacy.actions.request_case import projected
from privacy.actions.verify_trail import Findings, check_trail
from privacy.models import (
    ConsentEvent,
    ConsentState,
    ConsentText,
    RequestEvent,
    SubjectRequest,
)
from privacy.rules import requests


def verify() -> list[str]:
    """Every problem found, each a sentence that names the first bad row; an empty list means all is well."""
    return check().problems


def check() -> Findings:
    """The trail, then consents, wordings and requests against their events; with remarks about what is no problem."""
    found = check_trail()
    found.problems += [*_consents(), *_wordings(), *_projections(), *_requests()]
    return found


def _consents() -> list[str]:
    for event in ConsentEvent.objects.order_by("at", "pk").iterator(chunk_size=2000):
        if consent_digest(event) != event.digest:
            return [f"Consent event {event.pk} was changed after it was written."]
    return []


def _wordings() -> list[str]:
    for text in ConsentText.objects.order_by("pk"):
        agreed = text.events.exclude(text_sha256=text.fingerprint())
        if text.sha256 != text.fingerprint() or agreed.exists():
            return [f"Consent wording {text.pk} is not what was shown."]
    return []


def _projections() -> list[str]:
    problems = []
    for state in ConsentState.objects.select_related("event").iterator(chunk_size=2000):
        newest = (
            ConsentEvent.objects.filter(subject_id=state.subject_id, purpose=state.purpose, about=state.about)
            .order_by("-at", "-pk")
            .first()
        )
        if newest is None or newest.pk != state.event_id or newest.kind != state.state:
            problems.append(f"Consent {state.pk} does not follow from its events.")
    return problems


def _requests() -> list[str]:
    in_order = Prefetch("events", queryset=RequestEvent.objects.order_by("at", "pk"))
    found = SubjectRequest.objects.order_by("number").prefetch_related(in_order)
    return [
        f"Request {request.number} does not follow from its events."
        for request in found.iterator(chunk_size=500)
        if not _follows(request)
    ]


def _follows(request: SubjectRequest) -> bool:
    try:
        now = requests.project(request.events.all())
    except requests.IllegalMove:
        return False
    expected = projected(now) | {"received_on": now.received_on}
    return all(getattr(request, name) == value for name, value in expected.items())
