"""A person's copy being built, waiting for them, or gone (L7, L8, L15)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.file import StoredFile
from privacy.models.subject import DataSubject


class Copy(models.Model):
    """One copy: built in the background, readable for 7 days and 3 downloads by its owner, then gone."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting its turn")
        BUILDING = "building", _("being put together")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be built")
        GONE = "gone", _("gone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.CASCADE, related_name="copies")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    language = models.CharField(max_length=5, default="nb")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_parts = models.PositiveIntegerField(default=0)
    all_parts = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    downloads = models.PositiveSmallIntegerField(default=0)
    requested_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("copy")
        verbose_name_plural = _("copies")
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=["queued", "building"]), name="copy_one_under_way"
            ),
            models.CheckConstraint(condition=Q(downloads__lte=3), name="copy_downloads_at_most_three"),
        ]

    def __str__(self):
        return f"Copy {str(self.pk)[:8]}"
