"""The floors hold, and the check that says so can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cn_portal", "crm", "careers", "privacy")
LINT = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]


@pytest.fixture
def copy(tmp_path):
    """The project's code in a folder of its own, where a wrong import can be planted."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.pyc", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder):
    environment = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "COLUMNS": "200"}
    done = subprocess.run(LINT, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_floors_hold(copy):
    status, output = lint(copy)
    assert status == 0, output


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("crm/planted.py", "import careers.apps"),
        ("careers/planted.py", "from crm import apps"),
        ("privacy/planted.py", "import crm.apps"),
        ("privacy/planted.py", "from cn_portal import health"),
        ("crm/planted.py", "from cn_portal import health"),
        ("careers/planted.py", "from privacy.models import DataSubject"),
        ("crm/planted.py", "from privacy import vault"),
        ("crm/planted.py", "from privacy.rules import retention"),
    ],
)
def test_a_planted_import_is_refused(copy, module, line):
    (copy / module).write_text(f"{line}\n")
    status, output = lint(copy)
    assert status == 1
    assert "BROKEN" in output
    assert module.removesuffix(".py").replace("/", ".") in output
