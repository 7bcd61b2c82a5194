"""The rehearsal restores beside the site, prints how old and how long, and leaves the site alone (F25)."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cn_portal.backup import door, drill, making
from privacy.actions import carry_out, request_erasure, seal_trail
from privacy.models import RestoreDrill
from tests.privacy.kills.dying import CANARY, places_with


@pytest.fixture
def rehearsed(kari, backups, monkeypatch):
    """A backup with somebody in it who has been erased since."""
    seal_trail()
    making.make(backups, now=timezone.now())
    carry_out(request_erasure(kari.subject, cause="rule", by=None))
    seal_trail()
    real = drill._environment
    # The settings of the tests choose their own folder.
    monkeypatch.setattr(
        drill, "_environment", lambda scratch, url: real(scratch, url) | {"CN_TEST_FOLDER": str(scratch)}
    )
    return backups


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the settings of the tests choose the PostgreSQL database")
def test_the_rehearsal(rehearsed, capsys):
    call_command("restore_drill", str(rehearsed), format="json")
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] and said["problems"] == [] and (said["replayed"], said["files"]) == (1, 1)
    assert said["rpo_seconds"] > 0 and said["rto_seconds"] > 0
    row = RestoreDrill.objects.get()
    assert row.is_good and row.seconds == said["rto_seconds"] and row.counts["replayed"] == 1
    # The site is as it was.
    assert not door.is_shut() and not places_with(CANARY)


def test_a_rehearsal_that_fails_is_recorded_with_the_reason(rehearsed, monkeypatch):
    answers = {"restore": ({}, ["The site stays shut."])}
    monkeypatch.setattr(drill, "_copy_ledger", lambda scratch, environment: None)
    monkeypatch.setattr(drill, "_run", lambda environment, command, *rest: answers[command])
    with pytest.raises(CommandError, match="The rehearsal failed: The site stays shut"):
        call_command("restore_drill", str(rehearsed))
    assert RestoreDrill.objects.get().problems == ["The site stays shut."]
    answers |= {"restore": ({"replayed": 1}, []), "privacy_replay_erasures": ({"replayed": 2}, [])}
    assert drill.rehearse(rehearsed, now=timezone.now())["problems"] == [
        "2 erasure(s) were not at their end after the restore."
    ]
    with pytest.raises(CommandError, match="holds no whole backup"):
        call_command("restore_drill", str(rehearsed / "nowhere"))


def test_a_command_that_fails_says_its_last_sentence(tmp_path, monkeypatch):
    class Done:
        returncode, stdout, stderr = 1, "", "first\nCommandError: last\n"

    monkeypatch.setattr(drill, "_manage", lambda *args, **options: Done)
    assert drill._run({}, "restore") == ({}, ["CommandError: last"])
    Done.stderr = ""
    assert drill._run({}, "restore") == ({}, ["restore ended with 1."])


def test_the_address_of_a_rehearsal_on_postgresql():
    place = {"USER": "cn", "PASSWORD": "a/b", "HOST": "db.example", "PORT": "", "NAME": "portal"}
    assert drill._address_of(place) == "postgres://cn:a%2Fb@db.example:5432/portal?options=-csearch_path%3Dcn_drill"
