"""`make bench`: each figure is a ratio to a peer or a limit measured in the same run, on a database of its own.

SCALE=10000 is the number of people (the default is 5,000). BENCH_DATABASE_URL names a PostgreSQL server; without it
SQLite is measured. Absolute times are printed for orientation only: quote the ratios.
"""

import os
import sys
import tempfile


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ["CN_VAR"] = folder
        os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "")
        os.environ["DJANGO_SETTINGS_MODULE"] = "cn_portal.settings"
        return _measure(int(os.environ.get("SCALE", "5000")))


def _measure(scale: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("migrate", database="ledger", verbosity=0, skip_checks=True)
    from bench import copy, erasure, retention, sealed, shred, stops, trail

    print(f"{connection.vendor}, {scale:,} people\n")
    missed = 0
    for module in (sealed, shred, trail, retention, erasure, copy, stops):
        for figure in module.measure(scale):
            missed += not figure.holds
            print(figure)
    print(f"\n{missed} bar(s) missed." if missed else "\nEvery bar is met.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
