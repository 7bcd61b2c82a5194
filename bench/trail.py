"""Writing the trail against a plain insert of the same row, and verifying it against a bare scan."""

import os
import tracemalloc
import uuid

from django.db import connection, connections, transaction

from bench.figure import Figure, in_turn
from privacy.actions import note, seal_trail, verify
from privacy.actions.trail import GENESIS
from privacy.actions.verify_trail import check_trail
from privacy.models import TrailEntry

ROWS = 2000
CLIENTS, EACH = 8, 150


def measure(scale: int):
    subjects = [uuid.uuid4() for _ in range(ROWS)]
    plain, noted = in_turn(lambda: _plain(subjects), lambda: _noted(subjects), rounds=5)
    yield Figure(f"noting {ROWS} acts", "saving the same rows without a digest", noted, plain, 1.33)
    if connection.vendor == "postgresql":
        yield from _eight_clients()
    while seal_trail(batch=500):
        pass
    verify()
    scan, checked = in_turn(_scan, check_trail, rounds=5)
    yield Figure(f"verifying {TrailEntry.objects.count():,} entries", "reading them", checked, scan, 2)
    yield from _memory()


def _scan():
    return [entry.pk for entry in TrailEntry.objects.order_by("pk").iterator()]


@transaction.atomic
def _plain(subjects):
    for subject in subjects:
        _entry(subject).save(force_insert=True)
    transaction.set_rollback(True)


def _entry(subject, digest="0" * 64):
    return TrailEntry(action="bench", subject=subject, model="bench.Row", object_pk=str(subject), digest=digest)


@transaction.atomic
def _noted(subjects):
    for subject in subjects:
        note("bench", subject=subject, by=None)


def _eight_clients():
    """Eight processes, one act per transaction, against a plain insert and against a chain behind one lock."""
    plain, noted, chained = in_turn(
        lambda: _at_once(_one_plain), lambda: _at_once(_one_noted), lambda: _at_once(_one_chained), rounds=5
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_trailentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM privacy_trailentry WHERE action = 'bench' AND model = 'bench.Row'")
        cursor.execute("ALTER TABLE privacy_trailentry ENABLE TRIGGER USER")
    yield Figure("eight clients noting acts", "plain inserts by eight clients", noted, plain, 1.11)
    yield Figure("eight clients noting acts", "a global chain behind an advisory lock", noted, chained, 0.34)


def _at_once(act):
    connections.close_all()
    children = []
    for _client in range(CLIENTS):
        child = os.fork()
        if not child:
            _work(act)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    assert not any(ends), "a client failed"


def _work(act):
    try:
        for _each in range(EACH):
            act()
        connections.close_all()
        os._exit(0)
    except BaseException:
        os._exit(1)


def _one_plain():
    with transaction.atomic():
        _entry(uuid.uuid4()).save(force_insert=True)


def _one_noted():
    with transaction.atomic():
        note("bench", subject=uuid.uuid4(), by=None)


def _one_chained():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(4711)")
        cursor.execute("SELECT digest FROM privacy_trailentry ORDER BY id DESC LIMIT 1")
        found = cursor.fetchone()
        _entry(uuid.uuid4(), digest=found[0] if found else GENESIS).save(force_insert=True)


def _memory():
    """The most memory a check of four times as many entries takes, against a check of what is there."""
    few = _peak()
    subjects = [uuid.uuid4() for _ in range(ROWS)]
    for _round in range(1 + 3 * TrailEntry.objects.count() // ROWS):
        _noted(subjects)
    while seal_trail(batch=500):
        pass
    yield Figure("memory of a check of four times as many", "the smaller check's", _peak() / 1e6, few / 1e6, 1.2)


def _peak() -> int:
    tracemalloc.start()
    check_trail()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
