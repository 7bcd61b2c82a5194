"""Putting a backup back: shut the door, build beside, swap, replay the ledger, verify, open (N56, T34, F25).

Every step may be killed: the same command begins again and finishes, and until it has, the door stays shut. Before the
swap nothing of the site has changed, so a restore that fails there opens the door again.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cn_portal.backup import databases, door, files, making, manifest
from cn_portal.backup.manifest import BackupRefused, Manifest
from privacy.actions.replay import replay_everything
from privacy.actions.verify import check
from privacy.failpoints import failpoint
from privacy.models import Backup, Job
from privacy.rules.deadlines import oslo_date
from privacy.vault.keyring import ring

PATIENCE = timedelta(seconds=30)


def restore(target: Path, *, now: datetime, even_expired: bool = False) -> dict:
    """Restore the backup ``target``, or the newest below it. The ledger stays where it is and is replayed.

    Returns {"backup", "made_at", "data_age", "seconds", "files", "replayed", "already", "stops", "mails",
    "lost_seals", "problems", "opened"}. Raises BackupRefused, with the site as it was, for a backup that does not fit.
    """
    folder = making.newest(target)
    said, sha256 = manifest.read(folder)
    _bring_up_to_date("ledger")
    check_fit(folder, said, sha256, today=oslo_date(now), even_expired=even_expired)
    begun = time.monotonic()
    door.shut(backup=folder.name, now=now)
    failpoint("restore.shut")
    put_back = _bring_in(folder, said)
    files.remove_others(said)
    _bring_up_to_date("default")
    ContentType.objects.clear_cache()
    failpoint("restore.swapped")
    counts = replay_everything(backup_made_at=said.made)
    failpoint("restore.replayed")
    problems = check().problems
    if not problems:
        door.unlock()
    return {
        "backup": str(folder),
        "id": said.id,
        "made_at": said.made_at,
        "data_age": round((now - said.made).total_seconds(), 3),
        "seconds": round(time.monotonic() - begun, 3),
        "files": put_back,
        **counts,
        "problems": problems,
        "opened": not problems,
    }


def _bring_in(folder: Path, said: Manifest) -> int:
    """Everything up to the swap; whatever fails before it leaves the site as it was, open. Returns files written."""
    staged = None
    try:
        _wait_for_jobs()
        staged = databases.staged(folder, said.database, said.migrations)
        put_back = files.put_back(folder, said)
        failpoint("restore.files")
    except Exception:
        if staged is not None:
            staged.drop()
        door.unlock()
        raise
    staged.swap()
    staged.drop()
    return put_back


def _wait_for_jobs() -> None:
    """A job that runs while the database changes under it would end in the wrong one."""
    until = time.monotonic() + PATIENCE.total_seconds()
    while _is_working():
        if time.monotonic() > until:
            raise BackupRefused("A background job is still running. Nothing was changed; try again when it has ended.")
        time.sleep(0.5)


def _is_working() -> bool:
    try:
        return Job.objects.filter(state=Job.State.QUEUED, lease_until__gt=timezone.now()).exists()
    except DatabaseError:
        # A new, empty database has no jobs.
        connections["default"].close()
        return False


def check_fit(folder: Path, said: Manifest, sha256: str, *, today, even_expired: bool) -> None:
    """Raise BackupRefused unless this backup may come back into this portal, and is whole."""
    if said.vendor != databases.vendor():
        raise BackupRefused(
            f"The backup is of a {said.vendor} database, this site runs on {databases.vendor()}. Nothing was changed."
        )
    unknown = sorted({tuple(each) for each in said.migrations} - _known())
    if unknown:
        raise BackupRefused(
            f"The backup was made by a newer version: this one does not know {'.'.join(unknown[0])}. Nothing was "
            "changed; install that version first."
        )
    missing = sorted(set(said.kek_ids) - set(ring().ids))
    if missing:
        raise BackupRefused(
            f"FIELD_KEYS does not hold the key-encryption key {missing[0]}, which this backup needs. Nothing was "
            "changed; put that key back at the end of FIELD_KEYS."
        )
    if said.expires < today and not even_expired:
        raise BackupRefused(
            f"The life of this backup ended on {said.expires}. Nothing was changed; --even-expired restores it anyway."
        )
    known = Backup.objects.filter(pk=said.id).values_list("manifest_sha256", flat=True).first()
    if known is not None and known != sha256:
        raise BackupRefused("The manifest is not the one the ledger knows for this backup. Nothing was changed.")
    manifest.compare(folder, said)


def _bring_up_to_date(alias: str) -> None:
    applied = set(MigrationRecorder(connections[alias]).applied_migrations())
    if not applied >= set(_on_disk()):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


@cache
def _on_disk() -> dict:
    return MigrationLoader(None).disk_migrations


def _known() -> set:
    """Every migration this version has, and those it has squashed."""
    on_disk = _on_disk()
    return set(on_disk) | {name for each in on_disk.values() for name in each.replaces}
