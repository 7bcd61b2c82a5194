"""The nightly run against the same deletions as bare SQL in one transaction, 10 % of the people due."""

import time
from datetime import UTC, date, datetime

from django.db import connection, transaction

from bench import people
from bench.figure import Figure
from crm.models import Contact, Interaction
from privacy.actions import run_retention

DAY = date(2026, 11, 23)
BAR = 4


def measure(scale: int):
    people.make(scale - scale // 10, dealt_with_on=date(2026, 6, 1))
    people.make(scale // 10, dealt_with_on=date(2024, 1, 1))
    limit = _bare_sql()
    start = time.perf_counter()
    result = run_retention(as_of=datetime(2026, 11, 23, 12, tzinfo=UTC), allow_large=True)
    taken = time.perf_counter() - start
    gone = sum(each.deleted for each in result.classes if each.model == "crm.Contact")
    if gone != scale // 10:
        raise AssertionError(f"{gone} contacts went, {scale // 10} were due")
    yield Figure(f"erasing {gone} people who are due, with five rows each", "bare DELETEs", taken, limit, BAR)


def _bare_sql() -> float:
    contacts, interactions = Contact._meta.db_table, Interaction._meta.db_table
    due = f"SELECT id FROM {contacts} WHERE clock_starts_on < %s"  # noqa: S608  our own table names
    with transaction.atomic(), connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(f"DELETE FROM {interactions} WHERE contact_id IN ({due})", ["2024-11-23"])  # noqa: S608
        cursor.execute(f"DELETE FROM crm_employment WHERE contact_id IN ({due})", ["2024-11-23"])  # noqa: S608
        cursor.execute(f"DELETE FROM {contacts} WHERE clock_starts_on < %s", ["2024-11-23"])  # noqa: S608
        taken = time.perf_counter() - start
        transaction.set_rollback(True)
    return taken
