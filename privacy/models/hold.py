"""Why one record stays although its time is up (N54, N59, L12, L38)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.subject import DataSubject


class LegalHold(models.Model):
    """One record is kept, restricted, until a day or until somebody releases it. Never a whole person."""

    class Ground(models.TextChoices):
        STATUTORY = "statutory", _("a law says so")
        CLAIM = "claim", _("a dispute or claim")
        AUTHORITY = "authority", _("an authority's order")
        INCIDENT = "incident", _("an incident")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="holds")
    model = models.CharField(max_length=80)
    object_pk = models.CharField(max_length=64)
    ground = models.CharField(max_length=12, choices=Ground)
    law = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    until = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.UUIDField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        indexes = [models.Index(fields=["model", "object_pk"], name="hold_by_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=["statutory", "claim", "authority", "incident"]), name="hold_ground_known"
            ),
            models.CheckConstraint(condition=~Q(law="") & ~Q(reason=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=~Q(ground="statutory") | Q(until__isnull=False), name="hold_statutory_has_an_end"
            ),
        ]

    def __str__(self):
        return f"Hold {str(self.pk)[:8]}"
