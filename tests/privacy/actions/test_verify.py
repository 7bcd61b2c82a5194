"""Whatever somebody with a way into the database changes, `privacy_verify` finds it and names the place."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from privacy.actions import answer, give_consent, note, open_request, seal_trail, verify, withdraw_consent
from privacy.actions.trail import checkpoint_message, digest_of, purging, seal_digest
from privacy.models import (
    ConsentEvent,
    ConsentState,
    ConsentText,
    RequestEvent,
    SubjectRequest,
    TrailCheckpoint,
    TrailEntry,
    TrailSeal,
    evidence,
)
from privacy.signing import sign


@pytest.fixture
def trail(db):
    """Six entries in two seals, one after them, and all of it in order."""
    entries = [note(f"act.{number}", by=None) for number in range(6)]
    seal_trail(batch=3), seal_trail(batch=3)
    entries.append(note("act.6", by=None))
    assert verify() == []
    return entries


@pytest.fixture
def unguarded():
    """The append-only triggers are gone, as for somebody who owns the database."""
    with connection.schema_editor() as editor:
        evidence.remove(apps, editor)


for_real = pytest.mark.django_db(transaction=True)


@for_real
def test_a_changed_entry_is_named(unguarded, trail):
    TrailEntry.objects.filter(pk=trail[1].pk).update(reason="changed")
    assert verify() == [f"Trail entry {trail[1].pk} was changed after it was written."]


@for_real
def test_a_changed_entry_with_a_new_digest_breaks_its_seal(unguarded, trail):
    entry = trail[1]
    entry.reason = "changed"
    TrailEntry.objects.filter(pk=entry.pk).update(reason="changed", digest=digest_of(entry))
    assert verify() == [f"Entries between {trail[0].pk} and {trail[2].pk} were changed or reordered."]


@for_real
def test_two_entries_that_changed_places_are_found(unguarded, trail):
    first, second = trail[0].pk, trail[1].pk
    for old, new in ((first, 9000), (second, first), (9000, second)):
        TrailEntry.objects.filter(pk=old).update(id=new)
    assert verify() == [f"Entries between {first} and {trail[2].pk} were changed or reordered."]


@for_real
def test_an_entry_put_in_between_is_found_although_its_own_digest_is_right(unguarded):
    first, last = note("act.1", by=None), note("act.2", by=None)
    TrailEntry.objects.filter(pk=last.pk).update(id=first.pk + 10)
    seal_trail()
    assert verify() == []
    late = TrailEntry(pk=first.pk + 5, action="act.never")
    late.digest = digest_of(late)
    late.save(force_insert=True)
    assert verify() == [f"Entries between {first.pk} and {first.pk + 10} were added: 3 of 2 are there."]


@for_real
def test_a_changed_consent_is_named(unguarded, kari, wording):
    event = give_consent(kari.subject, text=wording, method="form", by=None)
    assert verify() == []
    ConsentEvent.objects.filter(pk=event.pk).update(valid_until=event.valid_until + timedelta(days=365))
    assert verify() == [f"Consent event {event.pk} was changed after it was written."]


def test_an_entry_that_was_taken_out_is_missed(trail):
    with purging(TrailEntry):
        TrailEntry.objects.filter(pk=trail[1].pk).delete()
    assert verify() == [f"Entries between {trail[0].pk} and {trail[2].pk} were missing: 2 of 3 are there."]


def test_an_entry_that_was_added_behind_the_seals_back_is_found(trail):
    last = TrailSeal.objects.get(number=2)
    TrailSeal.objects.filter(number=2).update(last_entry=trail[-1].pk)
    assert verify() == [f"Entries between {last.first_entry} and {trail[-1].pk} were added: 4 of 3 are there."]


def test_a_cut_tail_is_missed_by_its_checkpoint(trail):
    TrailSeal.objects.filter(number=2).delete()
    with purging(TrailEntry):
        TrailEntry.objects.filter(pk__gt=trail[2].pk).delete()
    assert verify() == [f"The trail was cut: checkpoint 2 reaches entry {trail[5].pk}, the trail does not."]


def test_a_seal_that_was_taken_out_is_missed(trail):
    TrailSeal.objects.filter(number=1).delete()
    assert "Seal 1 is missing or does not follow the one before it." in verify()


def test_a_chain_made_anew_is_not_what_its_checkpoint_signed(trail):
    with purging(TrailEntry):
        TrailEntry.objects.filter(pk=trail[4].pk).delete()
    seal = TrailSeal.objects.get(number=2)
    digests = TrailEntry.objects.filter(pk__gt=trail[2].pk, pk__lte=trail[5].pk).values_list("digest", flat=True)
    seal.digest, seal.count = seal_digest(number=2, previous=seal.previous, digests=digests)
    seal.save()
    assert verify() == ["Seal 2 is not the one its checkpoint was made of."]


def test_a_checkpoint_that_was_changed_or_signed_by_another_is_found(trail):
    TrailCheckpoint.objects.filter(number=2).update(last_entry=1)
    assert verify() == ["Checkpoint 2 is not signed by us."]
    point = TrailCheckpoint.objects.get(number=2)
    point.last_entry = TrailSeal.objects.get(number=2).last_entry
    point.signature, point.public_key = sign(checkpoint_message(point))
    point.save()
    assert verify() == []
    TrailCheckpoint.objects.filter(number=2).update(public_key="0" * 64)
    assert verify() == ["Checkpoint 2 is not signed by us."]


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
