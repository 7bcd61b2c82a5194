"""Whoever owns the database changes, deletes, inserts, moves or cuts: the first bad row is named (T33)."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection

from privacy import checkpoints
from privacy.actions import carry_out, note, request_erasure, seal_trail, verify
from privacy.actions.trail import checkpoint_message, digest_of, folded, purging
from privacy.actions.trail_loss import NothingLost, accept_failover, record_restore
from privacy.actions.verify import check
from privacy.models import ErasureLedger, TrailCheckpoint, TrailEntry, TrailLoss, TrailSeal, evidence
from privacy.second_person import OwnApproval
from privacy.signing import sign

for_real = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def from_nothing(db):
    """What setting up the test's database has noted is no part of the test."""
    with purging(TrailEntry):
        TrailEntry.objects.all().delete()


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


def _sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@for_real
def test_a_changed_entry_is_named_sealed_or_not(unguarded, trail):
    for entry in (trail[6], trail[1]):
        _sql("UPDATE privacy_trailentry SET reason = 'changed' WHERE id = %s", entry.pk)
        assert verify() == [f"Trail entry {entry.pk} was changed after it was written."]


@for_real
def test_a_changed_entry_with_a_new_digest_is_not_the_one_that_was_sealed(unguarded, trail):
    trail[1].reason = "changed"
    _sql(
        "UPDATE privacy_trailentry SET reason = 'changed', digest = %s WHERE id = %s", digest_of(trail[1]), trail[1].pk
    )
    assert verify() == [f"Trail entry {trail[1].pk} is not the one that was sealed: it was changed or moved."]


@for_real
def test_of_two_entries_that_changed_places_the_first_is_named(unguarded, trail):
    first, second = trail[0].pk, trail[1].pk
    for old, new in ((first, 9000), (second, first), (9000, second)):
        _sql("UPDATE privacy_trailentry SET id = %s WHERE id = %s", new, old)
    assert verify() == [f"Trail entry {first} is not the one that was sealed: it was changed or moved."]


@for_real
def test_a_deleted_entry_is_named(unguarded, trail):
    _sql("DELETE FROM privacy_trailentry WHERE id = %s", trail[4].pk)
    assert verify() == [f"Trail entry {trail[4].pk} is missing."]
    # One that was changed behind it does not hide it.
    _sql("UPDATE privacy_trailentry SET reason = 'changed' WHERE id = %s", trail[5].pk)
    assert verify() == [f"Trail entry {trail[4].pk} is missing."]


@for_real
def test_the_last_entry_of_a_seal_that_was_deleted_is_named(unguarded, trail):
    _sql("DELETE FROM privacy_trailentry WHERE id = %s", trail[5].pk)
    assert verify() == [f"Trail entry {trail[5].pk} is missing."]


@for_real
def test_an_entry_put_in_is_named_although_its_own_digest_is_right(unguarded):
    first, last = note("act.1", by=None), note("act.2", by=None)
    _sql("UPDATE privacy_trailentry SET id = %s WHERE id = %s", first.pk + 10, last.pk)
    seal_trail()
    assert verify() == []
    _forge(first.pk + 5)
    assert verify() == [f"Trail entry {first.pk + 5} was put in."]


def test_an_entry_added_behind_the_seals_back_is_named(trail):
    TrailSeal.objects.filter(number=2).update(last_entry=trail[6].pk)
    assert verify() == [f"Trail entry {trail[6].pk} was put in."]


def test_a_seal_that_was_changed_itself_is_named(trail):
    TrailSeal.objects.filter(number=1).update(count=4)
    assert f"Seal 1 was changed, its entries up to {trail[2].pk} were not." in verify()


def _forge(pk):
    late = TrailEntry(pk=pk, action="act.never")
    late.digest = digest_of(late)
    late.save(force_insert=True)


@for_real
def test_what_is_not_sealed_yet_shows_a_change_only_to_its_own_digest(unguarded, trail):
    """The seconds before sealing: docs/operations.md says so."""
    trail[6].reason = "changed"
    _sql(
        "UPDATE privacy_trailentry SET reason = 'changed', digest = %s WHERE id = %s", digest_of(trail[6]), trail[6].pk
    )
    assert verify() == []
    _sql("DELETE FROM privacy_trailentry WHERE id = %s", trail[6].pk)
    assert verify() == []


@for_real
def test_a_cut_tail_is_missed_by_its_checkpoint_and_sealing_does_not_hide_it(unguarded, trail, siv, per):
    _sql("DELETE FROM privacy_trailseal WHERE number = 2")
    _sql("DELETE FROM privacy_trailentry WHERE id > %s", trail[2].pk)
    [problem] = verify()
    assert problem.startswith("The trail was cut: checkpoint 2 of ") and f"reaches entry {trail[5].pk}," in problem
    note("act.later", by=None)
    assert seal_trail().number == 3
    [gap, cut] = verify()
    assert gap.startswith(f"Seals 2 to 2 are missing, with the entries after entry {trail[2].pk}: the ledger is ahead")
    assert cut == problem
    # Was it a failover, two persons say so; then it is a remark.
    with pytest.raises(OwnApproval):
        accept_failover(asked_by=siv, by=siv)
    accept_failover(asked_by=siv, by=per)
    found = check()
    assert found.problems == [] and found.remarks[0].startswith("Seals 2 to 2 were lost in a failover, accepted ")
    with pytest.raises(NothingLost):
        accept_failover(asked_by=siv, by=per)
    TrailLoss.objects.update(lost_to=7)
    assert verify()[0].startswith("Loss after seal 1 in the ledger is not signed by us.")


def test_a_restore_from_a_backup_is_a_remark_and_no_tampering(trail):
    _cut_to_the_first_seal(trail)
    loss = record_restore(backup_made_at=datetime(2026, 3, 2, 4, 0, tzinfo=UTC))
    assert (loss.after_seal, loss.lost_to) == (1, 2) and record_restore(backup_made_at=None) is None
    assert check().problems == []
    note("act.later", by=None)
    assert seal_trail().number == 3
    found = check()
    assert found.problems == [] and found.remarks[0].endswith(
        "from the backup of 2026-03-02 04:00 UTC: seals 2 to 2 were lost with it."
    )


def _cut_to_the_first_seal(trail):
    TrailSeal.objects.filter(number=2).delete()
    with purging(TrailEntry):
        TrailEntry.objects.filter(pk__gt=trail[2].pk).delete()


def test_everything_restored_away_starts_anew_behind_the_numbers_that_were_given_out(trail):
    TrailSeal.objects.all().delete()
    with purging(TrailEntry):
        TrailEntry.objects.all().delete()
    assert verify()[0].startswith("The trail was cut: checkpoint 1")
    record_restore(backup_made_at=datetime(2026, 3, 2, tzinfo=UTC))
    note("act.later", by=None)
    assert seal_trail().number == 3 and check().problems == []


def test_a_seal_that_was_taken_out_is_missed(trail):
    TrailSeal.objects.filter(number=1).delete()
    TrailCheckpoint.objects.filter(number=1).delete()
    checkpoints.path().unlink()
    assert verify() == ["Seal 1 is missing or does not follow the one before it."]


def test_a_chain_made_anew_is_not_what_its_checkpoint_signed(trail):
    with purging(TrailEntry):
        TrailEntry.objects.filter(pk=trail[4].pk).delete()
    seal = TrailSeal.objects.get(number=2)
    rows = TrailEntry.objects.filter(pk__gt=trail[2].pk, pk__lte=trail[5].pk).values_list("pk", "digest")
    fold = folded(number=2, previous=seal.previous, entries=rows)
    seal.digest, seal.count, seal.pks, seal.marks = fold.digest, fold.count, fold.pks, bytes(fold.marks)
    seal.save()
    assert verify() == ["Seal 2 is not the one its checkpoint was made of."]
    # With a new checkpoint by our own key the copy outside the databases still tells.
    point = TrailCheckpoint.objects.get(number=2)
    point.digest = seal.digest
    point.signature, point.public_key = sign(checkpoint_message(point))
    point.save()
    assert verify() == ["Checkpoint 2 is not the one that was written outside the databases."]


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


def test_a_ledger_that_is_behind_says_so(trail):
    note("act.7", by=None)
    seal_trail()
    TrailCheckpoint.objects.filter(number=3).delete()
    outside = f"The ledger is behind: checkpoint 3, entry {TrailSeal.objects.get(number=3).last_entry}, stands in the"
    # The newest may be missing for a moment, but what stands outside has been published.
    [problem] = verify()
    assert problem.startswith(outside)
    checkpoints.path().unlink()
    assert verify() == []
    TrailCheckpoint.objects.filter(number=2).delete()
    assert verify() == [
        f"The ledger is behind: its checkpoints end at entry {trail[2].pk}, seal 2 of the trail has none."
    ]


def test_a_hole_in_the_ledger_is_named(trail):
    TrailCheckpoint.objects.filter(number=1).delete()
    checkpoints.path().unlink()
    assert verify() == ["The ledger is behind: seal 1 of the trail has no checkpoint in it."]


def test_an_erasure_the_ledger_has_lost_is_named(kari):
    erasure = request_erasure(kari.subject, cause="request", by=None)
    carry_out(erasure)
    assert verify() == []
    ErasureLedger.objects.all().delete()
    assert verify() == [f"The ledger is behind: erasure {erasure.pk} is not in it."]


def test_lines_outside_that_are_not_ours_or_half_written_are_passed_over(trail):
    with checkpoints.path().open("a") as lines:
        lines.write(json.dumps({"number": 9, "digest": "0", "last_entry": 1, "signature": "00", "public_key": "00"}))
        lines.write("\n{half")
    assert verify() == []
