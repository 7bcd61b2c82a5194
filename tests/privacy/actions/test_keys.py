import base64

import pytest
from django.db import connection, transaction

from privacy import vault
from privacy.actions.key_vacuum import vacuum_keys
from privacy.actions.keys import rotate_field_keys
from privacy.models import TrailEntry

OLD = base64.b64encode(b"o" * 32).decode()
NEW = base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def old_key(db, settings):
    settings.FIELD_KEYS = [OLD]
    vault.index_key()
    settings.FIELD_KEYS = [NEW, OLD]


def test_a_rotation_is_noted_once_and_only_when_something_changed(old_key):
    assert rotate_field_keys(by=None) == {"rewrapped": 1, "unreadable": 0, "remaining": 0}
    assert rotate_field_keys(by=None) == {"rewrapped": 0, "unreadable": 0, "remaining": 0}
    assert list(TrailEntry.objects.values_list("action", flat=True)) == ["keys.rotated"]


@pytest.mark.django_db(transaction=True)
def test_the_table_of_keys_is_written_anew_where_deleted_rows_stay_in_the_file(old_key):
    on_postgres = connection.vendor == "postgresql"
    assert vacuum_keys(as_of=None, dry_run=True) == {"done": False}
    with transaction.atomic():
        assert vacuum_keys(as_of=None) == {"done": False}
    assert vacuum_keys(as_of=None) == {"done": on_postgres}
