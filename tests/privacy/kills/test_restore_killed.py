"""A backup or a restore killed -9 at any step: half a backup is none, and the restore run again finishes (T34, F25)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cn_portal.backup import door, making, restoring
from privacy.actions import carry_out, request_erasure, seal_trail, suppress, verify
from privacy.models import DataSubject, Suppression
from tests.privacy.kills.dying import CANARY, assert_rows_and_objects_agree, die_at, places_with, points

MAKING = ["backup.database", "backup.files", "backup.filled", "backup.named"]
RESTORING = [
    "restore.shut",
    "restore.staged",
    "restore.files",
    "restore.swapped",
    "restore.swept",
    "restore.stopped",
    "restore.replayed",
]


@pytest.mark.parametrize("name", points(MAKING, on_postgres={"backup.filled"}))
def test_half_a_backup_is_none(own_house, tmp_path, name):
    backups = tmp_path / "backups"
    die_at(name, lambda: making.make(backups, now=timezone.now()))
    assert len(making.whole_ones(backups)) == (1 if name == "backup.named" else 0)
    assert len(list(backups.glob("cn-backup*"))) == 1
    making.make(backups, now=timezone.now() + timedelta(seconds=5))
    assert not list(backups.glob("*.half"))


@pytest.mark.parametrize("name", points(RESTORING, on_postgres={"restore.swapped"}))
def test_a_killed_restore_is_finished_by_running_it_again(kari, ola, tmp_path, name):
    backups = tmp_path / "backups"
    seal_trail()
    making.make(backups, now=timezone.now())
    carry_out(request_erasure(kari.subject, cause="rule", by=None))
    suppress(ola.subject, by=None, source="letter")
    seal_trail()
    stopped = Suppression.objects.count()

    die_at(name, lambda: restoring.restore(backups, now=timezone.now()))
    assert door.is_shut()

    done = restoring.restore(backups, now=timezone.now())
    assert done["opened"] and done["problems"] == [] and not door.is_shut()
    assert not places_with(CANARY) and verify() == []
    assert DataSubject.objects.get(pk=kari.subject.pk).state == "erased"
    assert Suppression.objects.count() == stopped > 0
    assert_rows_and_objects_agree()
