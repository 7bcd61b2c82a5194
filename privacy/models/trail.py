"""Who did what to which record and which fields; never a value (T28, L47)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TrailEntry(models.Model):
    """One act. Its digest is written with it; chaining happens in batches so that nobody waits. Append-only."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=60)
    actor = models.UUIDField(null=True, blank=True)
    subject = models.UUIDField(null=True, blank=True, db_index=True)
    model = models.CharField(max_length=80, blank=True)
    object_pk = models.CharField(max_length=64, blank=True)
    field_names = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail entries")
        indexes = [models.Index(fields=["model", "object_pk"], name="trail_by_record")]

    def __str__(self):
        return f"Trail entry {self.pk}"


class TrailSeal(models.Model):
    """A batch of entries folded into a chain: its digest covers every entry's digest and the seal before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    first_entry = models.PositiveBigIntegerField()
    last_entry = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("trail seal")
        verbose_name_plural = _("trail seals")

    def __str__(self):
        return f"Seal {self.number}"


class PurgePermit(models.Model):
    """Present only inside a purge's own transaction: the append-only triggers allow DELETE on the table it names."""

    table = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("purge permit")
        verbose_name_plural = _("purge permits")

    def __str__(self):
        return f"Permit {self.pk}"
