"""Taking the words out of one entry of the trail: asked by one, approved by another, provable afterwards (T28).

The fingerprint that was sealed stays, so the chain holds; a signed row of the ledger says which fingerprint the entry
has now. Whatever else differs is found by the verification.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.trail import actor_id, digest_of, note, purging
from privacy.actions.trail_rows import redaction_message
from privacy.failpoints import failpoint
from privacy.models import RedactionProposal, TrailEntry, TrailRedaction
from privacy.second_person import second_person
from privacy.signing import sign_row

State = RedactionProposal.State
# Who did what and when stays; about whom, which record, which fields and why goes.
EMPTY = {"subject": None, "model": "", "object_pk": "", "field_names": [], "reason": "redacted"}


class RedactionRefused(Exception):
    """Why an entry cannot be redacted, in a sentence; nothing was changed."""


@transaction.atomic
def propose_redaction(entry: TrailEntry, *, code: str, by) -> RedactionProposal:
    """Ask that the words of an entry are taken out; ``code`` is one of RedactionProposal.Reason.

    The same request again is the same one. Raises RedactionRefused for an entry that has none left.
    """
    if TrailRedaction.objects.filter(uid=entry.uid).exists():
        raise RedactionRefused(_("The words of this entry are gone already. Nothing was changed."))
    known = RedactionProposal.objects.filter(uid=entry.uid, state=State.PROPOSED).first()
    if known is not None:
        return known
    reason = RedactionProposal.Reason(code)
    made = RedactionProposal.objects.create(entry=entry.pk, uid=entry.uid, reason_code=reason, asked_by=actor_id(by))
    note("trail.redaction_asked", record=made, by=by, reason=str(reason))
    return made


def decide_redaction(proposal: RedactionProposal, *, approve: bool, by) -> RedactionProposal:
    """Carry out or refuse a proposal of somebody else. Raises OwnApproval, and RedactionRefused for a decided one."""
    second_person(by, asked_by=proposal.asked_by)
    with transaction.atomic():
        proposal = RedactionProposal.objects.select_for_update().get(pk=proposal.pk)
        if proposal.state != State.PROPOSED:
            raise RedactionRefused(_("This has been decided already. Nothing was changed."))
        proposal.state = State.DONE if approve else State.REFUSED
        proposal.decided_by, proposal.decided_at = actor_id(by), timezone.now()
        proposal.save()
        if approve:
            redact_entry(
                TrailEntry.objects.get(uid=proposal.uid), code=proposal.reason_code, asked_by=proposal.asked_by, by=by
            )
        note(f"trail.redaction_{proposal.state}", record=proposal, by=by, reason=proposal.reason_code)
    return proposal


def redact_entry(entry: TrailEntry, *, code: str, asked_by, by) -> TrailRedaction:
    """Take the words out of an entry that ``asked_by``, a user's key, wanted redacted and ``by`` approves.

    The signed row of the ledger is written first; a kill after it is finished by `finish_redactions`.
    """
    second_person(by, asked_by=asked_by)
    redaction = TrailRedaction(
        entry=entry.pk,
        uid=entry.uid,
        digest=entry.digest,
        content_digest=digest_of(_emptied(entry)),
        reason_code=code,
        asked_by=asked_by,
        approved_by=by.pk,
    )
    sign_row(redaction, redaction_message(redaction))
    redaction.save(force_insert=True)
    failpoint("redact.after_ledger")
    _replace(redaction)
    return redaction


def finish_redactions() -> int:
    """Take out again what the ledger says was taken out and a kill or a restore brought back; returns how many."""
    waiting = {row.uid: row for row in TrailRedaction.objects.all()}
    found = TrailEntry.objects.filter(uid__in=waiting).exclude(reason=EMPTY["reason"])
    return sum(_replace(waiting[uid]) for uid in list(found.values_list("uid", flat=True)))


def _emptied(entry: TrailEntry) -> TrailEntry:
    said = {"uid": entry.uid, "at": entry.at, "action": entry.action, "actor": entry.actor}
    return TrailEntry(pk=entry.pk, digest=entry.digest, **said, **EMPTY)


def _replace(redaction: TrailRedaction) -> bool:
    """The row is never updated, which the database refuses: it is taken out and put back in its place, empty."""
    with purging(TrailEntry):
        entry = TrailEntry.objects.filter(uid=redaction.uid, digest=redaction.digest).first()
        if entry is None:
            return False
        TrailEntry.objects.filter(pk=entry.pk).delete()
        _emptied(entry).save(force_insert=True)
    return True
