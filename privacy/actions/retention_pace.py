"""How much the nightly run takes at a time, and what it asks of the database meanwhile (N54)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# Seconds: a batch done sooner than the first is followed by one twice as large, one that took longer than the second by
# one half as large. Whoever waits for a lock waits for a fraction of a second, however large the tables are. On SQLite
# every batch writes nearly all pages of a table anew, so a few large ones are much less work than many small ones.
BOUNDS = {"sqlite": (0.3, 0.8), "postgresql": (0.08, 0.2)}
LEAST = 500
# Every batch changes pages all over a table. With room for them they are written once and not once for each batch.
SQLITE = {"cache_size": -65_536, "wal_autocheckpoint": 16_384}
# The rows of a batch are found by their keys; by its own reckoning the planner would read the whole table instead.
POSTGRES = {"random_page_cost": 1.1}


def portions(keys: list, size: int, *, most: int, is_steady: bool) -> Iterator[list]:
    """The keys in portions, the first of ``size``; unless ``is_steady`` the next follow the time the last one took."""
    start = 0
    while start < len(keys):
        portion = keys[start : start + size]
        began = time.perf_counter()
        yield portion
        start += len(portion)
        if not is_steady:
            size = next_size(size, time.perf_counter() - began, most=most)


def next_size(size: int, seconds: float, *, most: int) -> int:
    """The size of the batch after one of this size that took so long."""
    easy, long = BOUNDS[connection.vendor]
    if seconds < easy:
        return min(size * 2, most)
    return max(size // 2, min(LEAST, size)) if seconds > long else size


@contextmanager
def many_keys():
    """Inside this block the database is set up for many batches; afterwards as it was."""
    before = _settings()
    _set(SQLITE if connection.vendor == "sqlite" else POSTGRES)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _set(before)


def _settings() -> dict:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SQLITE}
        return {name: cursor.execute(f"SHOW {name}").fetchone()[0] for name in POSTGRES}


def _set(values: dict) -> None:
    word = "PRAGMA" if connection.vendor == "sqlite" else "SET"
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute(f"{word} {name} = {value}")
