"""Checking the trail: every night and when somebody asks, with the result kept for the office to see (T33)."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from privacy.actions.jobs import enqueue
from privacy.actions.trail import actor_id, note
from privacy.actions.verify import check
from privacy.models import Verification

JOB = "privacy.verify"
State = Verification.State


@transaction.atomic
def ask_check(*, by) -> Verification:
    """Put a check in line; while one waits, the same one."""
    waiting = Verification.objects.filter(state=State.WAITING).first()
    if waiting is not None:
        return waiting
    made = Verification.objects.create(asked_by=actor_id(by))
    note("trail.check_asked", record=made, by=by)
    enqueue(JOB, ref=made.pk)
    return made


def run_check(verification: Verification) -> Verification:
    """Carry out one check and keep what it found; doing it again writes the newer result."""
    begun = time.monotonic()
    found = check()
    verification.seconds = round(time.monotonic() - begun, 3)
    verification.finished_at, verification.entries = timezone.now(), found.entries
    verification.problems, verification.remarks = found.problems, found.remarks
    verification.state = State.BAD if found.problems else State.GOOD
    verification.save()
    note("trail.checked", record=verification, by=None, reason=verification.state)
    return verification


def check_nightly(*, as_of: datetime, dry_run: bool = False) -> dict:
    """The night's check. Returns {"ok", "problems": how many}."""
    if dry_run:
        found = check()
        return {"ok": not found.problems, "problems": len(found.problems)}
    done = run_check(Verification.objects.create(asked_at=as_of))
    return {"ok": done.state == State.GOOD, "problems": len(done.problems)}
