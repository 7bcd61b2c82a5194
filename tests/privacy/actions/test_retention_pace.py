"""Batches that follow the clock on the wall, and a database that is set up for them and afterwards as it was."""

import pytest
from django.db import connection

from privacy.actions import retention_pace
from privacy.actions.retention_pace import BOUNDS, LEAST, POSTGRES, SQLITE, many_keys, next_size, portions


@pytest.fixture
def bounds(monkeypatch):
    monkeypatch.setitem(BOUNDS, connection.vendor, (1, 2))


def test_what_was_easy_grows_what_took_long_shrinks_and_what_was_right_stays(bounds):
    assert next_size(1000, 0.99, most=5000) == 2000 and next_size(3000, 0.99, most=5000) == 5000
    assert next_size(1000, 1, most=5000) == next_size(1000, 2, most=5000) == 1000
    assert next_size(2000, 2.01, most=5000) == 1000
    assert next_size(LEAST + 1, 2.01, most=5000) == LEAST and next_size(3, 2.01, most=5000) == 3


@pytest.fixture
def clock(monkeypatch):
    """A clock of this module's own; moved by hand."""
    now = [0.0]
    monkeypatch.setattr(retention_pace.time, "perf_counter", lambda: now[0])
    return now


def test_each_key_is_given_once_and_the_portions_follow_the_time_they_took(bounds, clock):
    sizes, given = [], []
    for portion in portions(list(range(30)), 2, most=8, is_steady=False):
        clock[0] += 0.5 if len(given) < 14 else 1.5
        sizes.append(len(portion))
        given += portion
    assert sizes == [2, 4, 8, 8, 8] and given == list(range(30))


def test_steady_portions_stay_as_they_are(bounds, clock):
    assert [len(each) for each in portions(list(range(7)), 3, most=100, is_steady=True)] == [3, 3, 1]
    assert list(portions([], 3, most=100, is_steady=True)) == []


def asked() -> dict:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SQLITE}
        return {name: float(cursor.execute(f"SHOW {name}").fetchone()[0]) for name in POSTGRES}


def test_the_database_is_set_up_for_many_batches_and_then_as_it_was(db):
    before = asked()
    with many_keys():
        assert asked() == (SQLITE if connection.vendor == "sqlite" else POSTGRES) != before
    assert asked() == before


def test_it_is_set_back_after_an_error_too(db):
    before = asked()
    with pytest.raises(LookupError), many_keys():
        raise LookupError
    assert asked() == before


def test_an_error_of_a_broken_transaction_is_not_hidden_by_another(db):
    before = asked()
    with pytest.raises(LookupError), many_keys():
        connection.set_rollback(True)
        raise LookupError
    assert connection.needs_rollback
    connection.set_rollback(False)
    with many_keys():
        pass
    with connection.cursor() as cursor:
        for name, value in before.items():
            cursor.execute(f"{'PRAGMA' if connection.vendor == 'sqlite' else 'SET'} {name} = {value}")
