"""Meetings with an applicant: offered times, the one that was agreed, and what the calendar was told (N31)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class Interview(models.Model):
    """One meeting with one applicant. Nobody but the applicant is invited by it, and nobody else's name is in it.

    `uid` is the name of the entry in the applicant's calendar and `sequence` its version: an invitation, a change and
    a cancellation of one meeting share the first and count up the second (RFC 5545, 3.8.4.7 and 3.8.7.4).
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("times offered")
        AGREED = "agreed", _("agreed")
        NO_TIME = "no_time", _("no time fits")
        CANCELLED = "cancelled", _("cancelled")

    class Kind(models.TextChoices):
        PLACE = "place", _("at our place")
        VIDEO = "video", _("video call")
        PHONE = "phone", _("phone call")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("careers.Application", on_delete=models.CASCADE, related_name="interviews")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    kind = models.CharField(_("how"), max_length=6, choices=Kind, default=Kind.PLACE)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    place = SealedTextField(_("place or link"), owner="application__subject", max_length=300)
    with_whom = SealedTextField(_("who you meet"), owner="application__subject", max_length=300, blank=True)
    message = SealedTextField(_("message"), owner="application__subject", max_length=1000, blank=True)
    # What the applicant wrote back: why no time fits, or why they cannot come.
    answer = SealedTextField(_("answer"), owner="application__subject", max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["starts_at", "made_at"]
        indexes = [models.Index(fields=["state", "starts_at"], name="interview_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["offered", "agreed", "no_time", "cancelled"]), name="interview_state_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=["place", "video", "phone"]), name="interview_kind_known"),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(starts_at__isnull=False), name="interview_agreed_has_a_time"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="interview_takes_time"),
        ]

    def __str__(self):
        return f"Interview {str(self.pk)[:8]}"


class InterviewSlot(models.Model):
    """One time that was offered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("starts"))

    class Meta:
        verbose_name = _("offered time")
        verbose_name_plural = _("offered times")
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["interview", "starts_at"], name="interview_slot_once")]

    def __str__(self):
        return f"Offered time {str(self.pk)[:8]}"
