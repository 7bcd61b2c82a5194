"""A portal prepared from an empty folder by the real command, for tests of whole processes."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cn_portal.management.commands.prepare import SEEDED

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """Has `folder`, `environment` and the `output` of the first `prepare`. The demonstration content has tests of its
    own and is marked as already there."""
    folder = tmp_path_factory.mktemp("var")
    (folder / SEEDED).touch()
    environment = {
        "PATH": os.environ["PATH"],
        "CN_VAR": str(folder),
        "PORT": str(_free_port()),
        "DEMO_PASSWORD": "printed-for-the-newcomer",
        "DJANGO_SETTINGS_MODULE": "cn_portal.settings",
    }
    return SimpleNamespace(folder=folder, environment=environment, output=prepare(environment))


def prepare(environment):
    command = [sys.executable, "manage.py", "prepare"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
