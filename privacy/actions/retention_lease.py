"""One run at a time: a row says who runs, and that it lives (F21). What it says of itself carries a checksum."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from privacy.models import RetentionRun

DEAD_AFTER = timedelta(minutes=10)
SIGN_OF_LIFE = timedelta(seconds=5)
_RUNNING = "running"


class LeaseLost(Exception):
    """Another run took over, because this one gave no sign of life for too long."""


def begin(day: date) -> RetentionRun | None:
    """The row of a run that now has the lease; None while another run lives."""
    silent = RetentionRun.objects.filter(state=_RUNNING, alive_at__lt=timezone.now() - DEAD_AFTER)
    silent.update(state="died", finished_at=timezone.now())
    try:
        with transaction.atomic():
            return RetentionRun.objects.create(as_of=day)
    except IntegrityError:
        return None


def keep_alive(run: RetentionRun) -> None:
    """Say that the run lives, every few seconds. Raises LeaseLost when it counts as dead already."""
    now = timezone.now()
    if timedelta() <= now - run.alive_at < SIGN_OF_LIFE:
        return
    if not RetentionRun.objects.filter(pk=run.pk, state=_RUNNING).update(alive_at=now):
        raise LeaseLost
    run.alive_at = now


def finish(run: RetentionRun, state: str) -> None:
    """Write down how a run ended, with its duration and checksum."""
    run.state, run.finished_at = state, run.finished_at or timezone.now()
    run.duration_ms = max(0, int((run.finished_at - run.started_at).total_seconds() * 1000))
    run.checksum = checksum_of(run)
    run.save()


def checksum_of(run: RetentionRun) -> str:
    """SHA-256 over everything a finished run says of itself."""
    said = {
        "as_of": run.as_of.isoformat(),
        "mode": run.mode,
        "state": run.state,
        "classes": run.classes,
        "rules": run.rules,
        "stopped_by": run.stopped_by,
        "plan_digest": run.plan_digest,
        "backlog": run.backlog,
        "duration_ms": run.duration_ms,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
