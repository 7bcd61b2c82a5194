"""All tests, on SQLite and on PostgreSQL, then the coverage gates: python -m tests.whole_run

Arguments are handed on to pytest. Whatever was not run is named in loud lines at the end.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests import machine

ROOT = Path(__file__).resolve().parent.parent
# Not test-results: the browser plug-in empties that folder at the start of each run.
RESULTS = ROOT / ".test-reports"
# One more than a small machine has cores: a test that drives a browser or a server spends much of its time waiting.
PROCESSES = str(min(os.cpu_count() or 2, 4) + 1)
# The engine, everything that writes, and every rule are covered to the last branch; screens and set-up nearly so.
WHOLE = "privacy/*,*/actions/*,*/rules.py,*/rules/*"
GATES = ((["--include", WHOLE], 100), (["--omit", WHOLE], 90))


def main(arguments):
    missing = machine.get_ready()
    RESULTS.mkdir(exist_ok=True)
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    databases = ["sqlite", "postgres"] if machine.has_postgres() else ["sqlite"]
    _migrate(databases)
    failures = [f"tests on {name}" for name in databases if not _run_on(name, arguments)]
    if not arguments:
        failures += _coverage_failures()
    _say_what_was_left_out(missing, databases)
    print("\nFAILED: " + ", ".join(failures) if failures else "\nEverything passed.", flush=True)
    return 1 if failures else 0


def _migrate(databases):
    """Migrate the databases of all runs side by side, before there is anything to wait for them."""
    if "postgres" in databases:
        from tests.postgres import server_of_this_run

        server_of_this_run()
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.migrated"]
    started = [
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "CN_TEST_DATABASE": name, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        )
        for name in databases
    ]
    if any(process.wait() for process in started):
        print("The databases could not be migrated ahead; the runs will say why.", flush=True)
    print(f"{time.monotonic() - begun:.0f} seconds to migrate", flush=True)


def _run_on(database, arguments):
    print(f"\n=== Tests on {database} ===", flush=True)
    begun = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, "--dist", "loadfile", "--cov", "--cov-report="]
    if database == "postgres":
        command.append("--cov-config=tests/postgres.coveragerc")
    if left_out := _left_out(database):
        command += ["-m", " and ".join(f"not {mark}" for mark in left_out)]
    environment = {**os.environ, "CN_TEST_DATABASE": database, "COVERAGE_FILE": str(ROOT / f".coverage.{database}")}
    report = f"--junitxml={_report(database)}"
    passed = subprocess.run([*command, report, *arguments], cwd=ROOT, env=environment, check=False).returncode == 0
    print(f"{time.monotonic() - begun:.0f} seconds on {database}", flush=True)
    return passed


def _left_out(database):
    """Marks of tests not run on this database: the browser, what touches none, and single pages need one run alone."""
    if database == "postgres":
        return ["browser", "no_database", "one_database", "page"]
    return [] if machine.has_browser() else ["browser"]


def _report(database):
    return RESULTS / f"{database}.xml"


def _coverage_failures():
    print("\n=== Coverage ===", flush=True)
    _coverage("combine", "--quiet")
    return [f"coverage under {gate} %" for chosen, gate in GATES if not _coverage("report", *chosen, _floor(gate))]


def _floor(gate):
    return f"--fail-under={gate}"


def _coverage(*arguments):
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], cwd=ROOT, check=False).returncode == 0


def _say_what_was_left_out(missing, databases):
    skipped = [f"{name} on {database}: {why}" for database in databases for name, why in _skipped(_report(database))]
    if "postgres" in databases:
        print(
            "On PostgreSQL every page was opened by the walks; single pages and commands, the browser, the "
            "demonstration and tests that touch no database were not repeated.",
            flush=True,
        )
    for line in (*missing, *skipped):
        print(f"!!! NOT RUN: {line}", flush=True)


def _skipped(report):
    if not report.exists():
        return
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  a file pytest has just written
        if (skip := case.find("skipped")) is not None:
            yield f"{case.get('classname')}.{case.get('name')}", skip.get("message", "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
