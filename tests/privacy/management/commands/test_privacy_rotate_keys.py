import base64
import json

import pytest
from django.core.management import CommandError, call_command

from privacy import vault
from privacy.models import ServiceKey

OLD = base64.b64encode(b"o" * 32).decode()
NEW = base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def old_key(db, settings):
    settings.FIELD_KEYS = [OLD]
    vault.index_key()
    settings.FIELD_KEYS = [NEW, OLD]


def test_json_holds_the_counts(old_key, capsys):
    call_command("privacy_rotate_keys", format="json")
    assert json.loads(capsys.readouterr().out) == {"rewrapped": 1, "unreadable": 0, "remaining": 0}


def test_text_is_one_line(old_key, capsys):
    call_command("privacy_rotate_keys")
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert vault.check_keys() == []


def test_a_key_that_cannot_be_opened_ends_with_1_after_the_counts(old_key, settings, capsys):
    ServiceKey.objects.update(kek_id="unknown")
    with pytest.raises(CommandError, match="FIELD_KEYS") as problem:
        call_command("privacy_rotate_keys", format="json")
    assert problem.value.returncode == 1
    assert json.loads(capsys.readouterr().out) == {"rewrapped": 0, "unreadable": 1, "remaining": 1}


def test_unusable_keys_and_an_impossible_batch_are_refused(db, settings):
    settings.FIELD_KEYS = ["short"]
    with pytest.raises(CommandError, match="key number 1") as problem:
        call_command("privacy_rotate_keys")
    assert problem.value.returncode == 1 and "short" not in str(problem.value)
    with pytest.raises(CommandError) as problem:
        call_command("privacy_rotate_keys", batch=0)
    assert problem.value.returncode == 2
