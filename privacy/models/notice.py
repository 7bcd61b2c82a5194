"""Article 19: whom to tell that data was erased, corrected or restricted (L14)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.disclosure import Recipient
from privacy.models.erasure import Erasure
from privacy.models.request import SubjectRequest
from privacy.models.subject import DataSubject


class RecipientNotice(models.Model):
    """One recipient to be told about one erasure, or about one correction or restriction, and what came of it."""

    class About(models.TextChoices):
        ERASURE = "erasure", _("it was deleted")
        CORRECTION = "correction", _("it was corrected")
        RESTRICTION = "restriction", _("its use is paused")

    class State(models.TextChoices):
        DUE = "due", _("to be told")
        TOLD = "told", _("told")
        IMPOSSIBLE = "impossible", _("could not be told")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="recipient_notices")
    about = models.CharField(_("what about"), max_length=12, choices=About, default=About.ERASURE)
    erasure = models.ForeignKey(Erasure, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    request = models.ForeignKey(SubjectRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="notices")
    references = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    reason = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice to a recipient")
        verbose_name_plural = _("notices to recipients")
        constraints = [
            models.UniqueConstraint(fields=["erasure", "recipient"], name="recipient_told_once_per_erasure"),
            models.UniqueConstraint(fields=["request", "recipient"], name="recipient_told_once_per_request"),
            models.CheckConstraint(
                condition=Q(erasure__isnull=False, about="erasure") | Q(request__isnull=False),
                name="recipient_notice_has_a_cause",
            ),
            models.CheckConstraint(
                condition=~Q(state="impossible") | ~Q(reason=""), name="recipient_notice_impossible_says_why"
            ),
        ]

    def __str__(self):
        return f"Notice {str(self.pk)[:8]}"
