"""Something that really happened between a person and us. It moves the clock of the law (N7, N55)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class Interaction(models.Model):
    """One call, visit, mail, question or note about one person."""

    class Kind(models.TextChoices):
        CALL = "call", _("call")
        VISIT = "visit", _("visit")
        MAIL = "mail", _("mail")
        ENQUIRY = "enquiry", _("question from the website")
        NOTE = "note", _("note")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey("crm.Contact", on_delete=models.CASCADE, related_name="interactions")
    subject = models.ForeignKey("privacy.DataSubject", on_delete=models.PROTECT, related_name="interactions")
    organisation = models.ForeignKey(
        "crm.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="interactions"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    happened_on = models.DateField(_("day"))
    text = SealedTextField(_("what was said"), owner="subject", max_length=5000)
    product = models.CharField(_("product"), max_length=120, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-happened_on", "-created_at"]
        indexes = [models.Index(fields=["happened_on"], name="crm_interaction_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["call", "visit", "mail", "enquiry", "note"]), name="crm_interaction_kind_known"
            ),
        ]

    def __str__(self):
        return f"{_('Conversation')} {str(self.pk)[:8]}"
