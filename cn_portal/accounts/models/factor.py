"""The second factor: an authenticator app, and recovery codes for the day the phone is gone (notice N63, T09)."""

import base64
import secrets
import time
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from privacy.fields import SealedTextField

STEP_SECONDS = 30
DIGITS = 6
# Neighbouring steps are accepted, so a clock that is half a minute off still works.
TOLERANCE_STEPS = 1


def new_seed() -> str:
    """A new 160-bit seed in base32, the spelling authenticator apps take."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


class TotpDevice(ThrottlingMixin, Device):
    """One authenticator app. The seed is sealed with its owner's key, so a copy of the database gives no codes.

    A user has at most one confirmed device and one that is being set up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=64, blank=True, default="")
    confirmed = models.BooleanField(_("in use"), default=False)
    seed = SealedTextField(_("seed"), owner="user__subject", compartment="main")
    last_t = models.BigIntegerField(_("last step used"), default=-1)
    drift = models.SmallIntegerField(_("clock difference in steps"), default=0)
    created_at = models.DateTimeField(_("set up"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")
        constraints = [
            models.UniqueConstraint(fields=["user", "confirmed"], name="accounts_totp_one_per_state"),
        ]

    def __str__(self):
        return f"Authenticator {str(self.pk)[:8]}"

    @property
    def persistent_id(self):
        # django-otp reads the key back with int(), and Django accepts a UUID's integer in a lookup.
        return f"{self.model_label()}/{self.pk.int}"

    def get_throttle_factor(self):
        return getattr(settings, "OTP_TOTP_THROTTLE_FACTOR", 1)

    def totp(self, drift=None) -> TOTP:
        """The generator for this seed, at the present time."""
        generator = TOTP(base64.b32decode(self.seed), STEP_SECONDS, 0, DIGITS, self.drift if drift is None else drift)
        generator.time = time.time()
        return generator

    def verify_token(self, token) -> bool:
        """True once for the code of now or a neighbouring step; each failure doubles the wait before the next try."""
        if not self.verify_is_allowed()[0]:
            return False
        generator = self.totp()
        text = str(token)
        right = text.isascii() and text.isdigit() and len(text) == DIGITS
        if right and generator.verify(int(text), TOLERANCE_STEPS, self.last_t + 1) and self._take(generator):
            return True
        self.count_failure()
        return False

    def _take(self, generator) -> bool:
        # The condition is in the UPDATE itself: of two requests with one code, the database lets one through.
        taken = type(self).objects.filter(pk=self.pk, last_t__lt=generator.t())
        return bool(
            taken.update(
                last_t=generator.t(),
                # Never further than one step, so that an app with the right time always stays within tolerance.
                drift=max(-1, min(1, generator.drift)),
                last_used_at=timezone.now(),
                throttling_failure_count=0,
                throttling_failure_timestamp=None,
            )
        )

    def clear_failures(self) -> None:
        """A try that succeeded: the next one need not wait."""
        type(self).objects.filter(pk=self.pk).update(throttling_failure_count=0, throttling_failure_timestamp=None)

    def count_failure(self) -> None:
        """One more failed try: the wait before the next one doubles."""
        type(self).objects.filter(pk=self.pk).update(
            throttling_failure_count=models.F("throttling_failure_count") + 1,
            throttling_failure_timestamp=timezone.now(),
        )


class RecoveryCode(models.Model):
    """A code to be used once instead of the app. Only a slow salted hash is kept, so it cannot be shown again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="accounts_recovery_code_once"),
        ]

    def __str__(self):
        return f"Recovery code {str(self.pk)[:8]}"
