"""A SQLite database out and in, through SQLite itself: consistent while others write, one transaction for readers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connections
from django.db.backends.sqlite3._functions import register

from cn_portal.backup.manifest import BackupRefused
from privacy.failpoints import failpoint

FILE = "database/portal.sqlite3"
ALIAS = "default"


def _live() -> str:
    return str(connections[ALIAS].settings_dict["NAME"])


def dump(folder: Path) -> dict:
    """Write the database as it stands now into the backup; writers go on meanwhile."""
    path = folder / FILE
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(_live(), timeout=20)) as live, closing(sqlite3.connect(path)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    return {}


class Staged:
    """The database of a backup, checked, in a file beside the live one; `swap` puts it in its place."""

    def __init__(self, folder: Path, database: dict, migrations: list):
        self._path = Path(f"{_live()}.restoring")
        self._path.unlink(missing_ok=True)
        with closing(sqlite3.connect(folder / FILE)) as source, closing(sqlite3.connect(self._path)) as copy:
            source.backup(copy)
            # Constraints of the tables call functions that Django brings along.
            register(copy)
            try:
                verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            except sqlite3.DatabaseError:
                verdict = "unreadable"
        if verdict != "ok":
            self.drop()
            raise BackupRefused("The database in the backup is damaged. Nothing was changed; take another backup.")
        failpoint("restore.staged")

    def swap(self) -> None:
        """One transaction for everybody who has the database open; the write-ahead log keeps nothing of the old."""
        connections[ALIAS].close()
        with closing(sqlite3.connect(self._path)) as staged, closing(sqlite3.connect(_live(), timeout=20)) as live:
            live.execute("PRAGMA secure_delete=ON")
            staged.backup(live)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            live.execute("PRAGMA journal_mode=WAL")

    def drop(self) -> None:
        self._path.unlink(missing_ok=True)
