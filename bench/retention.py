"""The nightly run against bare SQL in one transaction, 1 % and 10 % of the people due, five related rows each.

The limit of the bar empties the person's row and deletes what hangs on it; deleting everything is shown beside it,
because that is what the run really does. Without SCALE there are a hundred thousand people.
"""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import connection, transaction

from bench import crowd
from bench.figure import Figure
from crm.models import Contact, Interaction
from privacy.actions import retention, run_retention
from privacy.actions.erasure_steps import truncate_wal
from privacy.actions.retention_pace import many_keys


def _noon(*day: int) -> datetime:
    return datetime(*day, 12, tzinfo=UTC)


PEOPLE = 100_000
OTHERWISE = date(2026, 6, 1)
LONGEST = {"postgresql": 0.5, "sqlite": 1.0}
MEMORY_MIB = 32
# How many times faster than django-gdpr-assist per person, and how many people it is given: it takes its time.
PEER = {"postgresql": 50, "sqlite": 12}
PEER_PEOPLE = 200
ERASE = retention._Class.erase


@dataclass(frozen=True)
class Share:
    """One in ``of`` is due; as many others are what bare SQL empties and deletes, committed as well."""

    name: str
    of: int
    bar: float
    due: date
    as_of: datetime
    emptied: date
    deleted: date
    remainders: tuple[int, int, int]


SHARES = (
    Share("1 %", 100, 2.0, date(2024, 1, 1), _noon(2026, 1, 15), date(2024, 6, 1), date(2024, 6, 2), (0, 50, 60)),
    Share("10 %", 10, 2.5, date(2024, 3, 1), _noon(2026, 3, 15), date(2024, 6, 3), date(2024, 6, 4), (3, 6, 9)),
)


def measure(scale: int):
    count = scale if "SCALE" in os.environ else PEOPLE
    start = time.perf_counter()
    crowd.make(count, day_of=_days(), otherwise=OTHERWISE)
    print(f"       {count:,} people made in {time.perf_counter() - start:.0f} s", flush=True)
    for share in SHARES:
        # With the room in memory that the run gives the database, so that neither has an advantage.
        with many_keys():
            emptied, deleted = _bare_sql(share.emptied, _empty), _bare_sql(share.deleted, _delete)
        # What a house does once, such as counting the months before, is done by the nights before.
        run_retention(as_of=share.as_of, most=0)
        memory, longest = _peak(), _longest_transaction()
        start = time.perf_counter()
        result = run_retention(as_of=share.as_of, most=count * 10)
        taken = time.perf_counter() - start
        gone = sum(each.deleted for each in result.classes if each.model == "crm.Contact")
        if gone != sum(1 for n in range(1, count + 1) if n % share.of == share.remainders[0]):
            raise AssertionError(f"{gone} contacts went: {result.status}")
        what = f"erasing {gone:,} people who are due ({share.name})"
        yield Figure(what, "emptying as many in bare SQL", taken, emptied, share.bar)
        yield Figure(what, "deleting as many in bare SQL", taken, deleted, share.bar)
        yield Figure("its longest transaction", "what it may take", max(longest), LONGEST[connection.vendor], 1)
        if connection.vendor == "postgresql":
            yield Figure("its growth in memory (GiB)", "what it may be", _peak() - memory, MEMORY_MIB / 1024, 1)
        print(f"       {gone / taken:,.0f} people a second", flush=True)
        peer = _peer()
        yield Figure(
            "one of these people", "one by django-gdpr-assist", taken / gone, peer, 1 / PEER[connection.vendor]
        )
        print(
            f"       {1 / peer:,.0f} people a second by django-gdpr-assist: {peer * gone / taken:.0f} times", flush=True
        )


def _peer() -> float:
    """Seconds the peer takes for one contact with five related rows, in a process and a project of its own."""
    address = os.environ["DATABASE_URL"] if connection.vendor == "postgresql" else "sqlite"
    folder = settings.VAR / "peer"
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        left.unlink()
    environment = {**os.environ, "BENCH_PEER_URL": address, "BENCH_PEER_FOLDER": str(folder)}
    command = [sys.executable, "-m", "bench.gdpr_assist", str(PEER_PEOPLE)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout) / PEER_PEOPLE


def _days() -> dict:
    """Who was last dealt with when, the rarer share first: {name: (day, modulus, remainder)}."""
    return {
        f"{share.name} {number}": (day, share.of, share.remainders[number])
        for share in SHARES
        for number, day in enumerate((share.due, share.emptied, share.deleted))
    }


def _longest_transaction() -> list[float]:
    """Times of every batch from here on."""
    times: list[float] = [0.0]

    def timed(self, keys):
        start = time.perf_counter()
        items = ERASE(self, keys)
        times.append(time.perf_counter() - start)
        return items

    retention._Class.erase = timed
    return times


def _peak() -> float:
    """The largest this process has been, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def _bare_sql(day: date, last) -> float:
    contacts, interactions = Contact._meta.db_table, Interaction._meta.db_table
    due = f"SELECT id FROM {contacts} WHERE clock_starts_on = %s"  # noqa: S608  our own table names
    truncate_wal()
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {interactions} WHERE contact_id IN ({due})", [day])  # noqa: S608
        cursor.execute(f"DELETE FROM crm_employment WHERE contact_id IN ({due})", [day])  # noqa: S608
        last(cursor, contacts, day)
    # The run folds SQLite's log into the file when it is done, so that no deleted byte stays in it; so does its limit.
    truncate_wal()
    return time.perf_counter() - start


def _empty(cursor, contacts: str, day: date) -> None:
    cursor.execute(
        f"UPDATE {contacts} SET full_name = '-', email = '', search = '' WHERE clock_starts_on = %s",  # noqa: S608
        [day],
    )


def _delete(cursor, contacts: str, day: date) -> None:
    cursor.execute(f"DELETE FROM {contacts} WHERE clock_starts_on = %s", [day])  # noqa: S608
