"""Seals the ledger knows and the main database has lost: by a restore, or by a failover two persons vouch for (F07)."""

from __future__ import annotations

from django.db.models import Max

from privacy.actions.trail import GENESIS, note
from privacy.actions.trail_rows import loss_message
from privacy.models import TrailCheckpoint, TrailLoss, TrailSeal
from privacy.second_person import second_person
from privacy.signing import sign_row


class NothingLost(Exception):
    """The ledger is not ahead of the trail; there is nothing to accept."""


def record_restore(*, backup_made_at) -> TrailLoss | None:
    """Say in the ledger which seals went with a restore from the backup of that moment; None when none did."""
    return _record(cause=TrailLoss.Cause.RESTORE, backup_made_at=backup_made_at)


def accept_failover(*, asked_by, by) -> TrailLoss:
    """Two persons vouch that the missing end of the trail went with a failover, before anything new was sealed.

    ``asked_by`` and ``by`` are users. Raises OwnApproval for one person twice and NothingLost where nothing is missing.
    """
    second_person(by, asked_by=asked_by.pk)
    loss = _record(cause=TrailLoss.Cause.FAILOVER, asked_by=asked_by.pk, approved_by=by.pk)
    if loss is None:
        raise NothingLost("The ledger is not ahead of the trail. Nothing was changed.")
    note("trail.failover_accepted", by=by, reason=f"seals-{loss.after_seal + 1}-{loss.lost_to}")
    return loss


def _record(*, cause: str, backup_made_at=None, asked_by=None, approved_by=None) -> TrailLoss | None:
    (after, digest), lost_to = _gap()
    if lost_to <= after or _is_explained(after, lost_to + 1):
        return None
    loss = TrailLoss(
        cause=cause,
        after_seal=after,
        after_digest=digest,
        lost_to=lost_to,
        backup_made_at=backup_made_at,
        asked_by=asked_by,
        approved_by=approved_by,
    )
    sign_row(loss, loss_message(loss))
    loss.save(force_insert=True)
    return loss


def _gap() -> tuple[tuple[int, str], int]:
    """(number and digest of the last seal before the gap, last number that is missing): where sealing went on behind
    it, the first gap nobody has explained; else what the ledger has seen beyond the newest seal."""
    previous = None
    for number, digest in TrailSeal.objects.order_by("number").values_list("number", "digest").iterator():
        if previous is not None and number > previous[0] + 1 and not _is_explained(previous[0], number):
            return previous, number - 1
        previous = (number, digest)
    return previous or (0, GENESIS), _seen()


def _is_explained(before: int, after: int) -> bool:
    return TrailLoss.objects.filter(after_seal=before, lost_to=after - 1).exists()


def _seen() -> int:
    points = TrailCheckpoint.objects.aggregate(top=Max("number"))["top"] or 0
    lost = TrailLoss.objects.aggregate(top=Max("lost_to"))["top"] or 0
    return max(points, lost)
