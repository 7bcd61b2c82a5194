"""Writing the trail against a plain insert of the same row, and verifying it against a bare scan."""

import hashlib
import os
import tracemalloc
import uuid

from django.db import connection, connections, transaction
from django.utils import timezone

from bench.figure import Figure, in_turn
from privacy.actions import note, seal_trail, verify
from privacy.actions.trail import GENESIS, fingerprint
from privacy.actions.verify_trail import check_trail
from privacy.models import TrailEntry

ROWS = 2000
CLIENTS, EACH, BARE = 8, 150, 600
INSERT = """INSERT INTO privacy_trailentry
(uid, at, action, actor, subject, model, object_pk, field_names, reason, digest)
VALUES (%s, %s, 'bench', NULL, %s, 'bench.Row', '', '[]', '', %s)"""


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
    """Eight processes, one act per transaction: as the portal writes it, and its statements alone.

    Through Django a client spends most of its time in Python, so that eight of them hardly ever meet at a lock; the
    statements alone show what the chain itself costs, which is what the bar of three times was set on.
    """
    plain, noted, chained = in_turn(
        lambda: _at_once(_one_plain), lambda: _at_once(_one_noted), lambda: _at_once(_one_chained), rounds=5
    )
    bare = in_turn(
        *(lambda act=act: _at_once(act, of=BARE) for act in (_bare_plain, _bare_noted, _bare_chained)), rounds=5
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_trailentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM privacy_trailentry WHERE action = 'bench' AND model = 'bench.Row'")
        cursor.execute("ALTER TABLE privacy_trailentry ENABLE TRIGGER USER")
    yield Figure("eight clients noting acts", "plain inserts by eight clients", noted, plain, 1.11)
    yield Figure("eight clients noting acts", "a global chain behind a lock, through Django", noted, chained, 1)
    yield Figure("its statements alone", "plain inserts, statements alone", bare[1], bare[0], 1.11)
    yield Figure("its statements alone", "a global chain behind an advisory lock", bare[1], bare[2], 0.34)


def _at_once(act, of=EACH):
    connections.close_all()
    children = []
    for _client in range(CLIENTS):
        child = os.fork()
        if not child:
            _work(act, of)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    assert not any(ends), "a client failed"


def _work(act, of):
    try:
        for _each in range(of):
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


def _wire():
    """The driver's own cursor of this process, its statements prepared at the server, one transaction each."""
    if connection.connection is None or not connection.connection.autocommit:
        connection.ensure_connection()
        connection.connection.prepare_threshold = 1
    return connection.connection


def _bare_plain():
    _wire().execute(INSERT, [uuid.uuid4(), timezone.now(), uuid.uuid4(), GENESIS])


def _bare_noted():
    uid, at, subject = uuid.uuid4(), timezone.now(), uuid.uuid4()
    digest = fingerprint(uid, at, "bench", None, subject, "bench.Row", "", [], "")
    _wire().execute(INSERT, [uid, at, subject, digest])


def _bare_chained():
    wire = _wire()
    with wire.transaction():
        wire.execute("SELECT pg_advisory_xact_lock(4711)")
        last = wire.execute("SELECT digest FROM privacy_trailentry ORDER BY id DESC LIMIT 1").fetchone()
        uid, at, subject = uuid.uuid4(), timezone.now(), uuid.uuid4()
        own = fingerprint(uid, at, "bench", None, subject, "bench.Row", "", [], "")
        digest = hashlib.sha256(f"{last[0] if last else GENESIS}{own}".encode()).hexdigest()
        wire.execute(INSERT, [uid, at, subject, digest])


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
