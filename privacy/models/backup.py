"""Backups made and drills done: kept in the ledger database, which no restore rolls back (L39, F25)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Backup(models.Model):
    """One backup. It lives until ``expires_on`` at the latest; ``pruned_at`` says when it was removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()
    manifest_sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    files = models.PositiveIntegerField()
    seconds = models.FloatField()
    pruned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")

    def __str__(self):
        return f"Backup {self.made_at:%Y-%m-%d}"


class RestoreDrill(models.Model):
    """One rehearsal of a restore, and how long it took. ``data_age`` is the recovery point in seconds: what would be
    lost; ``seconds`` the recovery time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    backup = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    is_good = models.BooleanField()
    data_age = models.FloatField()
    seconds = models.FloatField()
    counts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("restore drill")
        verbose_name_plural = _("restore drills")

    def __str__(self):
        return f"Drill {self.at:%Y-%m-%d}"
