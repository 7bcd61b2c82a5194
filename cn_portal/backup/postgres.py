"""A PostgreSQL database out and in with COPY, over the connection the portal has anyway.

No client tools are needed, and no right to make databases; everything becomes visible in one transaction.
"""

from __future__ import annotations

from pathlib import Path

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from privacy.failpoints import failpoint

ALIAS = "default"
FOLDER = "database"

_COLUMNS = """SELECT c.table_name, c.column_name FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
ORDER BY c.table_name, c.ordinal_position"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"


def dump(folder: Path) -> dict:
    """Write every table as it stood at one moment. Returns {"tables": {name: columns}, "sequences": {name: last}}."""
    (folder / FOLDER).mkdir(parents=True)
    # A connection of its own: its snapshot must not be the caller's.
    connection = connections[ALIAS].copy(ALIAS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            tables = _tables(cursor)
            cursor.execute(_SEQUENCES)
            sequences = {name: last for name, last in cursor.fetchall() if last is not None}
            for name, columns in tables.items():
                _copy_out(connection, name, columns, folder / FOLDER / f"{name}.copy")
            cursor.execute("COMMIT")
    finally:
        connection.close()
    return {"tables": tables, "sequences": sequences}


def _tables(cursor) -> dict[str, list[str]]:
    cursor.execute(_COLUMNS)
    tables: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        tables.setdefault(table, []).append(column)
    return tables


def _copy_out(connection, table: str, columns: list[str], path: Path) -> None:
    out = _copy("COPY {} ({}) TO STDOUT", table, columns)
    with connection.connection.cursor() as raw, path.open("wb") as stream, raw.copy(out) as rows:
        for piece in rows:
            stream.write(piece)


def _copy(statement: str, table: str, columns: list[str]):
    return sql.SQL(statement).format(
        sql.Identifier(table), sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    )


class Staged:
    """The database of a backup, ready to take the live one's place in one transaction.

    At the same state of migrations the live tables are emptied and filled. Otherwise, and in an empty database, the
    tables are first built in a schema beside the live one, and the two change names.
    """

    def __init__(self, folder: Path, database: dict, migrations: list):
        self._connection = connections[ALIAS].copy(ALIAS)
        self._folder, self._database = folder, database
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            self._live = cursor.fetchone()[0]
        self._beside = f"{self._live}_restoring"
        self._drop_schema(self._beside)
        wanted = {tuple(each) for each in migrations}
        self._is_same = set(MigrationRecorder(self._connection).applied_migrations()) == wanted
        if not self._is_same:
            self._build(wanted)
        failpoint("restore.staged")

    def _build(self, wanted: set) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{self._beside}"')
            cursor.execute(f'SET search_path TO "{self._beside}"')
        executor = MigrationExecutor(self._connection)
        # Names that a squashed migration stands for are recorded too, and are no places in the graph.
        executor.migrate(sorted(wanted & set(executor.loader.graph.nodes)))
        with self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            self._fill(cursor)
            cursor.execute("COMMIT")

    def _fill(self, cursor) -> None:
        # What migrations themselves wrote is in the backup, too.
        names = ", ".join(f'"{name}"' for name in _tables(cursor))
        cursor.execute(f"TRUNCATE {names}")
        for table, columns in self._database["tables"].items():
            _copy_in(self._connection, table, columns, self._folder / FOLDER / f"{table}.copy")
        for name, last in self._database["sequences"].items():
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, last])

    def swap(self) -> None:
        """One transaction: whoever asks gets the old rows or the new ones. The old ones leave the disk with it."""
        connections[ALIAS].close()
        with self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            if self._is_same:
                self._fill(cursor)
            else:
                cursor.execute(f'DROP SCHEMA "{self._live}" CASCADE')
                cursor.execute(f'ALTER SCHEMA "{self._beside}" RENAME TO "{self._live}"')
            cursor.execute("COMMIT")

    def drop(self) -> None:
        # Whatever broke may have left a transaction open.
        self._connection.close()
        self._drop_schema(self._beside)
        self._connection.close()

    def _drop_schema(self, name: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')


def _copy_in(connection, table: str, columns: list[str], path: Path) -> None:
    into = _copy("COPY {} ({}) FROM STDIN", table, columns)
    with connection.connection.cursor() as raw, path.open("rb") as stream, raw.copy(into) as rows:
        while piece := stream.read(1024 * 1024):
            rows.write(piece)
