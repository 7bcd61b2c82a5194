import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from privacy.actions import files
from privacy.actions.files import store_file
from privacy.models import DataSubject, StoredFile


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def orphan(db):
    """An object without a row beside one with a row, both a day old."""
    subject = DataSubject.objects.create()
    kept, lost = (
        store_file(subject, stream=io.BytesIO(b"x"), display_name="x", media_type="text/plain", by=None) for _ in "ab"
    )
    StoredFile.objects.filter(pk=lost.pk).delete()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        yield lost.storage_name
    assert storages["people"].versions(kept.storage_name)


def test_orphans_are_listed_and_kept(orphan, capsys):
    call_command("privacy_reconcile_files", format="json")
    assert json.loads(capsys.readouterr().out) == {
        "rows_without_object": [],
        "objects_without_row": [orphan],
        "deleted": 0,
    }
    assert storages["people"].versions(orphan)


def test_orphans_are_erased_on_demand(orphan, capsys):
    call_command("privacy_reconcile_files", delete_orphans=True)
    assert orphan in capsys.readouterr().out
    assert not storages["people"].versions(orphan)


def test_a_file_without_its_object_ends_with_1_and_is_named_by_its_key(db, capsys):
    lost = StoredFile.objects.create(
        subject=DataSubject.objects.create(), storage_name="aa/none", display_name="x", media_type="x/y", size=1
    )
    with pytest.raises(CommandError, match="backup") as problem:
        call_command("privacy_reconcile_files")
    assert problem.value.returncode == 1 and str(lost.pk) in capsys.readouterr().out


def test_a_storage_that_keeps_objects_is_reported(orphan, monkeypatch):
    monkeypatch.setattr(files, "erase_object", lambda name: False)
    with pytest.raises(CommandError, match="1 of 1 file"):
        call_command("privacy_reconcile_files", delete_orphans=True)
