"""The database itself refuses to change evidence: triggers for SQLite and PostgreSQL, used by a migration.

UPDATE is refused always. DELETE is refused unless the same transaction holds a PurgePermit row for the table, which
only retention's purge writes and takes away again (L18, T33).
"""

FIRST = ("privacy_consentevent", "privacy_disclosure", "privacy_trailentry")
REQUESTS = ("privacy_requestevent",)
TABLES = FIRST + REQUESTS

_SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: rows are never changed'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
WHEN NOT EXISTS (SELECT 1 FROM privacy_purgepermit WHERE "table" = '{table}')
BEGIN SELECT RAISE(ABORT, '{table} is append-only: rows go by the purge alone'); END;
"""

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM privacy_purgepermit WHERE "table" = '{table}') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
"""

_UNDO_SQLITE = "DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete;"
_UNDO_POSTGRESQL = "DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_refuse();"


def _run(schema_editor, sqlite, postgresql, tables):
    for table in tables:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.connection.connection.executescript(sqlite.format(table=table))
        else:
            schema_editor.execute(postgresql.format(table=table).replace("%", "%%"), params=None)


def add(apps, schema_editor, tables=FIRST):
    """Migration step: put the triggers on these evidence tables of the main database."""
    if schema_editor.connection.alias != "ledger":
        _run(schema_editor, _SQLITE, _POSTGRESQL, tables)


def remove(apps, schema_editor, tables=FIRST):
    """Migration step backwards."""
    if schema_editor.connection.alias != "ledger":
        _run(schema_editor, _UNDO_SQLITE, _UNDO_POSTGRESQL, tables)
