"""What lives in the ledger database, where a restore of the main one cannot roll it back (L39, T34)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ErasureLedger(models.Model):
    """One erasure that was ordered: written before the first destructive step, replayed after a restore.

    ``scope`` is empty for a whole person, else {"app.Model": [uuid, …]}: only keys that are never used twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(db_index=True)
    cause = models.CharField(max_length=20)
    scope = models.JSONField(default=dict, blank=True)
    ordered_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    replayed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")

    def __str__(self):
        return f"Ledger entry {str(self.pk)[:8]}"


class TrailCheckpoint(models.Model):
    """The head of the trail at one moment, signed, outside the main database: a cut tail shows (T33)."""

    number = models.PositiveBigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    last_entry = models.PositiveBigIntegerField()
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self):
        return f"Checkpoint {self.number}"
