"""What a backup says about itself, and whether the folder still is what it says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

FORMAT = "cn-portal-backup/1"
NAME = "manifest.json"
PIECE = 1024 * 1024


class BackupRefused(Exception):
    """Why a backup is not made or not restored, in a sentence that says what was kept and what to do next."""


@dataclass
class Manifest:
    """``files`` is {path below the backup: {"bytes", "sha256"}}; ``database`` what its vendor needs to come back."""

    id: str
    made_at: str
    expires_on: str
    vendor: str
    migrations: list
    kek_ids: list
    database: dict
    files: dict = field(default_factory=dict)
    format: str = FORMAT

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def expires(self) -> date:
        return date.fromisoformat(self.expires_on)

    @property
    def size(self) -> int:
        return sum(each["bytes"] for each in self.files.values())

    def add(self, folder: Path, path: Path) -> None:
        """Take up a file of the backup: its size and digest, read from the disk it was written to."""
        self.files[path.relative_to(folder).as_posix()] = {"bytes": path.stat().st_size, "sha256": digest_of(path)}

    def write(self, folder: Path) -> str:
        """Write the manifest; returns its own SHA-256, which the ledger keeps."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)
        (folder / NAME).write_text(text)
        (folder / NAME).chmod(0o600)
        return hashlib.sha256(text.encode()).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def is_backup(folder: Path) -> bool:
    """Whether this folder is a whole backup."""
    return (folder / NAME).is_file() and not folder.name.endswith(".half")


def read(folder: Path) -> tuple[Manifest, str]:
    """(the manifest, its SHA-256). Raises BackupRefused for what is none, and for another product's or version's."""
    if not is_backup(folder):
        raise BackupRefused(f"{folder} holds no whole backup. Name the folder that `backup` has printed.")
    text = (folder / NAME).read_text()
    try:
        content = json.loads(text)
        if content.pop("format") != FORMAT:
            raise KeyError
        manifest = Manifest(**content)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupRefused(
            f"The manifest in {folder} was not written by this portal or this version of it. Nothing was changed."
        ) from None
    return manifest, hashlib.sha256(text.encode()).hexdigest()


def compare(folder: Path, manifest: Manifest) -> None:
    """Raise BackupRefused at the first file that is missing, too much, or not what it was."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {NAME}
    for name in sorted(there ^ set(manifest.files)):
        word = "holds a file its manifest does not know" if name in there else "lacks a file of its manifest"
        raise BackupRefused(f"The backup {word}: {name}. Nothing was changed; take another backup.")
    for name, said in sorted(manifest.files.items()):
        path = folder / name
        if path.stat().st_size != said["bytes"] or digest_of(path) != said["sha256"]:
            raise BackupRefused(f"The backup is damaged: {name} is not what it was. Nothing was changed; take another.")
