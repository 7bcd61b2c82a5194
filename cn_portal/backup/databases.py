"""Which of the two kinds of database the main one is, and the way out of and into it."""

from __future__ import annotations

from pathlib import Path

from django.db import connections

from cn_portal.backup import postgres, sqlite

_KINDS = {"sqlite": sqlite, "postgresql": postgres}


def vendor() -> str:
    """«sqlite» or «postgresql»."""
    return connections["default"].vendor


def dump(folder: Path) -> dict:
    """Write the main database into a backup; what comes back goes into its manifest."""
    return _KINDS[vendor()].dump(folder)


def staged(folder: Path, database: dict, migrations: list):
    """The database of a backup, built beside the live one: `swap()` puts it in its place, `drop()` clears it away."""
    return _KINDS[vendor()].Staged(folder, database, migrations)
