"""The trail: noting acts, folding them into a chain, signing its head where the database cannot reach it."""

import hashlib
import json
from contextlib import contextmanager
from datetime import UTC

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from privacy import checkpoints
from privacy.models import PurgePermit, TrailCheckpoint, TrailEntry, TrailLoss, TrailSeal
from privacy.signing import sign_row

GENESIS = "0" * 64
# What an entry says, in the order its digest takes; `fingerprint` reads a row of values in this order.
SAID = ("uid", "at", "action", "actor", "subject", "model", "object_pk", "field_names", "reason")
_canonical = json.JSONEncoder(sort_keys=True).encode


def actor_id(by):
    """The key of the user who acts, or None for the system."""
    return getattr(by, "pk", None)


def note(action: str, *, subject=None, record=None, fields=(), by, reason: str = "") -> TrailEntry:
    """Write who did what to which record and which field names, in the caller's transaction. Never a value.

    ``subject`` is a DataSubject or its key; ``record`` a model instance; ``reason`` a code, no free text.
    """
    entry = TrailEntry(
        at=timezone.now(),
        action=action,
        actor=actor_id(by),
        subject=getattr(subject, "pk", subject),
        model=record._meta.label if record is not None else "",
        object_pk=str(record.pk) if record is not None else "",
        field_names=sorted(fields),
        reason=reason,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def digest_of(entry: TrailEntry) -> str:
    """SHA-256 over the canonical JSON of everything the entry says; the same on every database."""
    return fingerprint(*(getattr(entry, name) for name in SAID))


def fingerprint(uid, at, action, actor, subject, model, object_pk, field_names, reason) -> str:
    """The digest of an entry from its values, for who reads many rows without making instances of them."""
    content = {
        "action": action,
        "actor": str(actor or ""),
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "field_names": field_names,
        "model": model,
        "object_pk": object_pk,
        "reason": reason,
        "subject": str(subject or ""),
        "uid": str(uid),
    }
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


class Fold:
    """The running digest of one seal over its entries' keys and digests; memory grows by a few bytes an entry."""

    def __init__(self, number: int, previous: str):
        self._running = hashlib.sha256(f"{number}:{previous}".encode())
        self.count, self.pks, self.marks = 0, [], bytearray()

    def add(self, pk: int, digest: str) -> None:
        self._running.update(f";{pk}:{digest}".encode())
        self.count += 1
        self.marks += mark_of(digest)
        if self.pks and pk == sum(self.pks[-1]):
            self.pks[-1][1] += 1
        else:
            self.pks.append([pk, 1])

    @property
    def digest(self) -> str:
        return self._running.hexdigest()


def mark_of(digest: str) -> bytes:
    """The first eight letters of a digest, enough to say which row of a broken seal is wrong. Any text will do."""
    return digest[:8].ljust(8).encode("ascii", "replace")


def folded(*, number: int, previous: str, entries) -> Fold:
    """One seal's fold over (key, digest) pairs in order."""
    fold = Fold(number, previous)
    for pk, digest in entries:
        fold.add(pk, digest)
    return fold


def seal_trail(*, batch: int = 50_000) -> TrailSeal | None:
    """Fold the entries written since the last seal into the chain and sign the new head into the ledger.

    Returns the new seal, or None when there is nothing to fold. Called every few seconds by the worker.
    """
    with transaction.atomic():
        _wait_for_writers()
        last = TrailSeal.objects.order_by("-number").first()
        rows = list(
            TrailEntry.objects.filter(pk__gt=last.last_entry if last else 0)
            .order_by("pk")
            .values_list("pk", "digest")[:batch]
        )
        if not rows:
            return None
        number, previous = _next_number(last), last.digest if last else GENESIS
        fold = folded(number=number, previous=previous, entries=rows)
        seal = TrailSeal.objects.create(
            number=number,
            first_entry=rows[0][0],
            last_entry=rows[-1][0],
            count=fold.count,
            previous=previous,
            digest=fold.digest,
            pks=fold.pks,
            marks=bytes(fold.marks),
        )
    publish_checkpoint(seal)
    return seal


def _next_number(last: TrailSeal | None) -> int:
    # A number the ledger has seen is never given out again: seals that a failover or a restore lost stay provable.
    seen = TrailCheckpoint.objects.aggregate(top=Max("number"))["top"] or 0
    lost = TrailLoss.objects.aggregate(top=Max("lost_to"))["top"] or 0
    return max(last.number if last else 0, seen, lost) + 1


def publish_checkpoint(seal: TrailSeal) -> None:
    """Sign a head into the ledger and outside both databases, after the seal's own commit: a kill leaves one to add."""
    point = TrailCheckpoint(number=seal.number, digest=seal.digest, last_entry=seal.last_entry)
    sign_row(point, checkpoint_message(seal))
    known, is_new = TrailCheckpoint.objects.get_or_create(
        number=seal.number,
        defaults={name: getattr(point, name) for name in ("digest", "last_entry", "signature", "public_key", "at")},
    )
    if is_new:
        checkpoints.write(known)


def checkpoint_message(head) -> bytes:
    return f"{head.number}:{head.digest}:{head.last_entry}".encode()


def _wait_for_writers() -> None:
    # Keys are given out before commit on PostgreSQL: without this a late writer's entry would fall behind the seal.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE privacy_trailentry IN SHARE MODE")


@contextmanager
def purging(*models):
    """Inside this block, and only in its transaction, rows of these append-only models may be deleted."""
    with transaction.atomic():
        permits = [PurgePermit.objects.create(table=model._meta.db_table) for model in models]
        yield
        PurgePermit.objects.filter(pk__in=[permit.pk for permit in permits]).delete()
