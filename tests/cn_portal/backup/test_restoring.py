"""A backup that does not fit is refused before anything is touched; the door is shut exactly as long as it must be."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cn_portal import work
from cn_portal.backup import databases, door, files, making, manifest, restoring
from cn_portal.backup.manifest import BackupRefused
from privacy.actions import note, seal_trail
from privacy.models import Job, TrailCheckpoint, TrailEntry


@pytest.fixture
def made(backups, ola):
    """A backup of Ola's house, and an act after it."""
    note("act.before", by=None)
    seal_trail()
    folder = making.make(backups, now=timezone.now())["backup"]
    note("act.after", by=None)
    return making.newest(backups.parent / "backups") if folder else None


def change(folder, **what):
    path = folder / manifest.NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | what))


def assert_refused(folder, sentence, **options):
    with pytest.raises(BackupRefused, match=re.escape(sentence)):
        restoring.restore(folder, now=options.pop("now", timezone.now()), **options)
    assert not door.is_shut() and TrailEntry.objects.filter(action="act.after").exists()


def test_backups_that_do_not_fit(made, settings):
    whole = (made / manifest.NAME).read_text()
    for what, sentence in (
        ({"format": "another/1"}, "was not written by this portal"),
        ({"surprise": 1}, "was not written by this portal"),
        ({"vendor": "oracle"}, "is of a oracle database"),
        ({"migrations": [["privacy", "9999_later"]]}, "this one does not know privacy.9999_later"),
        ({"kek_ids": ["0" * 16]}, "FIELD_KEYS does not hold the key-encryption key 0000000000000000"),
        ({"files": {}}, "is not the one the ledger knows"),
    ):
        change(made, **what)
        assert_refused(made, sentence)
        (made / manifest.NAME).write_text(whole)
    (made / manifest.NAME).write_text("[]")
    assert_refused(made, "was not written by this portal")
    (made / manifest.NAME).unlink()
    assert_refused(made, "holds no whole backup")


def test_a_backup_that_was_damaged_or_added_to(made):
    path = next(path for path in (made / "files" / "people").rglob("*") if path.is_file())
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert_refused(made, "is not what it was")
    path.unlink()
    assert_refused(made, "lacks a file of its manifest")
    path.write_bytes(whole)
    (made / "extra").write_text("x")
    assert_refused(made, "holds a file its manifest does not know: extra")


def test_a_backup_past_its_life_comes_back_only_when_told_so(made):
    later = timezone.now() + timedelta(days=36)
    assert_refused(made, "The life of this backup ended on", now=later)
    assert restoring.restore(made, now=later, even_expired=True)["opened"]


def test_a_restore_waits_for_running_jobs_and_gives_up(made, monkeypatch):
    monkeypatch.setattr(restoring, "PATIENCE", timedelta(seconds=-1))
    Job.objects.create(kind="x", ref=ola_key(), lease_until=timezone.now() + timedelta(minutes=1))
    assert_refused(made, "A background job is still running")


def ola_key():
    return "00000000-0000-4000-8000-000000000000"


def test_a_restore_that_fails_before_the_swap_opens_the_door_again(made, monkeypatch):
    def broken(folder, said):
        raise OSError("disk full")

    monkeypatch.setattr(files, "put_back", broken)
    with pytest.raises(OSError, match="disk full"):
        restoring.restore(made, now=timezone.now())
    assert not door.is_shut() and TrailEntry.objects.filter(action="act.after").exists()


def test_files_are_as_they_were(made):
    people, pictures = storages["people"], storages["default"]
    [name] = list(files.names_in(people))
    whole = _content(people, name)
    people.erase(name)
    people.save(name, ContentFile(b"x" * len(whole)))
    people.save("later", ContentFile(b"later"))
    pictures.save("images/later.jpg", ContentFile(b"later"))
    pictures.save("trail/checkpoint.json", ContentFile(b"{}"))
    done = restoring.restore(made, now=timezone.now())
    assert done["files"] == 1 and _content(people, name) == whole
    assert list(files.names_in(people)) == [name] and list(files.names_in(pictures)) == []
    assert pictures.exists("trail/checkpoint.json")


def _content(storage, name):
    with storage.open(name) as stream:
        return stream.read()


def test_the_door_stays_shut_when_the_restored_trail_does_not_verify(made):
    TrailCheckpoint.objects.filter(number=1).update(digest="0" * 64)
    with pytest.raises(CommandError, match=r"The site stays shut: Checkpoint 1 is not signed by us\."):
        call_command("restore", str(made))
    assert door.is_shut() and work.one_round() == 0
    door.unlock()


def test_the_command_prints_what_it_did(made, capsys):
    call_command("restore", str(made), format="json")
    said = json.loads(capsys.readouterr().out)
    assert said["opened"] is True and said["problems"] == [] and not door.is_shut()
    with pytest.raises(CommandError, match="holds no whole backup"):
        call_command("restore", str(made.parent / "nowhere"))


def test_a_database_that_is_damaged_inside_is_refused(made):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses rows it cannot read by itself")
    said, _sha256 = manifest.read(made)
    path = made / "database" / "portal.sqlite3"
    path.write_bytes(path.read_bytes()[:4096] + b"\0" * 8192 + path.read_bytes()[12288:])
    with pytest.raises(BackupRefused, match="The database in the backup is damaged"):
        databases.staged(made, said.database, said.migrations)
