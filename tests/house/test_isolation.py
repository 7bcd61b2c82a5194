"""A test that really commits leaves nothing to the next, and keeps what migrations wrote."""

import threading

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections

from privacy.models import ErasureLedger

NAME = "left over by a test"
pytestmark = pytest.mark.django_db(transaction=True)


def leave_something():
    ContentType.objects.create(app_label="tests", model=NAME)
    ErasureLedger.objects.create(subject="00000000-0000-4000-8000-000000000000", cause="test")


@pytest.mark.parametrize("turn", [1, 2])
def test_each_turn_finds_both_databases_as_migrated(turn):
    assert not ContentType.objects.filter(model=NAME).exists()
    assert not ErasureLedger.objects.exists()
    assert Permission.objects.filter(codename="access_admin").exists()
    leave_something()
    assert ContentType.objects.filter(model=NAME).exists()
    assert ErasureLedger.objects.count() == 1


def test_another_thread_sees_what_was_committed():
    leave_something()
    seen = []

    def look():
        seen.append(ContentType.objects.filter(model=NAME).count())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


def test_sqlite_is_set_up_as_promised():
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return

    def pragma(alias, name):
        with connections[alias].cursor() as cursor:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

    assert {
        name: pragma("default", name) for name in ("journal_mode", "secure_delete", "foreign_keys", "synchronous")
    } == {
        "journal_mode": "wal",
        "secure_delete": 1,
        "foreign_keys": 1,
        "synchronous": 1,
    }
    assert pragma("ledger", "synchronous") == 2
    assert pragma("ledger", "secure_delete") == 1
