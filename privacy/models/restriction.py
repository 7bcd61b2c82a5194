"""What stops a use: restriction of a person or a record, objection to an activity, suppression (L13, L16)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.request import SubjectRequest
from privacy.models.subject import DataSubject

DIRECT_MARKETING = "direct-marketing"


class Restriction(models.Model):
    """One person (``model`` empty) or one record is stored and used for nothing else until lifted.

    It is lifted on or after ``lift_on``, the day the person was told beforehand; never without having been told.
    """

    class Ground(models.TextChoices):
        ACCURACY = "accuracy", _("you say it is wrong, and we are checking (Art 18(1)(a))")
        UNLAWFUL = "unlawful", _("we should not have it, and you want it kept (Art 18(1)(b))")
        CLAIM = "claim", _("you need it for a claim (Art 18(1)(c))")
        OBJECTION = "objection", _("you object, and we are weighing it (Art 18(1)(d))")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="restrictions")
    model = models.CharField(max_length=80, blank=True)
    object_pk = models.CharField(max_length=64, blank=True)
    ground = models.CharField(_("why"), max_length=12, choices=Ground)
    request = models.ForeignKey(
        SubjectRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="restrictions"
    )
    opened_at = models.DateTimeField(_("since"), default=timezone.now)
    opened_by = models.UUIDField(null=True, blank=True)
    lift_on = models.DateField(_("ends on"), null=True, blank=True)
    lift_told_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(_("ended"), null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        indexes = [models.Index(fields=["model", "object_pk"], name="restriction_by_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "model", "object_pk", "ground"],
                condition=Q(lifted_at__isnull=True),
                name="restriction_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(model="", object_pk="") | (~Q(model="") & ~Q(object_pk="")),
                name="restriction_whole_or_one_record",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lift_told_at__isnull=False), name="restriction_lift_was_told"
            ),
        ]

    def __str__(self):
        return f"Restriction {str(self.pk)[:8]}"


class Objection(models.Model):
    """A person's no to one activity. It stops the activity at once; only direct marketing never comes back."""

    class State(models.TextChoices):
        OPEN = "open", _("being weighed")
        UPHELD = "upheld", _("followed")
        OVERRULED = "overruled", _("not followed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="objections")
    activity = models.CharField(_("to what"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    request = models.ForeignKey(
        SubjectRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="objections"
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    reason_code = models.CharField(_("reason"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "activity"], condition=~Q(state="overruled"), name="objection_once_while_it_stands"
            ),
            models.CheckConstraint(
                condition=~Q(activity=DIRECT_MARKETING) | Q(state="upheld"), name="objection_to_marketing_is_absolute"
            ),
            models.CheckConstraint(
                condition=~Q(state="overruled") | ~Q(reason_code=""), name="objection_overruled_says_why"
            ),
        ]

    def __str__(self):
        return f"Objection {str(self.pk)[:8]}"


class Suppression(models.Model):
    """An address nobody sends marketing to: its keyed hash, nothing readable. It outlives the person (L16, T27)."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail address")
        PHONE = "phone", _("phone number")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    index = models.CharField(max_length=64)
    since = models.DateTimeField(_("since"), default=timezone.now)
    source = models.CharField(_("how"), max_length=20)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        constraints = [models.UniqueConstraint(fields=["kind", "index"], name="suppression_once")]

    def __str__(self):
        return f"Suppression {str(self.pk)[:8]}"
