import uuid

import pytest
from django.db import transaction

from privacy import checkpoints
from privacy.actions import note, seal_trail
from privacy.actions.trail import GENESIS, checkpoint_message, digest_of, folded, publish_checkpoint, purging
from privacy.models import DataSubject, TrailCheckpoint, TrailEntry, TrailSeal
from privacy.signing import is_signed, own_public_key, sign


@pytest.fixture(autouse=True)
def from_nothing(db):
    """What setting up the test's database has noted is no part of the test."""
    with purging(TrailEntry):
        TrailEntry.objects.all().delete()


def test_an_entry_says_who_what_which_and_never_a_value(kari, siv):
    entry = note("guest.changed", subject=kari.subject, record=kari.guest, fields=["phone", "name"], by=siv, reason="x")
    entry.refresh_from_db()
    assert (entry.actor, entry.subject, entry.object_pk) == (siv.pk, kari.subject.pk, str(kari.guest.pk))
    assert (entry.model, entry.field_names, entry.reason) == ("toy.Guest", ["name", "phone"], "x")
    assert "Kari" not in str(entry.__dict__) and str(entry) == f"Trail entry {entry.pk}"


def test_an_entry_of_the_system_about_nothing(db):
    entry = note("office.searched", by=None)
    assert (entry.actor, entry.subject, entry.model, entry.object_pk) == (None, None, "", "")


def test_a_subject_may_be_given_by_its_key(db):
    key = DataSubject.objects.create().pk
    assert note("x", subject=key, by=None).subject == key


def test_the_digest_is_the_same_after_reading_and_changes_with_each_fact(kari, siv):
    entry = note("guest.changed", subject=kari.subject, record=kari.guest, fields=["name"], by=siv, reason="x")
    found = TrailEntry.objects.get(pk=entry.pk)
    assert digest_of(found) == found.digest == entry.digest and len(entry.digest) == 64
    changes = {
        "uid": uuid.uuid4(),
        "at": entry.at.replace(microsecond=(entry.at.microsecond + 1) % 1_000_000),
        "action": "guest.read",
        "actor": None,
        "subject": None,
        "model": "toy.Bill",
        "object_pk": "1",
        "field_names": ["phone"],
        "reason": "",
    }
    for name, value in changes.items():
        changed = TrailEntry.objects.get(pk=entry.pk)
        setattr(changed, name, value)
        assert digest_of(changed) != entry.digest, name


def test_an_entry_goes_with_the_act_that_failed(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        note("guest.changed", by=None)
        raise RuntimeError
    assert not TrailEntry.objects.exists()


def test_nothing_to_seal(db):
    assert seal_trail() is None and not TrailCheckpoint.objects.exists()


def test_each_seal_covers_what_came_since_the_last_and_its_head_is_signed(db):
    entries = [note(f"act.{number}", by=None) for number in range(5)]
    first, second = seal_trail(batch=3), seal_trail(batch=3)
    assert seal_trail(batch=3) is None
    assert (first.number, first.first_entry, first.last_entry, first.count) == (1, entries[0].pk, entries[2].pk, 3)
    assert (second.number, second.first_entry, second.last_entry, second.count) == (2, entries[3].pk, entries[4].pk, 2)
    assert (first.previous, second.previous) == (GENESIS, first.digest)
    fold = folded(number=1, previous=GENESIS, entries=[(entry.pk, entry.digest) for entry in entries[:3]])
    assert (fold.digest, fold.count, fold.pks) == (first.digest, 3, [[entries[0].pk, 3]])
    for seal in TrailSeal.objects.all():
        point = TrailCheckpoint.objects.get(number=seal.number)
        assert (point.digest, point.last_entry) == (seal.digest, seal.last_entry)
        assert is_signed(checkpoint_message(seal), signature=point.signature, public_key=point.public_key)
    assert str(first) == "Seal 1" and str(point) == "Checkpoint 2"


# Signatures


def test_a_signature_holds_for_its_message_and_key_only(db):
    signature, public_key = sign(b"head")
    assert public_key == own_public_key()
    assert is_signed(b"head", signature=signature, public_key=public_key)
    assert not is_signed(b"tail", signature=signature, public_key=public_key)
    assert not is_signed(b"head", signature="no hex", public_key=public_key)
    assert not is_signed(b"head", signature=signature, public_key="00")
    assert not is_signed(b"head", signature=signature, public_key="0" * 64)


def test_a_head_is_published_once_however_often_it_is_tried(db):
    note("act", by=None)
    seal = seal_trail()
    before = TrailCheckpoint.objects.get()
    publish_checkpoint(seal)
    assert TrailCheckpoint.objects.get().signature == before.signature
    assert [line["number"] for line in checkpoints.read()] == [seal.number]
    TrailCheckpoint.objects.all().delete()
    publish_checkpoint(seal)
    assert TrailCheckpoint.objects.get().digest == seal.digest and len(list(checkpoints.read())) == 2
