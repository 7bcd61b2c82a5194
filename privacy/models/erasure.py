"""Erasures under way and done (N56, L12), and the nights."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.subject import DataSubject


class Erasure(models.Model):
    """One erasure and the step it has reached; carrying on after a kill starts from here. No personal data."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        EXECUTING = "executing", _("being carried out")
        WAITING = "waiting", _("done but for what a law keeps")
        DONE = "done", _("done")

    class Cause(models.TextChoices):
        REQUEST = "request", _("asked for by the person")
        WITHDRAWAL = "withdrawal", _("consent withdrawn")
        RULE = "rule", _("time was up")
        STAFF = "staff", _("decided by the office")
        REPLAY = "replay", _("replayed after a restore")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="erasures")
    cause = models.CharField(max_length=12, choices=Cause)
    whole = models.BooleanField(default=True)
    scope = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    step = models.CharField(max_length=12, blank=True)
    ledger = models.UUIDField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    kept = models.JSONField(default=list, blank=True)
    files = models.PositiveIntegerField(default=0)
    actor = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "executing", "waiting", "done"]), name="erasure_state_known"
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(whole=True) & ~Q(state="done"), name="erasure_one_open_per_person"
            ),
        ]

    def __str__(self):
        return f"Erasure {str(self.pk)[:8]}"


class RetentionRun(models.Model):
    """One night's run: what was due, what went, what was held. Counts only, kept for ever.

    ``state``: running | done | failed (rows stay due) | died | stopped (the brake; nothing went) | clock (the day could
    not be believed; nothing went). A stopped run may be allowed by a person, for exactly the plan of its digest.
    ``backlog`` is how many rows were left for the next run of the same night; ``alive_at`` is the lease's last sign of
    life; ``checksum`` covers everything a run says of itself, so that a changed number shows.
    """

    class Mode(models.TextChoices):
        REAL = "real", _("carried out")
        DRY = "dry", _("counted only")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    as_of = models.DateField()
    mode = models.CharField(max_length=4, choices=Mode, default=Mode.REAL)
    state = models.CharField(max_length=24, default="running")
    classes = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=list, blank=True)
    stopped_by = models.JSONField(default=list, blank=True)
    plan_digest = models.CharField(max_length=64, blank=True)
    backlog = models.PositiveIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    checksum = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    alive_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    allowed_at = models.DateTimeField(null=True, blank=True)
    allowed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="retention_one_run_at_a_time"),
            models.CheckConstraint(condition=Q(mode__in=["real", "dry"]), name="retention_run_mode_known"),
        ]

    def __str__(self):
        return f"Run {self.as_of}"
