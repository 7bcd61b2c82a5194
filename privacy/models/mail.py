"""Mail waiting to go out: sealed while it waits, emptied when it has gone (F16, T17)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.subject import DataSubject


class OutgoingMail(models.Model):
    """One mail. Address and context are sealed with the service key and emptied the moment it is sent or cancelled."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("dropped: no such account")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("could not be sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, null=True, blank=True, on_delete=models.CASCADE, related_name="mails")
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=5)
    to_sealed = models.BinaryField()
    to_index = models.CharField(max_length=64, blank=True, db_index=True)
    context_sealed = models.BinaryField()
    only_if_account = models.BooleanField(default=False)
    final = models.BooleanField(default=False)
    # The consent this mail rests on; empty for what is sent without one. Without the consent it is not delivered.
    purpose = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")

    def __str__(self):
        return f"Mail {str(self.pk)[:8]}"
