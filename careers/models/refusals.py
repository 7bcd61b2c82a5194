"""A refusal to many at once: who ordered it and for whom, so that what was shown is what is sent, once each (N31)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models.application import Application
from careers.models.hiring import Hiring


class BulkRefusal(models.Model):
    """One order of one named person. The texts are the same for everybody and are emptied when all have been told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hiring = models.ForeignKey(Hiring, on_delete=models.CASCADE, related_name="bulk_refusals")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ordered_at = models.DateTimeField(_("ordered"), default=timezone.now)
    # The list and every mail as they were shown, as one digest.
    digest = models.CharField(max_length=64)
    # {"nb": {"reason": …, "words": …}, "en": …}: emptied with the last line.
    texts = models.JSONField(default=dict, blank=True)
    shown = models.PositiveIntegerField(_("on the list"))
    told = models.PositiveIntegerField(_("told"), default=0)
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("refusal to many")
        verbose_name_plural = _("refusals to many")
        ordering = ["-ordered_at"]

    def __str__(self):
        return f"Bulk refusal {str(self.pk)[:8]}"


class RefusalLine(models.Model):
    """One application on the list, with the digest of the mail that was shown for it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TOLD = "told", _("told")
        LEFT_OUT = "left_out", _("left out")

    class Why(models.TextChoices):
        MOVED = "moved", _("the application was moved in the meantime")
        PAUSED = "paused", _("the person has asked for a pause, or is being erased")
        CHANGED = "changed", _("the mail would be another one than was shown")
        NOBODY = "nobody", _("the person who ordered it is no longer there")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    refusal = models.ForeignKey(BulkRefusal, on_delete=models.CASCADE, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="refusal_lines")
    digest = models.CharField(max_length=64)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.WAITING)
    why = models.CharField(_("why"), max_length=8, choices=Why, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a refusal to many")
        verbose_name_plural = _("lines of refusals to many")
        constraints = [
            models.UniqueConstraint(fields=["refusal", "application"], name="refusal_line_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["waiting", "told", "left_out"]), name="refusal_line_outcome_known"
            ),
            models.CheckConstraint(
                condition=models.Q(why__in=["", "moved", "paused", "changed", "nobody"]), name="refusal_line_why_known"
            ),
        ]

    def __str__(self):
        return f"Refusal line {str(self.pk)[:8]}"
