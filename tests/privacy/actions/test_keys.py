import base64

import pytest

from privacy import vault
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
