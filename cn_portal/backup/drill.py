"""Rehearsing a restore: the newest backup comes back in a scratch folder, beside the site, and is timed (F25).

Processes of their own do it, with the environment of a small site in that folder: nothing of the real one is touched.
On PostgreSQL the scratch database is a schema of the real one, dropped at the end. The ledger is a copy.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import connections

from cn_portal.backup import databases, making, manifest
from cn_portal.routers import LEDGER, LEDGER_MODELS
from cn_portal.settings.env import handed_on
from privacy.actions.backups import record_drill

SCHEMA = "cn_drill"
# What would lead the rehearsal to the real site's mail, files or demonstration, or make it die.
LEFT_OUT = ("DJANGO_ENV", "S3_BUCKET", "S3_ENDPOINT_URL", "REDIS_URL", "EMAIL_URL", "CN_FAIL")


def rehearse(target: Path, *, now: datetime) -> dict:
    """Restore the newest backup below ``target`` in a scratch folder and write down how it went.

    Returns {"backup", "ok", "rpo_seconds", "rto_seconds", "replayed", "already", "problems"}: the age of the backup,
    and how long the restore took with its start. Raises BackupRefused when there is no backup.
    """
    folder = making.newest(target)
    said, _sha256 = manifest.read(folder)
    with tempfile.TemporaryDirectory(prefix="cn-drill-") as name, _database(Path(name)) as address:
        environment = _environment(Path(name), address)
        _copy_ledger(Path(name), environment)
        begun = time.monotonic()
        done, problems = _run(environment, "restore", str(folder), "--even-expired")
        seconds = round(time.monotonic() - begun, 3)
        again, more = _run(environment, "privacy_replay_erasures") if not problems else ({}, [])
    if again.get("replayed"):
        more = [f"{again['replayed']} erasure(s) were not at their end after the restore."]
    problems = [*problems, *done.get("problems", []), *more]
    counts = {name: done.get(name, 0) for name in ("replayed", "already", "files")}
    age = round((now - said.made).total_seconds(), 3)
    record_drill(backup=said.id, data_age=age, seconds=seconds, counts=counts, problems=problems)
    return {
        "backup": str(folder),
        "ok": not problems,
        "rpo_seconds": age,
        "rto_seconds": seconds,
        **counts,
        "problems": problems,
    }


@contextmanager
def _database(scratch: Path):
    """The address of an empty database for the rehearsal."""
    if databases.vendor() == "sqlite":
        yield f"sqlite:///{scratch / 'portal.sqlite3'}"
        return
    _schema("CREATE")
    try:
        yield _address_of(connections["default"].settings_dict)
    finally:
        _schema("DROP")


def _schema(act: str) -> None:
    with connections["default"].cursor() as cursor:
        for name in (SCHEMA, f"{SCHEMA}_restoring"):
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        if act == "CREATE":
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")


def _address_of(place: dict) -> str:
    who = f"{quote(place['USER'], safe='')}:{quote(place['PASSWORD'], safe='')}"
    where = f"{place['HOST']}:{place['PORT'] or 5432}/{quote(place['NAME'], safe='')}"
    return f"postgres://{who}@{where}?options={quote(f'-csearch_path={SCHEMA}', safe='')}"


def _environment(scratch: Path, address: str) -> dict:
    return handed_on(
        without=LEFT_OUT,
        CN_VAR=str(scratch),
        DATABASE_URL=address,
        LEDGER_DATABASE_URL=f"sqlite:///{scratch / 'ledger.sqlite3'}",
        SECRET_KEY=settings.SECRET_KEY,
        FIELD_KEYS=",".join(settings.FIELD_KEYS),
        DEMO="0",
    )


def _copy_ledger(scratch: Path, environment: dict) -> None:
    path = scratch / "ledger.json"
    rows = (
        row for name in sorted(LEDGER_MODELS) for row in apps.get_model(*name).objects.order_by("pk").iterator(2000)
    )
    with path.open("w") as stream:
        serializers.serialize("json", rows, stream=stream)
    for command in (("migrate", "--verbosity", "0"), ("loaddata", str(path), "--verbosity", "0")):
        _manage(environment, *command, "--database", LEDGER, check=True)


def _run(environment: dict, *command: str) -> tuple[dict, list[str]]:
    """(the document a command printed, why it failed as sentences)."""
    done = _manage(environment, *command, "--format", "json")
    if done.returncode:
        said = done.stderr.strip().splitlines()
        return {}, [said[-1] if said else f"{command[0]} ended with {done.returncode}."]
    return json.loads(done.stdout), []


def _manage(environment: dict, *command: str, check: bool = False):
    whole = [sys.executable, str(settings.ROOT / "manage.py"), *command]
    return subprocess.run(whole, env=environment, capture_output=True, text=True, check=check)  # noqa: S603
