"""Consent: what was shown, what was answered, and where that leaves us (N32, N36 to N41, L18)."""

import hashlib
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models.subject import DataSubject


class ConsentText(models.Model):
    """The exact wording of one question in one language; a new wording is a new version, never an edit."""

    purpose = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    version = models.PositiveIntegerField(default=1)
    wording = models.TextField()
    how_to_withdraw = models.TextField()
    sha256 = models.CharField(max_length=64, editable=False)
    valid_months = models.PositiveSmallIntegerField(default=24)
    live = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("consent wording")
        verbose_name_plural = _("consent wordings")
        constraints = [
            models.UniqueConstraint(fields=["purpose", "language", "version"], name="consent_text_version_once"),
            models.CheckConstraint(condition=Q(valid_months__gt=0), name="consent_text_valid_months_positive"),
        ]

    def __str__(self):
        return f"{self.purpose} {self.language} v{self.version}"

    def save(self, *args, **kwargs):
        if self.pk and self.sha256 and self.sha256 != self.fingerprint():
            raise ValueError("A wording that has been stored is not edited: publish a new version of it.")
        self.sha256 = self.fingerprint()
        super().save(*args, **kwargs)

    def fingerprint(self) -> str:
        """SHA-256 of the wording and the withdrawal sentence, as shown."""
        return hashlib.sha256(f"{self.wording}\n{self.how_to_withdraw}".encode()).hexdigest()


class ConsentKind(models.TextChoices):
    ASKED = "asked", _("asked")
    GIVEN = "given", _("given")
    REFUSED = "refused", _("declined")
    DEFERRED = "deferred", _("put off")
    RENEWED = "renewed", _("renewed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("ended by us")
    INVALIDATED = "invalidated", _("found invalid")
    UNKNOWN = "unknown", _("without proof")


class ConsentEvent(models.Model):
    """One thing that happened to one consent. Append-only: the database refuses UPDATE, and DELETE outside a purge."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="consent_events")
    purpose = models.CharField(max_length=60)
    # What the answer is about, where one purpose is asked more than once: the key of an application, say.
    about = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=12, choices=ConsentKind)
    text = models.ForeignKey(ConsentText, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    text_sha256 = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=20)
    evidence = models.JSONField(default=dict, blank=True)
    actor = models.UUIDField(null=True, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        indexes = [models.Index(fields=["subject", "purpose", "at"], name="consent_event_by_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="consent_event_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=["given", "renewed"])
                | (Q(text__isnull=False, valid_until__isnull=False) & ~Q(text_sha256="")),
                name="consent_given_with_wording",
            ),
        ]

    def __str__(self):
        return f"Consent event {str(self.pk)[:8]}"


class ConsentState(models.Model):
    """Where one purpose stands for one person: a projection of the events, written by the same function."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    about = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=ConsentKind)
    since = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    event = models.ForeignKey(ConsentEvent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(fields=["subject", "purpose", "about"], name="consent_state_once"),
            models.CheckConstraint(condition=Q(state__in=ConsentKind.values), name="consent_state_known"),
        ]

    def __str__(self):
        return f"Consent {str(self.pk)[:8]}"
