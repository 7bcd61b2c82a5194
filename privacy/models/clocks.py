"""Where a clock of the schedule needs a row of its own: ends of consents, warnings that were sent (L43, N55)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.consent import ConsentEvent
from privacy.models.subject import DataSubject


class ConsentEnd(models.Model):
    """The day the consent of an event ended. Events are never changed, so it stands beside them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.OneToOneField(ConsentEvent, on_delete=models.CASCADE, related_name="end")
    ended_on = models.DateField(_("the consent ended"), db_index=True)

    class Meta:
        verbose_name = _("end of a consent")
        verbose_name_plural = _("ends of consents")

    def __str__(self):
        return f"End {str(self.pk)[:8]}"


class RetentionWarning(models.Model):
    """A person was told that one record goes on a day. Once per record, day and step."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.CASCADE, related_name="retention_warnings")
    model = models.CharField(max_length=80)
    object_pk = models.CharField(max_length=64)
    kept_until = models.DateField(_("kept until"))
    # The step: so many days before the last day, at the latest.
    days = models.PositiveSmallIntegerField(_("days before"))
    told_at = models.DateTimeField(_("told"), default=timezone.now)

    class Meta:
        verbose_name = _("warning before deletion")
        verbose_name_plural = _("warnings before deletion")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "object_pk", "kept_until", "days"], name="retention_warning_once_per_step"
            )
        ]

    def __str__(self):
        return f"Warning {str(self.pk)[:8]}"
