"""The heads of the trail a second time, outside both databases: a file of JSON lines, and objects in the bucket.

Whoever owns the databases could make a new chain and new checkpoints with our key; what was copied away from here
still tells (T33). Nothing is read back but by the verification.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

logger = logging.getLogger(__name__)

PREFIX = "trail"
SAID = ("number", "digest", "last_entry", "signature", "public_key")
# Lines younger than this all stay; of each day before, the last one.
WHOLE_DAYS = timedelta(days=7)


def path() -> Path:
    """Where the lines are written."""
    return Path(settings.VAR) / PREFIX / "checkpoints.jsonl"


def write(point) -> None:
    """Add one checkpoint to the file, and with a bucket to an object an hour. A full disk stops no sealing: it is
    logged, and the verification sees that the file is behind."""
    line = json.dumps({name: getattr(point, name) for name in SAID} | {"at": point.at.isoformat()})
    try:
        path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path().open("a") as lines:
            lines.write(line + "\n")
        _to_bucket(point, line)
    except Exception:
        # A storage may fail in any way.
        logger.exception("Checkpoint %d was not written outside the database.", point.number)


def _to_bucket(point, line: str) -> None:
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        return
    name = f"{PREFIX}/{point.at:%Y-%m-%dT%H}.json"
    if not storage.exists(name):
        storage.save(name, ContentFile(line.encode()))


def read() -> Iterator[dict]:
    """Every checkpoint in the file, oldest first. A line that a power cut left half is passed over."""
    if not path().exists():
        return
    with path().open() as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except ValueError:
                continue


def thin(*, now: datetime) -> int:
    """Of days longer ago than a week only the last line stays; returns how many lines went. The worker's own file."""
    kept: dict[object, dict] = {}
    total = 0
    for point in read():
        total += 1
        at = datetime.fromisoformat(point["at"])
        kept[point["number"] if at > now - WHOLE_DAYS else at.date()] = point
    if total == len(kept):
        return 0
    draft = path().with_suffix(".draft")
    draft.write_text("".join(json.dumps(point) + "\n" for point in kept.values()))
    draft.replace(path())
    return total - len(kept)
