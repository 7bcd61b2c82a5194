"""`prepare` from an empty folder, and again."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


def prepare(folder):
    environment = {
        "PATH": os.environ["PATH"],
        "CN_VAR": str(folder),
        "DEMO_PASSWORD": "printed-for-the-newcomer",
        "DJANGO_SETTINGS_MODULE": "cn_portal.settings",
    }
    command = [sys.executable, "manage.py", "prepare"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.timeout(300)
def test_prepare_makes_everything_once_and_keeps_it(folder):
    first = prepare(folder)
    assert "bringing it up to date" in first
    assert "seller@cn.example" in first
    assert "printed-for-the-newcomer" in first
    names = {path.name for path in folder.iterdir()}
    assert {"keys", "people", "mail", "portal.sqlite3", "ledger.sqlite3"} <= names
    key = (folder / "keys" / "secret_key").read_text()

    begun = time.monotonic()
    second = prepare(folder)
    assert time.monotonic() - begun < 20
    assert "bringing it up to date" not in second
    assert "writing it, once" not in second
    assert "seller@cn.example" in second
    assert (folder / "keys" / "secret_key").read_text() == key
