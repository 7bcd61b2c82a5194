"""Who receives data, what they may receive, and every hand-over (N46 to N49, L9)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.subject import DataSubject


class Recipient(models.Model):
    """A named party that may receive personal data, and the only fields it may receive. "etc." is not a name (T23)."""

    class Role(models.TextChoices):
        PROCESSOR = "dpv:DataProcessor", _("processor")
        CONTROLLER = "dpv:ThirdParty", _("independent controller")
        JOINT = "dpv:JointDataControllers", _("joint controller")
        AUTHORITY = "dpv:Authority", _("authority")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        ENDED = "ended", _("ended")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role, default=Role.CONTROLLER)
    country = models.CharField(max_length=2, default="NO")
    transfer_tool = models.CharField(max_length=120, blank=True)
    allowed_fields = models.JSONField(default=list)
    activities = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    agreement_reference = models.CharField(max_length=120, blank=True)
    agreement_expires_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=20, default="partner")

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active", "suspended", "ended"]), name="recipient_state_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="recipient_has_a_name"),
        ]

    def __str__(self):
        return self.name


class Disclosure(models.Model):
    """One hand-over of one person's data: which fields, to whom, why, on what basis. Append-only."""

    class Direction(models.TextChoices):
        SENT = "sent", _("sent")
        RECEIVED = "received", _("received")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="disclosures")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="disclosures")
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.SENT)
    activity = models.CharField(max_length=60)
    basis = models.CharField(max_length=60)
    field_names = models.JSONField(default=list)
    payload_digest = models.CharField(max_length=64)
    about_model = models.CharField(max_length=80, blank=True)
    about_pk = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        indexes = [models.Index(fields=["subject", "at"], name="disclosure_by_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=["sent", "received"]), name="disclosure_direction_known"),
            models.CheckConstraint(condition=~Q(activity="") & ~Q(basis=""), name="disclosure_says_why"),
        ]

    def __str__(self):
        return f"Disclosure {str(self.pk)[:8]}"
