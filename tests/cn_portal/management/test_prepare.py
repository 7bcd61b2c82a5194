"""`prepare` from an empty folder, and again."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cn_portal.management.commands import prepare

ROOT = Path(__file__).resolve().parents[3]


def test_everything_is_made_once_and_kept(prepared):
    assert "Database «default»: bringing it up to date" in prepared.output
    assert "Database «ledger»: bringing it up to date" in prepared.output
    names = {path.name for path in prepared.folder.iterdir()}
    assert {"keys", "people", "mail", "portal.sqlite3", "ledger.sqlite3"} <= names
    key = (prepared.folder / "keys" / "secret_key").read_text()

    command = [sys.executable, "manage.py", "prepare"]
    again = subprocess.run(command, cwd=ROOT, env=prepared.environment, capture_output=True, text=True, check=True)
    assert "bringing it up to date" not in again.stdout
    assert "seller@cn.example" in again.stdout
    assert (prepared.folder / "keys" / "secret_key").read_text() == key


def test_the_sign_ins_are_printed_with_their_password(prepared):
    assert "seller@cn.example" in prepared.output
    assert "printed-for-the-newcomer" in prepared.output


@pytest.fixture
def calls(monkeypatch, settings, tmp_path):
    """What `prepare` calls, with both databases up to date."""
    made = []
    settings.VAR = tmp_path
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: made.append(name))
    monkeypatch.setattr(prepare, "_is_behind", lambda alias: False)
    for name in ("publish_texts", "adopt_declared", "publish_first_notice"):
        monkeypatch.setattr(prepare, name, lambda: 0)
    return made


def run():
    out = StringIO()
    call_command("prepare", stdout=out)
    return out.getvalue()


def test_the_demonstration_is_written_once(calls):
    assert "writing it, once" in run()
    assert "writing it, once" not in run()
    assert calls == ["seed_demo"]


def test_wordings_that_are_not_live_yet_are_published_and_said(calls, monkeypatch):
    monkeypatch.setattr(prepare, "publish_texts", lambda: 3)
    assert "3 wordings published" in run()


def test_production_collects_static_files_and_knows_no_demonstration(calls, settings):
    settings.PRODUCTION, settings.DEMO = True, False
    assert run() == ""
    assert calls == ["collectstatic"]


def test_databases_that_are_behind_are_migrated(calls, monkeypatch, settings):
    settings.DEMO = False
    monkeypatch.setattr(prepare, "_is_behind", lambda alias: True)
    run()
    assert calls == ["migrate", "migrate"]
