"""Sets both databases back to the state just after migration.

Django's own way, deleting every row, would lose what migrations wrote (languages, the first site) and is refused by the
append-only tables. Copying the database back is also much faster.
"""

import sqlite3
from pathlib import Path

from django.db import connections

ALIASES = ("default", "ledger")


def take():
    for alias in ALIASES:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            _copy(connection.settings_dict["NAME"], _snapshot(connection))
        else:
            _clone(connection, source=connection.settings_dict["NAME"], target=_snapshot(connection))


def restore(*_):
    """Stands in for the tear-down of Django's TransactionTestCase."""
    for alias in ALIASES:
        connection = connections[alias]
        connection.close()
        if connection.vendor == "sqlite":
            _copy(_snapshot(connection), connection.settings_dict["NAME"])
        else:
            _clone(connection, source=_snapshot(connection), target=connection.settings_dict["NAME"])


def drop():
    for alias in ALIASES:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            Path(_snapshot(connection)).unlink(missing_ok=True)
        else:
            _drop(connection, _snapshot(connection))


def _snapshot(connection):
    return f"{connection.settings_dict['NAME']}_snapshot"


def _copy(source, target):
    """Through SQLite itself, so that other open connections see the change as one transaction."""
    before, after = sqlite3.connect(source), sqlite3.connect(target, timeout=20)
    try:
        before.backup(after)
    finally:
        before.close()
        after.close()


def _clone(connection, *, source, target):
    connection.close()
    _drop(connection, target)
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _drop(connection, name):
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
