"""Are the bytes gone? What is left of erased rows in the files of the database, and what a destroyed key leaves.

SQLite is asked with and without overwriting what is deleted; PostgreSQL after deleting, after VACUUM and after VACUUM
FULL of the table. PostgreSQL's files are read through its own superuser functions, where the role may.
"""

import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from bench import people
from bench.retention import OTHERWISE
from crm.models import Contact
from privacy import vault
from privacy.fields.sealed import read_sealed
from privacy.models import DataSubject
from privacy.vault.people import COMPARTMENTS

ROWS, ERASED = 30_000, 3_000
TABLE = "bench_leftover"


def measure(scale: int) -> Iterator:
    """Prints counts, which have no bar but none: a count that should be none and is not is an error."""
    print(f"       {ERASED:,} of {ROWS:,} rows deleted, then looked for in the files:", flush=True)
    for after, left in _sqlite() if connection.vendor == "sqlite" else _postgres():
        print(f"       {left:6,} addresses readable {after}", flush=True)
    print(
        f"       {_opened_after_shredding()} of 100 sealed values readable after their keys were destroyed", flush=True
    )
    yield from ()


def _addresses() -> list[str]:
    return [f"{uuid.uuid4().hex}@kunde.example" for _row in range(ROWS)]


def _left(content: bytes, addresses: list[str]) -> int:
    return sum(address.encode() in content for address in addresses)


def _sqlite() -> Iterator[tuple[str, int]]:
    for setting in ("OFF", "ON"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "bytes.sqlite3")
            store = sqlite3.connect(path, isolation_level=None)
            store.execute("PRAGMA journal_mode=WAL")
            store.execute(f"PRAGMA secure_delete={setting}")
            store.execute(f"CREATE TABLE {TABLE} (id INTEGER PRIMARY KEY, email TEXT)")
            addresses = _addresses()
            store.execute("BEGIN")
            store.executemany(f"INSERT INTO {TABLE} (email) VALUES (?)", [(each,) for each in addresses])  # noqa: S608
            store.execute("COMMIT")
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            store.execute(f"DELETE FROM {TABLE} WHERE id % {ROWS // ERASED} = 0")  # noqa: S608
            gone = addresses[ROWS // ERASED - 1 :: ROWS // ERASED]
            content = b"".join(part.read_bytes() for part in Path(folder).iterdir())
            yield f"with secure_delete={setting}, before the log of writes is cut", _left(content, gone)
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            content = b"".join(part.read_bytes() for part in Path(folder).iterdir())
            left = _left(content, gone)
            if setting == "ON" and left:
                raise AssertionError("Erased bytes are left in the file.")
            yield f"with secure_delete={setting}, after it is cut", left
            store.close()


def _postgres() -> Iterator[tuple[str, int]]:
    addresses = _addresses()
    gone = addresses[ROWS // ERASED - 1 :: ROWS // ERASED]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id serial PRIMARY KEY, email text)")
        cursor.execute(
            f"INSERT INTO {TABLE} (email) SELECT unnest(string_to_array(%s, ','))",  # noqa: S608
            [",".join(addresses)],
        )
        cursor.execute(f"DELETE FROM {TABLE} WHERE id % {ROWS // ERASED} = 0")  # noqa: S608
        yield "in the table's file after DELETE", _left(_file(cursor), gone)
        cursor.execute(f"VACUUM {TABLE}")
        yield "in it after VACUUM", _left(_file(cursor), gone)
        cursor.execute(f"VACUUM FULL {TABLE}")
        left = _left(_file(cursor), gone)
        yield "in it after VACUUM FULL (the log of writes and backups are not searched)", left
        cursor.execute(f"DROP TABLE {TABLE}")
        if left:
            raise AssertionError("Erased bytes are left in the file.")


def _file(cursor) -> bytes:
    cursor.execute("CHECKPOINT")
    cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [TABLE])
    return bytes(cursor.fetchone()[0])


def _opened_after_shredding() -> int:
    """Of a hundred sealed numbers that could be read before, how many can be read once the keys are destroyed."""
    contacts = people.make(100, dealt_with_on=OTHERWISE, sealed=True)
    if _readable(contacts) != 100:
        raise AssertionError("The sealed values could not be read before; the count after means nothing.")
    with transaction.atomic():
        vault.destroy_keys([contact.subject_id for contact in contacts], COMPARTMENTS)
    readable = _readable(contacts)
    if readable:
        raise AssertionError("Sealed values can be read without their keys.")
    people_made = [contact.subject_id for contact in contacts]
    Contact.objects.filter(subject__in=people_made).delete()
    DataSubject.objects.filter(pk__in=people_made).delete()
    return readable


def _readable(contacts) -> int:
    rows = Contact.objects.filter(pk__in=[contact.pk for contact in contacts])
    return sum(read_sealed(row, "phone").value == "+4722000000" for row in vault.unlock(rows))
