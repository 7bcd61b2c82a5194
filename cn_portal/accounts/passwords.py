"""How long a password must be (notice N10): 15 characters alone, 8 beside a second factor, and no other recipe."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ALONE = 15
WITH_FACTOR = 8
# Long enough for any phrase; hashing has to read every character, so there is an end.
LONGEST = 1000


def least_length(user) -> int:
    """Staff count as having a second factor: they cannot enter their pages without one."""
    if user is not None and (user.is_staff or (user.pk and user.totpdevice_set.filter(confirmed=True).exists())):
        return WITH_FACTOR
    return ALONE


class LengthByFactor:
    """Password validator, named in AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password, user=None):
        least = least_length(user)
        if len(password) < least:
            raise ValidationError(
                ngettext(
                    "This password has %(count)d character; it must have at least %(least)d. A sentence is fine.",
                    "This password has %(count)d characters; it must have at least %(least)d. A sentence is fine.",
                    len(password),
                ),
                code="password_too_short",
                params={"count": len(password), "least": least},
            )
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password is longer than %(longest)d characters. Choose a shorter one."),
                code="password_too_long",
                params={"longest": LONGEST},
            )

    def get_help_text(self):
        return _(
            "At least %(alone)d characters, or %(with_factor)d with an authenticator app. Any characters will do."
        ) % {"alone": ALONE, "with_factor": WITH_FACTOR}
