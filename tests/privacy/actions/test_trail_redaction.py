"""Words taken out of an entry: by two persons, provable, and nothing but exactly that passes the verification (T28)."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

from privacy.actions import note, seal_trail, verify
from privacy.actions.trail_redaction import (
    RedactionRefused,
    decide_redaction,
    finish_redactions,
    propose_redaction,
    redact_entry,
)
from privacy.models import RedactionProposal, TrailEntry, TrailRedaction, evidence
from privacy.second_person import OwnApproval

for_real = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slip(kari, siv):
    """Somebody typed a name where a code belongs, and it was sealed."""
    entry = note("guest.changed", subject=kari.subject, record=kari.guest, fields=["name"], reason="Kari ba om", by=siv)
    seal_trail()
    return entry


def test_two_persons_take_the_words_out_and_the_trail_still_verifies(slip, siv, per):
    proposal = propose_redaction(slip, code="personal-value", by=siv)
    assert propose_redaction(slip, code="court-order", by=per) == proposal
    with pytest.raises(OwnApproval):
        decide_redaction(proposal, approve=True, by=siv)
    assert TrailEntry.objects.get(pk=slip.pk).reason == "Kari ba om"
    done = decide_redaction(proposal, approve=True, by=per)
    found = TrailEntry.objects.get(pk=slip.pk)
    assert (done.state, done.decided_by) == ("done", per.pk)
    assert (found.subject, found.model, found.object_pk, found.field_names, found.reason) == (
        None, "", "", [], "redacted",
    )  # fmt: skip
    assert (found.uid, found.at, found.action, found.actor, found.digest) == (
        slip.uid, slip.at, slip.action, siv.pk, slip.digest,
    )  # fmt: skip
    seal_trail()
    assert verify() == []
    row = TrailRedaction.objects.get()
    assert (row.entry, row.reason_code, row.asked_by, row.approved_by) == (slip.pk, "personal-value", siv.pk, per.pk)
    assert str(row) == f"Redaction of entry {slip.pk}" and str(done).startswith("Proposed redaction ")
    with translation.override("en"), pytest.raises(RedactionRefused, match="gone already"):
        propose_redaction(found, code="personal-value", by=siv)
    with translation.override("en"), pytest.raises(RedactionRefused, match="decided already"):
        decide_redaction(proposal, approve=False, by=per)


def test_a_refused_proposal_changes_nothing(slip, siv, per):
    proposal = propose_redaction(slip, code="third-person", by=siv)
    assert decide_redaction(proposal, approve=False, by=per).state == "refused"
    assert TrailEntry.objects.get(pk=slip.pk).reason == "Kari ba om" and not TrailRedaction.objects.exists()
    assert RedactionProposal.objects.filter(state="proposed").count() == 0


def test_nobody_redacts_alone(slip, siv):
    with pytest.raises(OwnApproval):
        redact_entry(slip, code="court-order", asked_by=siv.pk, by=siv)
    assert not TrailRedaction.objects.exists()


@for_real
def test_whatever_else_is_changed_is_named(slip, siv, per):
    redact_entry(slip, code="court-order", asked_by=siv.pk, by=per)
    assert verify() == [] and finish_redactions() == 0
    with connection.schema_editor() as editor:
        evidence.remove(apps, editor)
    TrailEntry.objects.filter(pk=slip.pk).update(reason="something else")
    assert verify() == [f"Trail entry {slip.pk} was changed after it was written."]
    # What a restore brings back is taken out again.
    TrailEntry.objects.filter(pk=slip.pk).delete()
    slip.save(force_insert=True)
    assert verify() == [
        f"Trail entry {slip.pk} stands as it was before its words were taken out: finish the redaction."
    ]
    with connection.schema_editor() as editor:
        evidence.add(apps, editor)
    assert finish_redactions() == 1 and verify() == []
    TrailRedaction.objects.update(content_digest="0" * 64)
    assert verify()[0] == f"Redaction of entry {slip.pk} in the ledger is not signed by us."


def test_an_entry_that_is_no_longer_there_is_passed_over(slip, siv, per):
    redact_entry(slip, code="court-order", asked_by=siv.pk, by=per)
    TrailRedaction.objects.update(digest="1" * 64)
    from privacy.actions.trail_redaction import _replace

    assert _replace(TrailRedaction.objects.get()) is False
