"""Applications that came another way than the form, and applicants who are not of age (T6, L30)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class HandRegistration(models.Model):
    """How consent was had for an application that a member of staff entered: in which way, when, and what proves it."""

    class How(models.TextChoices):
        PAPER = "paper", _("signed on paper")
        MAIL = "mail", _("written in an e-mail")
        PHONE = "phone", _("said on the phone")
        TALK = "talk", _("said in person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField("careers.Application", on_delete=models.CASCADE, related_name="registration")
    how = models.CharField(_("how consent was given"), max_length=5, choices=How)
    agreed_on = models.DateField(_("consent given on"))
    arrived_on = models.DateField(_("application arrived on"))
    evidence = models.OneToOneField(
        "privacy.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("application registered by hand")
        verbose_name_plural = _("applications registered by hand")
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=["paper", "mail", "phone", "talk"]), name="registration_how_known"
            )
        ]

    def __str__(self):
        return f"Registration {str(self.pk)[:8]}"


class GuardianCheck(models.Model):
    """A parent or guardian of an applicant under 18 knows of the application and agrees (L30)."""

    class How(models.TextChoices):
        PHONE = "phone", _("talked to on the phone")
        MEETING = "meeting", _("met in person")
        PAPER = "paper", _("signed on paper")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField("careers.Application", on_delete=models.CASCADE, related_name="guardian_check")
    guardian = SealedTextField(_("parent or guardian"), owner="application__subject", max_length=120)
    how = models.CharField(_("how"), max_length=7, choices=How)
    checked_on = models.DateField(_("checked on"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("guardian check")
        verbose_name_plural = _("guardian checks")
        constraints = [
            models.CheckConstraint(condition=Q(how__in=["phone", "meeting", "paper"]), name="guardian_check_how_known")
        ]

    def __str__(self):
        return f"Guardian check {str(self.pk)[:8]}"
