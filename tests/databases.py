"""The databases of a test run: migrated once, copied for every process, and set back by copying again.

Django's own way of setting back, deleting every row, would lose what migrations wrote (languages, carriers) and is
refused by the append-only tables; copying is also much faster. Migrated SQLite files stay in pytest's cache, named by a
digest of the migrations, so that the next run starts at once.
"""

import fcntl
import hashlib
import os
import sqlite3
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from privacy.queries.screenings import needed_screenings
from tests.cleared import clear_activities

ROOT = Path(__file__).resolve().parent.parent
ALIASES = ("default", "ledger")
PACKAGES = ("cn_portal", "privacy", "crm", "careers", "tests")


def create():
    """Give this process its two databases."""
    with _one_at_a_time():
        for alias in ALIASES:
            _make_template(connections[alias])
    restore()


def restore(*_):
    """Both databases as migrated. Stands in for the tear-down of Django's TransactionTestCase."""
    for alias in ALIASES:
        connection = connections[alias]
        connection.close()
        if connection.vendor == "sqlite":
            _copy(_template(connection), _name(connection))
        else:
            _clone(connection, source=_template(connection), target=_name(connection))


def drop():
    """Close this process's connections; files and server go with the run."""
    connections.close_all()


def _name(connection):
    return str(connection.settings_dict["NAME"])


def _template(connection):
    if connection.vendor == "sqlite":
        return str(ROOT / ".pytest_cache" / "databases" / f"{_digest()}-{connection.alias}.sqlite3")
    return f"template_{connection.alias}"


@cache
def _digest():
    # Once per process: a file that changes during a run must not change what the run copies back.
    files = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("migrations/*.py")))
    parts = [path.read_bytes() for path in (*files, ROOT / "requirements-dev.txt")]
    # Which assessments the declared activities need: they are in the template, approved.
    parts.append(repr([(each.activity.code, each.kind) for each in needed_screenings()]).encode())
    parts.append((ROOT / "tests" / "cleared.py").read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


@contextmanager
def _one_at_a_time():
    """Processes of pytest-xdist, and runs side by side, wait for the first to migrate."""
    folder = ROOT / ".pytest_cache" / "databases"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_template(connection):
    if connection.vendor == "sqlite":
        _make_file(connection, Path(_template(connection)))
    else:
        _make_database(connection, _template(connection))


def _make_file(connection, template):
    if template.exists():
        return
    draft = Path(_name(connection))
    draft.parent.mkdir(parents=True, exist_ok=True)
    # An open connection would go on writing to the file that is unlinked here.
    connection.close()
    draft.unlink(missing_ok=True)
    _migrate(connection)
    half = template.with_suffix(f".{os.getpid()}")
    _copy(draft, half)
    half.replace(template)


def _make_database(connection, template):
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if cursor.fetchone():
            return
        cursor.execute(f'CREATE DATABASE "{_name(connection)}"')
    _migrate(connection)
    _clone(connection, source=_name(connection), target=template)


def _migrate(connection):
    # A plug-in of pytest, which must not be imported before pytest does it.
    from tests.counting import not_counted

    # Migrating is no test: what migrations call is tested for itself. Counting it made each run half a minute longer.
    with not_counted():
        call_command("migrate", database=connection.alias, verbosity=0, interactive=False)
        if connection.alias == "default":
            clear_activities()
    connection.close()


def _copy(source, target):
    """Through SQLite itself, so that other open connections see the change as one transaction."""
    with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(target, timeout=20)) as after:
        before.backup(after)


def _clone(connection, *, source, target):
    connection.close()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
