"""Background jobs: taken under a lease, tried again with growing pauses, given up in sight (F01, F16).

An attempt counts from the moment a job is taken, so a job that ends its worker each time is given up as well.
"""

import logging
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from privacy import registry
from privacy.failpoints import failpoint
from privacy.models import Job

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
logger = logging.getLogger("privacy.jobs")


def enqueue(kind: str, *, ref, run_after=None) -> Job:
    """Put one piece of work in line: a kind and a UUID, nothing personal. Already in line stays as it is."""
    job, _created = Job.objects.get_or_create(
        kind=kind, ref=ref, state=Job.State.QUEUED, defaults={"run_after": run_after or timezone.now()}
    )
    return job


def run_jobs(*, limit: int = 100, now=None) -> int:
    """Take and run up to ``limit`` jobs that are due; returns how many were run."""
    done = 0
    while done < limit and (job := _take(now or timezone.now())) is not None:
        _run(job)
        done += 1
    return done


def extend_lease(ref) -> None:
    """A long job that was taken says it is alive."""
    taken = Job.objects.filter(ref=ref, state=Job.State.QUEUED, lease_until__isnull=False)
    taken.update(lease_until=timezone.now() + LEASE)


def _take(now) -> Job | None:
    # Check and take are one UPDATE: of two workers exactly one gets a row count of 1 (F21).
    races = 0
    while races < 5:
        due = _due(now).order_by("run_after", "created_at", "pk").first()
        if due is None:
            return None
        if due.attempts >= MOST_ATTEMPTS:
            # An error would have been counted when it happened: each of these attempts ended with its worker.
            _give_up(due, "WorkerDied")
        elif _lease(due, now):
            failpoint("job.taken")
            return due
        else:
            races += 1
    return None


def _due(now):
    return Job.objects.filter(_free(now), state=Job.State.QUEUED, run_after__lte=now)


def _free(now) -> Q:
    return Q(lease_until__isnull=True) | Q(lease_until__lt=now)


def _lease(job: Job, now) -> bool:
    same = Job.objects.filter(_free(now), pk=job.pk, state=Job.State.QUEUED, attempts=job.attempts)
    if not same.update(lease_until=now + LEASE, attempts=job.attempts + 1):
        return False
    job.attempts += 1
    return True


def take_job(kind: str, *, ref) -> Job | None:
    """Take one queued job to do its work here and now; None while a worker has it. Then work inside `finishing`."""
    now = timezone.now()
    job = Job.objects.filter(_free(now), kind=kind, ref=ref, state=Job.State.QUEUED).first()
    return job if job is not None and _lease(job, now) else None


@contextmanager
def finishing(job: Job):
    """A taken job is done when this block ends; an error puts it back in line and goes on to the caller."""
    try:
        yield
    except Exception as error:
        # Whatever it was, the job is kept and tried again.
        _put_back(job, error)
        raise
    failpoint("job.before_done")
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, lease_until=None, finished_at=timezone.now())


def _run(job: Job) -> None:
    with suppress(Exception), finishing(job):
        registry.jobs()[job.kind](job.ref)


def _put_back(job: Job, error: Exception) -> None:
    # The class only: messages of libraries may carry values (T31).
    name = type(error).__name__[:80]
    logger.error("job failed", extra={"kind": job.kind, "job": str(job.pk), "error": name})
    if job.attempts >= MOST_ATTEMPTS:
        _give_up(job, name)
        return
    pause = timedelta(seconds=min(5 * 2**job.attempts, 3600))
    Job.objects.filter(pk=job.pk).update(lease_until=None, last_error=name, run_after=timezone.now() + pause)


@transaction.atomic
def _give_up(job: Job, error: str) -> None:
    """The job stays in sight as given up, and its kind clears away what it no longer needs."""
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.FAILED, lease_until=None, last_error=error, finished_at=timezone.now()
    )
    logger.error("job given up", extra={"kind": job.kind, "job": str(job.pk), "error": error})
    registry.given_up_act(job.kind)(job.ref)


def prune_jobs(*, as_of, dry_run: bool = False) -> dict:
    """Finished jobs older than 30 days go; given-up ones stay until somebody has looked."""
    old = Job.objects.filter(state=Job.State.DONE, finished_at__lt=as_of - timedelta(days=30))
    count = old.count()
    if not dry_run:
        with transaction.atomic():
            old.delete()
    return {"pruned": count}
