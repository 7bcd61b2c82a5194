"""The trail: noting acts, folding them into a chain, and purging what has served its time."""

import hashlib
import json
from contextlib import contextmanager
from datetime import UTC

from django.db import connection, transaction
from django.utils import timezone

from privacy.models import PurgePermit, TrailCheckpoint, TrailEntry, TrailSeal
from privacy.signing import sign

GENESIS = "0" * 64


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
    content = {
        "uid": str(entry.uid),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": entry.action,
        "actor": str(entry.actor or ""),
        "subject": str(entry.subject or ""),
        "model": entry.model,
        "object_pk": entry.object_pk,
        "field_names": entry.field_names,
        "reason": entry.reason,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def seal_digest(*, number: int, previous: str, digests) -> tuple[str, int]:
    """Digest of one seal over its entries' digests in order, and how many there were; memory does not grow."""
    running, count = hashlib.sha256(f"{number}:{previous}".encode()), 0
    for digest in digests:
        running.update(digest.encode())
        count += 1
    return running.hexdigest(), count


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
        number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
        digest, count = seal_digest(number=number, previous=previous, digests=(digest for _, digest in rows))
        seal = TrailSeal.objects.create(
            number=number, first_entry=rows[0][0], last_entry=rows[-1][0], count=count, previous=previous, digest=digest
        )
    publish_checkpoint(seal)
    return seal


def publish_checkpoint(seal: TrailSeal) -> None:
    """Sign a head into the ledger database, after the seal's own commit: a kill leaves at most one to add."""
    signature, public_key = sign(checkpoint_message(seal))
    TrailCheckpoint.objects.update_or_create(
        number=seal.number,
        defaults={
            "digest": seal.digest,
            "last_entry": seal.last_entry,
            "signature": signature,
            "public_key": public_key,
        },
    )


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
