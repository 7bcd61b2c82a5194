"""Who on staff looked at whose record (L47)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.subject import DataSubject


class StaffRead(models.Model):
    """One member of staff opened one record of one person on one day; kept for 12 months."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.CASCADE, related_name="reads")
    actor = models.UUIDField()
    # What the reader was at the time ("sales", "hr"): the person is told the part, not the colleague's name.
    role = models.CharField(_("who"), max_length=60, blank=True)
    model = models.CharField(_("what"), max_length=80)
    object_pk = models.CharField(max_length=64)
    on = models.DateField(_("day"))
    first_at = models.DateTimeField(_("first looked at"), default=timezone.now)

    class Meta:
        verbose_name = _("look at a record")
        verbose_name_plural = _("looks at records")
        indexes = [models.Index(fields=["subject", "on"], name="staff_read_by_subject")]
        constraints = [
            models.UniqueConstraint(fields=["actor", "model", "object_pk", "on"], name="staff_read_once_a_day")
        ]

    def __str__(self):
        return f"Look {str(self.pk)[:8]}"
