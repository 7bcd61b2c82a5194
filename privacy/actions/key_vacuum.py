"""PostgreSQL keeps the bytes of a deleted row until its table is written anew: nightly for the table of keys (F13)."""

from django.db import connection

from privacy.models import PersonKey


def vacuum_keys(*, as_of, dry_run: bool = False) -> dict:
    """Write the table of people's keys anew, so that a destroyed key is not in its file either. Returns {"done"}.

    The table is small; it is locked for moments. SQLite overwrites what it deletes and needs nothing.
    """
    if dry_run or connection.vendor != "postgresql" or connection.in_atomic_block:
        return {"done": False}
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM FULL {connection.ops.quote_name(PersonKey._meta.db_table)}")
    return {"done": True}
