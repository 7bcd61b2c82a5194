"""`manage.py check --deploy` as production would be started: python -m tests.production_check"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cn_portal.settings import keys

ROOT = Path(__file__).resolve().parent.parent


def environment(folder):
    """A complete production environment, with keys of its own and nothing real behind it."""
    return {
        "DJANGO_ENV": "production",
        "CN_VAR": str(folder),
        "SECRET_KEY": keys.new_secret(),
        "FIELD_KEYS": keys.new_field_key(),
        "BASE_URL": "https://portal.cn.example",
        "ALLOWED_HOSTS": "portal.cn.example",
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "LEDGER_DATABASE_URL": f"sqlite:///{folder}/ledger.sqlite3",
        "EMAIL_URL": "smtp+tls://portal:secret@mail.cn.example:587",
        "PATH": os.environ["PATH"],
    }


def run():
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        return subprocess.run(command, cwd=ROOT, env=environment(folder), check=False).returncode


if __name__ == "__main__":
    sys.exit(run())
