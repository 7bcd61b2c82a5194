"""What a backup is made of, where it is refused, and that half a one never counts."""

import fcntl
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from cn_portal.backup import files, making, manifest
from cn_portal.backup.manifest import BackupRefused
from privacy.models import Backup, ServiceKey
from privacy.vault import index_key

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_everything_is_in_the_manifest_with_its_digest_and_nothing_else(backups, ola):
    storages["default"].save("images/front.jpg", ContentFile(b"picture"))
    storages["default"].save("trail/2026-03-02T04.json", ContentFile(b"{}"))
    made = making.make(backups, now=NOW)
    folder = backups / "cn-backup-2026-03-02T040000Z"
    said, sha256 = manifest.read(folder)
    manifest.compare(folder, said)
    assert made["backup"] == str(folder) and made["sha256"] == sha256
    assert (made["files"], made["expires_on"], said.made) == (2, "2026-04-06", NOW)
    assert "files/default/images/front.jpg" in said.files
    assert not any(name.startswith("files/default/trail") for name in said.files)
    assert sum(name.startswith("files/people/") for name in said.files) == 1
    # Who reads it needs the keys, which are not in it; and the folder is for its owner alone.
    assert said.kek_ids == list(ServiceKey.objects.values_list("kek_id", flat=True).distinct())
    assert folder.stat().st_mode & 0o077 == 0 and (folder / "manifest.json").stat().st_mode & 0o077 == 0
    row = Backup.objects.get()
    assert (str(row.pk), row.manifest_sha256, row.expires_on.isoformat()) == (said.id, sha256, "2026-04-06")
    assert str(row) == "Backup 2026-03-02"


def test_a_backup_beyond_its_life_is_removed_by_the_next(backups):
    making.make(backups, now=NOW)
    last_day = making.make(backups, now=NOW + timedelta(days=35))
    assert last_day["pruned"] == 0 and len(making.whole_ones(backups)) == 2
    after = making.make(backups, now=NOW + timedelta(days=36))
    assert after["pruned"] == 1 and [folder.name for folder in making.whole_ones(backups)] == [
        "cn-backup-2026-04-06T040000Z",
        "cn-backup-2026-04-07T040000Z",
    ]
    assert Backup.objects.filter(pruned_at__isnull=False).count() == 1
    assert making.newest(backups).name == "cn-backup-2026-04-07T040000Z"


def test_targets_that_are_refused_stay_as_they_are(backups, tmp_path):
    making.make(backups, now=NOW)
    [folder] = making.whole_ones(backups)
    with pytest.raises(BackupRefused, match="is a backup itself"):
        making.make(folder, now=NOW)
    with pytest.raises(BackupRefused, match="exists already"):
        making.make(backups, now=NOW)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "summer.jpg").write_bytes(b"x")
    with pytest.raises(BackupRefused, match=r"other things than backups, summer\.jpg"):
        making.make(tmp_path / "photos", now=NOW)
    with pytest.raises(BackupRefused, match="is no folder"):
        making.make(tmp_path / "photos" / "summer.jpg", now=NOW)
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["summer.jpg"]
    with pytest.raises(BackupRefused, match="no whole backup"):
        making.newest(tmp_path / "photos")
    with pytest.raises(BackupRefused, match="no whole backup"):
        making.newest(tmp_path / "nowhere")


def test_of_two_backups_at_once_the_second_waits_its_turn(backups):
    backups.mkdir()
    with (backups / making.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BackupRefused, match="Another backup is being made"):
            making.make(backups, now=NOW)
    assert making.make(backups, now=NOW)["files"] == 0


def test_a_half_is_no_backup_and_is_swept_away(backups):
    half = backups / "cn-backup-2026-03-01T040000Z.half"
    half.mkdir(parents=True)
    (half / manifest.NAME).write_text("{}")
    with pytest.raises(BackupRefused):
        making.newest(backups)
    making.make(backups, now=NOW)
    assert not half.exists()


def test_a_file_that_is_erased_meanwhile_is_not_in_the_backup(backups, ola, monkeypatch):
    storage = storages["people"]
    monkeypatch.setattr(files, "names_in", lambda storage, folder="": ["gone"])
    made = making.make(backups, now=NOW)
    assert made["files"] == 0 and not storage.exists("gone")


def test_the_command_says_where_and_refuses_with_a_sentence(backups, capsys):
    index_key()
    call_command("backup", str(backups), format="json")
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {
        "backup", "id", "made_at", "expires_on", "files", "bytes", "sha256", "seconds", "pruned",
    }  # fmt: skip
    with pytest.raises(CommandError, match="is a backup itself and was not touched"):
        call_command("backup", said["backup"])
    assert timezone.now().date().isoformat() in said["made_at"]
