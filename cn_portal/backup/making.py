"""Making a backup: written under a half's name, given its own when it is whole; old ones are taken away."""

from __future__ import annotations

import fcntl
import json
import shutil
import time
import uuid
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from cn_portal.backup import databases, files, manifest
from cn_portal.backup.manifest import BackupRefused, Manifest
from privacy.actions.backups import expiry_of, record_backup, record_pruning
from privacy.failpoints import failpoint
from privacy.models import PersonKey, ServiceKey

HALF = ".half"
LOCK = ".lock"


def make(target: Path, *, now: datetime) -> dict:
    """Make a backup in a new folder below ``target`` and take away what is past its life there.

    Returns {"backup", "id", "made_at", "expires_on", "files", "bytes", "sha256", "seconds", "pruned"}. Raises
    BackupRefused for a target that is a backup itself, that holds other things, or where another backup is being made.
    """
    check_target(target)
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(target):
        _sweep(target)
        begun = time.monotonic()
        final = target / f"cn-backup-{now:%Y-%m-%dT%H%M%SZ}"
        if final.exists():
            raise BackupRefused(f"{final} exists already; it was not touched. Try again in a second.")
        half = target / f"{final.name}{HALF}"
        half.mkdir(mode=0o700)
        said = _fill(half, now)
        sha256 = said.write(half)
        failpoint("backup.filled")
        half.rename(final)
        failpoint("backup.named")
        seconds = round(time.monotonic() - begun, 3)
        count = sum(name.startswith(f"{files.FOLDER}/") for name in said.files)
        record_backup(key=said.id, made_at=now, sha256=sha256, size=said.size, files=count, seconds=seconds)
        return {
            "backup": str(final),
            "id": said.id,
            "made_at": said.made_at,
            "expires_on": said.expires_on,
            "files": count,
            "bytes": said.size,
            "sha256": sha256,
            "seconds": seconds,
            "pruned": prune(target, today=now.date()),
        }


def check_target(target: Path) -> None:
    """Raise BackupRefused unless this may be a folder of backups."""
    if manifest.is_backup(target):
        raise BackupRefused(f"{target} is a backup itself and was not touched. Name the folder it lies in, or another.")
    if target.exists() and not target.is_dir():
        raise BackupRefused(f"{target} is no folder. Nothing was written.")
    strangers = [path.name for path in target.glob("*") if not _is_ours(path)] if target.exists() else []
    if strangers:
        raise BackupRefused(
            f"{target} holds other things than backups, {strangers[0]} say. Nothing was written; name an empty folder."
        )


def _is_ours(path: Path) -> bool:
    return path.name == LOCK or path.name.endswith(HALF) or manifest.is_backup(path)


@contextmanager
def _alone(target: Path):
    with (target / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused(f"Another backup is being made in {target}. Nothing was changed; wait.") from None
        yield


def _sweep(target: Path) -> None:
    """Halves are what a killed backup left: nobody else is writing, so they go."""
    for half in target.glob(f"*{HALF}"):
        shutil.rmtree(half)


def _fill(half: Path, now: datetime) -> Manifest:
    vendor = databases.vendor()
    said = Manifest(
        id=str(uuid.uuid4()),
        made_at=now.isoformat(),
        expires_on=expiry_of(now).isoformat(),
        vendor=vendor,
        migrations=_migrations(),
        kek_ids=sorted({key for model in (PersonKey, ServiceKey) for key in _kek_ids(model)}),
        # The database first: a file that came later has no row in it, one that went since is erased again.
        database=databases.dump(half),
    )
    failpoint("backup.database")
    files.dump(half)
    failpoint("backup.files")
    for path in sorted(half.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        if path.is_file():
            said.add(half, path)
    return said


def _migrations() -> list:
    return sorted(list(key) for key in MigrationRecorder(connections["default"]).applied_migrations())


def _kek_ids(model) -> list[str]:
    return list(model.objects.order_by().values_list("kek_id", flat=True).distinct())


def prune(target: Path, *, today: date) -> int:
    """Remove the backups below ``target`` whose last day has passed; returns how many."""
    old = []
    for folder in whole_ones(target):
        said = json.loads((folder / manifest.NAME).read_text())
        if date.fromisoformat(said["expires_on"]) < today:
            # Under a half's name first, so that a kill leaves nothing that looks whole.
            shutil.rmtree(folder.rename(folder.with_name(f"{folder.name}{HALF}")))
            old.append(said["id"])
    record_pruning(old)
    return len(old)


def whole_ones(target: Path) -> list[Path]:
    """The backups below a folder, the oldest first."""
    found = (folder for folder in target.iterdir() if manifest.is_backup(folder))
    return sorted(found, key=lambda folder: json.loads((folder / manifest.NAME).read_text())["made_at"])


def newest(target: Path) -> Path:
    """The backup meant by a folder: itself, or the newest below it. Raises BackupRefused when there is none."""
    if manifest.is_backup(target):
        return target
    found = whole_ones(target) if target.is_dir() else []
    if not found:
        raise BackupRefused(f"{target} holds no whole backup. Name a folder that `backup` was given.")
    return found[-1]
