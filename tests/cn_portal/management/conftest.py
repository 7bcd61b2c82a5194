"""A portal prepared from an empty folder by the real command, for tests of whole processes."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cn_portal.management.commands.prepare import SEEDED

ROOT = Path(__file__).resolve().parents[3]
OUTPUT = "output.txt"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """Has `folder`, `environment` and the `output` of the first `prepare`. The demonstration content has tests of its
    own and is marked as already there. Made once for all processes of a run; each gets a copy of the folder."""
    folder = tmp_path_factory.mktemp("own") / "var"
    of_this_run = tmp_path_factory.getbasetemp()
    # A process of pytest-xdist has a folder below the one of the run.
    of_this_run = of_this_run.parent if "PYTEST_XDIST_WORKER" in os.environ else of_this_run
    made = _made_once(of_this_run / "prepared")
    shutil.copytree(made, folder)
    return SimpleNamespace(folder=folder, environment=_environment(folder), output=(made / OUTPUT).read_text())


def _made_once(folder):
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / OUTPUT).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            (folder / SEEDED).touch()
            output = prepare(_environment(folder))
            (folder / OUTPUT).write_text(output)
    return folder


def _environment(folder):
    return {
        "PATH": os.environ["PATH"],
        "CN_VAR": str(folder),
        "PORT": str(_free_port()),
        "DEMO_PASSWORD": "printed-for-the-newcomer",
        "DJANGO_SETTINGS_MODULE": "cn_portal.settings",
    }


def prepare(environment):
    command = [sys.executable, "manage.py", "prepare"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
