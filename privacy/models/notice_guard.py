"""The database itself refuses to change what a version of the notice said: triggers for SQLite and PostgreSQL (N64).

Texts are never changed. Of a version only what follows its life may change: its state, and what is filled in on the way
from draft to force, once. Neither is ever deleted.
"""

TEXTS, VERSIONS = "privacy_noticetext", "privacy_noticeversion"

# What a version is made with, and what is written once and then stays.
_FIXED = ("id", "imported", "material", "facts", "reasons", "created_at", "created_by")
_ONCE = ("number", "published_on", "notified_at", "effective_from", "approved_at", "approved_by")
_MESSAGE = "the privacy notice is kept as it was published"


def _changed(different: str) -> str:
    fixed = [f'NEW."{name}"{{cast}} {different} OLD."{name}"{{cast}}' for name in _FIXED]
    once = [f'(OLD."{name}" IS NOT NULL AND NEW."{name}" {different} OLD."{name}")' for name in _ONCE]
    return " OR ".join(fixed + once)


# SQLite keeps JSON as text; PostgreSQL's jsonb compares by value.
_SQLITE = f"""
CREATE TRIGGER {TEXTS}_no_update BEFORE UPDATE ON {TEXTS}
BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER {TEXTS}_no_delete BEFORE DELETE ON {TEXTS}
BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER {VERSIONS}_no_change BEFORE UPDATE ON {VERSIONS}
WHEN {_changed("IS NOT").format(cast="")}
BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
CREATE TRIGGER {VERSIONS}_no_delete BEFORE DELETE ON {VERSIONS}
BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END;
"""

_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {TEXTS}_refuse() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER {TEXTS}_stays BEFORE UPDATE OR DELETE ON {TEXTS}
FOR EACH ROW EXECUTE FUNCTION {TEXTS}_refuse();
CREATE TRIGGER {VERSIONS}_no_delete BEFORE DELETE ON {VERSIONS}
FOR EACH ROW EXECUTE FUNCTION {TEXTS}_refuse();
CREATE TRIGGER {VERSIONS}_no_change BEFORE UPDATE ON {VERSIONS}
FOR EACH ROW WHEN ({_changed("IS DISTINCT FROM").format(cast="::text")})
EXECUTE FUNCTION {TEXTS}_refuse();
"""

_UNDO_SQLITE = f"""
DROP TRIGGER {TEXTS}_no_update; DROP TRIGGER {TEXTS}_no_delete;
DROP TRIGGER {VERSIONS}_no_change; DROP TRIGGER {VERSIONS}_no_delete;
"""
_UNDO_POSTGRESQL = f"""
DROP TRIGGER {TEXTS}_stays ON {TEXTS};
DROP TRIGGER {VERSIONS}_no_delete ON {VERSIONS};
DROP TRIGGER {VERSIONS}_no_change ON {VERSIONS};
DROP FUNCTION {TEXTS}_refuse();
"""


def _run(schema_editor, sqlite, postgresql):
    if schema_editor.connection.alias == "ledger":
        return
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.connection.connection.executescript(sqlite)
    else:
        schema_editor.execute(postgresql.replace("%", "%%"), params=None)


def add(apps, schema_editor):
    """Migration step: put the triggers on the two tables of the main database."""
    _run(schema_editor, _SQLITE, _POSTGRESQL)


def remove(apps, schema_editor):
    """Migration step backwards."""
    _run(schema_editor, _UNDO_SQLITE, _UNDO_POSTGRESQL)
