"""What the ledger keeps about backups and drills, so that the office sees when one is missing (L39, F25)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from privacy.actions.trail import note
from privacy.models import Backup, RestoreDrill
from privacy.rules.deadlines import oslo_date

# How long a backup is kept at most; the certificate of an erasure says the same.
LIFE = timedelta(days=35)


def expiry_of(made_at: datetime) -> date:
    """The last Oslo day a backup made at this moment may exist."""
    return oslo_date(made_at) + LIFE


def record_backup(*, key, made_at: datetime, sha256: str, size: int, files: int, seconds: float) -> Backup:
    """A backup was made; ``sha256`` is that of its manifest."""
    made = Backup.objects.create(
        pk=key,
        made_at=made_at,
        expires_on=expiry_of(made_at),
        manifest_sha256=sha256,
        size=size,
        files=files,
        seconds=seconds,
    )
    note("backup.made", record=made, by=None)
    return made


def record_pruning(keys) -> int:
    """These backups were removed; returns how many of them the ledger knows."""
    waiting = Backup.objects.filter(pk__in=list(keys), pruned_at__isnull=True)
    found = list(waiting)
    waiting.update(pruned_at=timezone.now())
    for backup in found:
        note("backup.pruned", record=backup, by=None)
    return len(found)


def record_drill(*, backup, data_age: float, seconds: float, counts: dict, problems: list[str]) -> RestoreDrill:
    """A restore was rehearsed from the backup of this key: how old its data was and how long it took, in seconds."""
    made = RestoreDrill.objects.create(
        backup=backup, is_good=not problems, data_age=data_age, seconds=seconds, counts=counts, problems=problems
    )
    note("backup.drilled", record=made, by=None, reason="good" if not problems else "bad")
    return made
