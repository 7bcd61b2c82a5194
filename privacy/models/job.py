"""Work that must not be lost: a kind and an id, a lease and a count of attempts (F01)."""

import itertools
import secrets
import time
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_made = itertools.count()


def ordered_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562) that sorts as it was made: of two jobs of one instant the first goes first."""
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    made = next(_made) & (1 << 32) - 1
    return uuid.UUID(
        int=milliseconds << 80
        | 7 << 76
        | made >> 20 << 64
        | 2 << 62
        | (made & (1 << 20) - 1) << 42
        | secrets.randbits(42)
    )


class Job(models.Model):
    """One piece of background work. A worker that dies leaves a lease that ends; the next one carries on."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        DONE = "done", _("done")
        FAILED = "failed", _("given up")

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    kind = models.CharField(max_length=60)
    ref = models.UUIDField()
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    run_after = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        indexes = [models.Index(fields=["state", "run_after"], name="job_next")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref"], condition=Q(state="queued"), name="job_once_while_open")
        ]

    def __str__(self):
        return f"Job {str(self.pk)[:8]}"
