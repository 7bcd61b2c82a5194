"""Referees: other people's details, kept apart from the applicant's, and what they said about the applicant (L10)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class Referee(models.Model):
    """Somebody who may be asked about an applicant; without the applicant's yes to this one, nobody is asked."""

    class Told(models.TextChoices):
        MAIL = "mail", _("by e-mail")
        PHONE = "phone", _("by phone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("careers.Application", on_delete=models.CASCADE, related_name="referees")
    # The applicant's yes to asking this referee; empty until it is given.
    consent = models.ForeignKey(
        "privacy.ConsentEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    full_name = SealedTextField(_("name"), owner="application__subject", max_length=120)
    relation = SealedTextField(_("how they know the applicant"), owner="application__subject", max_length=200)
    email = SealedTextField(_("e-mail address"), owner="application__subject", max_length=190, blank=True)
    phone = SealedTextField(_("phone number"), owner="application__subject", max_length=30, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    # When and how the referee was told what we hold about them, which is at the first contact (GDPR Art 14(3)(b)).
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    told_how = models.CharField(_("told how"), max_length=5, choices=Told, blank=True)

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(condition=Q(told_how__in=["", "mail", "phone"]), name="referee_told_how_known"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | (Q(consent__isnull=False) & ~Q(told_how="")),
                name="referee_contacted_after_the_yes",
            ),
        ]

    def __str__(self):
        return f"Referee {str(self.pk)[:8]}"


class RefereeNote(models.Model):
    """What a referee said about the applicant, and apart from it what would show who the referee is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referee = models.ForeignKey(Referee, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    said = SealedTextField(
        _("what was said about the applicant"), owner="referee__application__subject", max_length=3000
    )
    identifying = SealedTextField(
        _("what would show who the referee is"), owner="referee__application__subject", max_length=1000, blank=True
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("what a referee said")
        verbose_name_plural = _("what referees said")
        ordering = ["written_at"]

    def __str__(self):
        return f"Referee note {str(self.pk)[:8]}"
