"""Everything that depends on the clock: once a night, each job on its own, so that one failure stops no other."""

import fcntl
import logging
from datetime import date, time

from django.core.management import call_command
from django.utils import timezone

from privacy import registry

logger = logging.getLogger(__name__)

# After midnight's own traffic and after both changes of summer time.
NIGHTLY_FROM = time(3, 30)
MARK = "schedule.last"


def run_all(*, as_of, dry_run=False):
    """Run every daily job for the moment `as_of` (aware). Returns name → result; a job that failed has the result
    `{"error": name of the exception}` and its details are in the log."""
    jobs = {"publishing": _publishing, "sessions": _sessions, **registry.daily_jobs()}
    return {name: _run(name, job, as_of=as_of, dry_run=dry_run) for name, job in jobs.items()}


def failed(results):
    """Names of the jobs that failed."""
    return [name for name, result in results.items() if "error" in result]


def run_if_due(var, *, now):
    """Called by the worker every few seconds: runs the jobs once a night, on one worker of this machine.

    A night the machine slept through is made up for on waking. The very first start only notes
    the day: nothing is erased while somebody is still setting the portal up. Returns the results, or None.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / MARK).open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        mark.seek(0)
        last, today = mark.read().strip(), timezone.localdate(now)
        if not _is_due(last, now):
            return None
        mark.truncate(0)
        mark.write(today.isoformat())
        mark.flush()
    return run_all(as_of=now) if last else None


def _is_due(last, now):
    if not last:
        return True
    local = timezone.localtime(now)
    return date.fromisoformat(last) < local.date() and local.time() >= NIGHTLY_FROM


def _run(name, job, *, as_of, dry_run):
    # A job of any app may fail in any way; the others must still run, and the caller is told which one did.
    try:
        return job(as_of=as_of, dry_run=dry_run) or {}
    except Exception as error:
        logger.exception("Daily job %s failed.", name)
        return {"error": type(error).__name__}


def _publishing(*, as_of, dry_run):
    """Wagtail's own clock: pages that go live or expire. It reads the clock itself and takes no other moment."""
    call_command("publish_scheduled", dryrun=dry_run, verbosity=0)
    return {"done": not dry_run}


def _sessions(*, as_of, dry_run):
    if not dry_run:
        call_command("clearsessions")
    return {"done": not dry_run}
