"""`make bench`: each figure is a ratio to a peer or a limit measured in the same run, on a database of its own.

`python -m bench copy sealed` measures these alone, `--database sqlite` or `--database postgres` on one database alone.
SCALE=10000 is the number of people (the default is 5,000). BENCH_DATABASE_URL names an empty PostgreSQL database to
use; without it a server is started for the run as the tests start theirs, which means without waiting for the disk.
Absolute times are printed for orientation only: quote the ratios.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = ("sealed", "shred", "trail", "retention", "erasure", "leftovers", "copy", "stops", "hiring")
DATABASES = ("sqlite", "postgres")


def main() -> int:
    options = _options()
    if options.one:
        return _alone(options.one, options.sections or SECTIONS)
    address = _postgres() if "postgres" in options.database else ""
    ran, missed = [], 0
    for name in options.database:
        if name == "postgres" and not address:
            continue
        command = [sys.executable, "-m", "bench", "--one", name, *options.sections]
        environment = {**os.environ, "BENCH_DATABASE_URL": address if name == "postgres" else ""}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        # Up to 100 is the number of bars that were missed; beyond it something broke.
        if done.returncode > 100 or done.returncode < 0:
            return 1
        ran, missed = [*ran, name], missed + done.returncode
    print(f"\n{missed} bar(s) missed." if missed else "\nEvery bar is met.")
    for name in sorted(set(options.database) - set(ran)):
        print(f"\n*** NOT MEASURED on {name}: it is not installed. Debian's package is «postgresql». ***")
    return 0


def _options():
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    parser.add_argument("sections", nargs="*", choices=[[], *SECTIONS], help="all of them when none is named")
    parser.add_argument("--database", action="append", choices=DATABASES, help="both when none is named")
    parser.add_argument("--one", choices=DATABASES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.database = list(dict.fromkeys(options.database or DATABASES))
    return options


def _postgres() -> str:
    """The address of an empty database, or nothing where there is no server to be had."""
    if address := os.environ.get("BENCH_DATABASE_URL", ""):
        return address
    import psycopg

    from tests.postgres import NoServer, server_of_this_run

    try:
        server = server_of_this_run()
    except NoServer:
        return ""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    return f"{server}/bench"


def _alone(database: str, sections) -> int:
    # An error would end with 1, which is one bar that was missed.
    sys.excepthook = _broken
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ["CN_VAR"] = folder
        os.environ["DATABASE_URL"] = os.environ["BENCH_DATABASE_URL"] if database == "postgres" else ""
        os.environ["DJANGO_SETTINGS_MODULE"] = "cn_portal.settings"
        return _measure(int(os.environ.get("SCALE", "5000")), sections)


def _broken(kind, error, where) -> None:
    traceback.print_exception(kind, error, where)
    sys.stderr.flush()
    os._exit(101)


def _measure(scale: int, sections) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("migrate", database="ledger", verbosity=0, skip_checks=True)
    print(f"\n{connection.vendor}, {scale:,} people\n", flush=True)
    missed = 0
    for name in sections:
        for figure in import_module(f"bench.{name}").measure(scale):
            missed += not figure.holds
            print(figure, flush=True)
    return min(missed, 100)


if __name__ == "__main__":
    sys.exit(main())
