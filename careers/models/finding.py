"""Facts that should not be in an application, found in it and closed off: where, what kind, until when (N16, T7)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Finding(models.Model):
    """One document or text of an application that recruiters may not read. Never what stands in it.

    `target` is the key of the file, answer or note; for the letter it is the application's own.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("file")
        LETTER = "letter", _("letter")
        ANSWER = "answer", _("answer")
        NOTE = "note", _("note")

    class Reason(models.TextChoices):
        HEALTH = "health", _("health, pregnancy or disability")
        UNION = "union", _("union membership")
        BELIEF = "belief", _("religion or belief")
        ORIGIN = "origin", _("ethnic origin")
        POLITICS = "politics", _("political opinion")
        SEXUAL = "sexual", _("sexual life or orientation")
        CONVICTION = "conviction", _("convictions and offences")
        NUMBER = "number", _("national identity number")
        OTHERS = "others", _("private facts about somebody else")

    class State(models.TextChoices):
        OPEN = "open", _("closed off")
        CLEARED = "cleared", _("a mistake: given back")
        REMOVED = "removed", _("removed")
        KEPT = "kept", _("kept at the applicant's wish")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("careers.Application", on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(_("where"), max_length=6, choices=Kind)
    target = models.UUIDField(editable=False)
    reason = models.CharField(_("what kind"), max_length=10, choices=Reason)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    # The applicant's explicit yes to keeping this one (GDPR Art 9(2)(a)).
    consent = models.ForeignKey(
        "privacy.ConsentEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField(_("found"), default=timezone.now, editable=False)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The last day it may lie there closed off; then the clock removes it.
    due_on = models.DateField(_("removed at the latest on"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("sensitive content")
        verbose_name_plural = _("sensitive content")
        ordering = ["found_at"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="finding_by_day"),
            models.Index(fields=["target", "state"], name="finding_by_target"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "cleared", "removed", "kept"]), name="finding_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["file", "letter", "answer", "note"]), name="finding_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="kept") | Q(consent__isnull=False), name="finding_kept_by_consent"
            ),
            models.UniqueConstraint(fields=["target"], condition=Q(state="open"), name="finding_one_open_per_target"),
        ]

    def __str__(self):
        return f"Finding {str(self.pk)[:8]}"
