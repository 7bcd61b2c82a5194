"""Files of people and of the website, out of and into their storages, whether these are folders or buckets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import storages

from cn_portal.backup.manifest import Manifest, digest_of
from privacy.checkpoints import PREFIX

ALIASES = ("people", "default")
FOLDER = "files"


def dump(folder: Path) -> int:
    """Copy every file into the backup; returns how many. One that is erased meanwhile is not copied: it is gone."""
    count = 0
    for alias in ALIASES:
        storage = storages[alias]
        for name in names_in(storage):
            path = folder / FOLDER / alias / name
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with storage.open(name) as source, path.open("wb") as target:
                    shutil.copyfileobj(source, target)
            except FileNotFoundError:
                path.unlink(missing_ok=True)
                continue
            count += 1
    return count


def names_in(storage, folder: str = "") -> Iterator[str]:
    """Every name in a storage, without the checkpoints of the trail, which no restore may roll back."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        yield f"{folder}/{name}" if folder else name
    for inner in sorted(folders):
        if folder or inner != PREFIX:
            yield from names_in(storage, f"{folder}/{inner}" if folder else inner)


def put_back(folder: Path, manifest: Manifest) -> int:
    """Write the backup's files into the storages, those that differ or are missing; returns how many."""
    count = 0
    for alias, wanted in _wanted(manifest).items():
        storage = storages[alias]
        for name, said in wanted.items():
            if not _is_there(storage, name, said):
                _remove(storage, name)
                with (folder / FOLDER / alias / name).open("rb") as source:
                    storage.save(name, File(source))
                count += 1
    return count


def remove_others(manifest: Manifest) -> int:
    """Take away files that came after the backup: their rows went with the restore. Returns how many."""
    count = 0
    for alias, wanted in _wanted(manifest).items():
        storage = storages[alias]
        for name in [name for name in names_in(storage) if name not in wanted]:
            _remove(storage, name)
            count += 1
    return count


def _wanted(manifest: Manifest) -> dict[str, dict]:
    found: dict[str, dict] = {alias: {} for alias in ALIASES}
    for path, said in manifest.files.items():
        kind, _, rest = path.partition("/")
        if kind == FOLDER:
            alias, _, name = rest.partition("/")
            found[alias][name] = said
    return found


def _is_there(storage, name: str, said: dict) -> bool:
    if not storage.exists(name) or storage.size(name) != said["bytes"]:
        return False
    try:
        return digest_of(Path(storage.path(name))) == said["sha256"]
    except NotImplementedError:
        # In a bucket: a people's object of the same name and size is the same one, names are never used twice.
        return True


def _remove(storage, name: str) -> None:
    if storage.exists(name):
        erase = getattr(storage, "erase", storage.delete)
        erase(name)
