"""Everything that depends on the clock: once a night, each job on its own, so that one failure stops no other."""

import fcntl
import logging
from contextlib import contextmanager
from datetime import date, time, timedelta

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from privacy import registry

logger = logging.getLogger(__name__)

# After midnight's own traffic and after both changes of summer time.
NIGHTLY_FROM = time(3, 30)
MARK = "schedule.last"


def run_all(*, as_of, dry_run=False, only=None):
    """Run every daily job for the moment `as_of` (aware), or those named in `only`. Returns name → result; a job that
    failed has the result `{"error": name of the exception}` and its details are in the log."""
    jobs = {"publishing": _publishing, "sessions": _sessions, **registry.daily_jobs()}
    return {
        name: _run(name, job, as_of=as_of, dry_run=dry_run)
        for name, job in jobs.items()
        if only is None or name in only
    }


def run_to_the_end(*, as_of):
    """Like `run_all`, and jobs that took a bounded part of their work are run again until they have no backlog left."""
    results = run_all(as_of=as_of)
    while left := {name: results[name]["backlog"] for name in unfinished(results)}:
        again = run_all(as_of=as_of, only=left)
        results |= again
        if not any(again[name].get("backlog", 0) < left[name] for name in again):
            break
    return results


def failed(results):
    """Names of the jobs that failed."""
    return [name for name, result in results.items() if "error" in result]


def unfinished(results):
    """Names of the jobs that say they have a backlog."""
    return [name for name, result in results.items() if result.get("backlog")]


def run_if_due(var, *, now):
    """Called by the worker every few seconds: runs the jobs once a night, on one worker of this machine.

    A night the machine slept through is made up for on waking. A job that took a bounded part of its work (`backlog` in
    its result) is run again by the next call, until nothing is left. The very first start only notes the day: nothing
    is erased while somebody is still setting the portal up. Returns the results, or None.
    """
    var.mkdir(parents=True, exist_ok=True)
    with _mark(var) as mark:
        last, again = _read(mark)
        due = _is_due(last, now)
        if not due and not again:
            return None
        _write(mark, timezone.localdate(now).isoformat() if due else last)
    if not last:
        return None
    results = run_all(as_of=now, only=None if due else again)
    if left := unfinished(results):
        with _mark(var) as mark:
            _write(mark, " ".join([_read(mark)[0], *left]))
    return results


def publish_if_due(*, now):
    """Called by the worker in every round: a page goes live, or leaves, when its moment comes and not the night after.

    Returns the result of the job, or None when no page waits for a moment that has come.
    """
    waits = Revision.objects.filter(approved_go_live_at__lt=now).exists()
    if not waits and not Page.objects.filter(live=True, expire_at__lt=now).exists():
        return None
    return _run("publishing", _publishing, as_of=now, dry_run=False)


@contextmanager
def _mark(var):
    """The file that says which night was done, and which jobs of it go on; one process at a time."""
    with (var / MARK).open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        yield mark


def _read(mark):
    mark.seek(0)
    last, *again = mark.read().split() or [""]
    return last, again


def _write(mark, text):
    mark.truncate(0)
    mark.write(text)
    mark.flush()


def _is_due(last, now):
    if not last:
        return True
    local, done = timezone.localtime(now), date.fromisoformat(last)
    # A mark of a day to come was made by a clock that was wrong; waiting for that day would mean doing nothing.
    return local.time() >= NIGHTLY_FROM and (done < local.date() or done > local.date() + timedelta(days=1))


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
