"""Destroying people's keys against deleting the same rows by hand (bar: at most 1.2 times)."""

import time

from django.db import connection, transaction

from bench.figure import Figure
from privacy import vault
from privacy.models import DataSubject, PersonKey
from privacy.vault.people import CHUNK, COMPARTMENTS

PEOPLE = 10_000
ROUNDS = 7


def measure(scale: int):
    """Always 10,000 people, whatever the scale: that is what the bar is about."""
    people = DataSubject.objects.bulk_create([DataSubject() for _ in range(PEOPLE)], batch_size=CHUNK)
    ids = [person.pk for person in people]
    shredding, deleting = [], []
    for number in range(ROUNDS):
        ways = [(shredding, _shred), (deleting, _delete_by_hand)]
        # Each way goes first as often as the other, so that a warm cache favours neither.
        for times, way in ways if number % 2 else reversed(ways):
            times.append(_timed(way, ids))
    yield Figure(
        f"shredding {PEOPLE:,} people", "a plain DELETE of their key rows", _middle(shredding), _middle(deleting), 1.2
    )


def _timed(way, ids) -> float:
    before = PersonKey.objects.count()
    vault.KeyChest().make([(key, name) for key in ids for name in COMPARTMENTS])
    start = time.perf_counter()
    with transaction.atomic():
        way(ids)
    taken = time.perf_counter() - start
    if PersonKey.objects.count() != before:
        raise RuntimeError("Some keys are left, or too many are gone; the time means nothing.")
    return taken


def _shred(ids) -> None:
    vault.destroy_keys(ids, COMPARTMENTS)


def _delete_by_hand(ids) -> None:
    column = PersonKey._meta.get_field("subject")
    with connection.cursor() as cursor:
        for start in range(0, len(ids), CHUNK):
            keys = [column.get_db_prep_value(key, connection) for key in ids[start : start + CHUNK]]
            marks = ", ".join(["%s"] * len(keys))
            cursor.execute(f"DELETE FROM {PersonKey._meta.db_table} WHERE subject_id IN ({marks})", keys)


def _middle(times: list) -> float:
    return sorted(times)[len(times) // 2]
