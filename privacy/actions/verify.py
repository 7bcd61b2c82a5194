"""Proof that nothing was changed behind our back: trail, evidence, projections (T33, L18)."""

from __future__ import annotations

from django.db.models import Prefetch

from privacy.actions.consent import digest_of as consent_digest
from privacy.actions.request_case import projected
from privacy.actions.trail import GENESIS, checkpoint_message, digest_of, seal_digest
from privacy.models import (
    ConsentEvent,
    ConsentState,
    ConsentText,
    RequestEvent,
    SubjectRequest,
    TrailCheckpoint,
    TrailEntry,
    TrailSeal,
)
from privacy.rules import requests
from privacy.signing import is_signed, own_public_key


def verify() -> list[str]:
    """Every problem found, each a sentence that names the first bad row; an empty list means all is well."""
    return [*_entries(), *_seals(), *_checkpoints(), *_consents(), *_wordings(), *_projections(), *_requests()]


def _entries() -> list[str]:
    for entry in TrailEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if digest_of(entry) != entry.digest:
            return [f"Trail entry {entry.pk} was changed after it was written."]
    return []


def _seals() -> list[str]:
    previous, last_entry, expected = GENESIS, 0, 1
    for seal in TrailSeal.objects.order_by("number").iterator():
        problem = _seal(seal, previous, last_entry, expected)
        if problem:
            return [problem]
        previous, last_entry, expected = seal.digest, seal.last_entry, seal.number + 1
    return []


def _seal(seal, previous: str, last_entry: int, expected: int) -> str:
    if seal.number != expected or seal.previous != previous:
        return f"Seal {expected} is missing or does not follow the one before it."
    rows = TrailEntry.objects.filter(pk__gt=last_entry, pk__lte=seal.last_entry).order_by("pk")
    found = list(rows.values_list("pk", "digest"))
    digest, count = seal_digest(number=seal.number, previous=seal.previous, digests=(d for _, d in found))
    if count != seal.count:
        word = "missing" if count < seal.count else "added"
        return (
            f"Entries between {seal.first_entry} and {seal.last_entry} were {word}: {count} of {seal.count} are there."
        )
    if digest != seal.digest:
        return f"Entries between {seal.first_entry} and {seal.last_entry} were changed or reordered."
    return ""


def _checkpoints() -> list[str]:
    seals = {seal.number: seal for seal in TrailSeal.objects.all()}
    own = own_public_key()
    for point in TrailCheckpoint.objects.order_by("number"):
        message = checkpoint_message(point)
        if point.public_key != own or not is_signed(message, signature=point.signature, public_key=point.public_key):
            return [f"Checkpoint {point.number} is not signed by us."]
        seal = seals.get(point.number)
        if seal is None:
            return [
                f"The trail was cut: checkpoint {point.number} reaches entry {point.last_entry}, the trail does not."
            ]
        if seal.digest != point.digest:
            return [f"Seal {point.number} is not the one its checkpoint was made of."]
    return []


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
