"""Whatever somebody with a way into the database changes, `privacy_verify` finds it and names the place."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from privacy.actions import answer, give_consent, open_request, verify, withdraw_consent
from privacy.models import (
    ConsentEvent,
    ConsentState,
    ConsentText,
    RequestEvent,
    SubjectRequest,
    evidence,
)


@pytest.fixture
def unguarded():
    """The append-only triggers are gone, as for somebody who owns the database."""
    with connection.schema_editor() as editor:
        evidence.remove(apps, editor)


for_real = pytest.mark.django_db(transaction=True)


@for_real
def test_a_changed_consent_is_named(unguarded, kari, wording):
    event = give_consent(kari.subject, text=wording, method="form", by=None)
    assert verify() == []
    ConsentEvent.objects.filter(pk=event.pk).update(valid_until=event.valid_until + timedelta(days=365))
    assert verify() == [f"Consent event {event.pk} was changed after it was written."]


def test_a_state_that_does_not_follow_from_its_events_is_found(kari, ola, wording):
    for person in (kari, ola):
        give_consent(person.subject, text=wording, method="form", by=None)
    withdraw_consent(kari.subject, purpose="toy-stays", method="page", by=None)
    assert verify() == []
    changed = ConsentState.objects.get(subject=kari.subject)
    ConsentState.objects.filter(pk=changed.pk).update(state="given")
    assert verify() == [f"Consent {changed.pk} does not follow from its events."]
    given = ConsentEvent.objects.get(subject=kari.subject, kind="given")
    ConsentState.objects.filter(pk=changed.pk).update(event=given)
    assert verify() == [f"Consent {changed.pk} does not follow from its events."]


def test_a_wording_that_was_changed_is_found(kari, wording):
    give_consent(kari.subject, text=wording, method="form", by=None)
    ConsentText.objects.update(wording="Kan vi selge deg?")
    assert verify() == [f"Consent wording {wording.pk} is not what was shown."]
    ConsentText.objects.update(sha256=ConsentText.objects.get().fingerprint())
    assert verify() == [f"Consent wording {wording.pk} is not what was shown."]


def test_a_request_that_does_not_follow_from_its_events_is_named(kari, ola):
    request = open_request(kari.subject, right="access", by=None)
    answer(request, outcome="fulfilled", text="Dette.", by=None)
    other = open_request(ola.subject, right="access", by=None)
    assert verify() == []
    SubjectRequest.objects.filter(pk=request.pk).update(due_on=request.due_on + timedelta(days=30))
    assert verify() == [f"Request {request.number} does not follow from its events."]
    SubjectRequest.objects.filter(pk=request.pk).update(due_on=request.due_on)
    RequestEvent.objects.create(request=other, kind="closed", on=other.received_on)
    assert verify() == [f"Request {other.number} does not follow from its events."]
