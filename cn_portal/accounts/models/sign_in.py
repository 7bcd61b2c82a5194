"""What is kept about signing in: the history a person can read, and the codes on their way by mail."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInEvent(models.Model):
    """One attempt to sign in, or one change to how this account is entered; kept for 90 days (notice N12).

    A failed attempt carries the keyed hash of the address and no account, so that the same row is written
    whether or not the account exists.
    """

    class How(models.TextChoices):
        PASSWORD = "password", _("Password")
        CODE = "code", _("Mailed code")
        FACTOR = "factor", _("Second factor")
        RECOVERY = "recovery", _("Recovery code")
        STEP_UP = "step_up", _("Confirmed again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="sign_in_events"
    )
    address_key = models.CharField(_("keyed hash of the address"), max_length=64, db_index=True)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    how = models.CharField(_("how"), max_length=12, choices=How.choices)
    ok = models.BooleanField(_("succeeded"))
    network = models.CharField(_("network"), max_length=50, blank=True)
    agent = models.CharField(_("browser"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ok=False) | models.Q(user__isnull=False),
                name="accounts_signinevent_success_has_user",
            ),
        ]

    def __str__(self):
        return f"Sign-in {str(self.pk)[:8]}"


class SignInCode(models.Model):
    """A mailed one-time code. Neither the code nor the address is in it, only keyed hashes of both.

    The row is written for unknown addresses as well; it outlives the code itself, so a code can never be used again.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("Sign in")
        CONFIRM = "confirm", _("Confirm again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    address_key = models.CharField(max_length=64)
    browser_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    network_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mailed code")
        verbose_name_plural = _("mailed codes")
        indexes = [
            models.Index(fields=["address_key", "created_at"], name="accounts_code_address"),
            models.Index(fields=["network_hash", "created_at"], name="accounts_code_network"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="accounts_code_expires_later"
            ),
        ]

    def __str__(self):
        return f"Mailed code {str(self.pk)[:8]}"
