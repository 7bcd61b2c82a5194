"""The second factor: setting it up, showing it, losing it."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django_otp import verify_token

from cn_portal.accounts.models import RecoveryCode, TotpDevice, new_seed
from privacy.actions import note

from .codes import ALPHABET
from .sessions import end_others, tell

RECOVERY_CODES = 10
RECOVERY_LENGTH = 10


@transaction.atomic
def begin_factor(user, *, by) -> TotpDevice:
    """A new seed waiting to be confirmed, in place of one begun earlier. A factor in use stays in use."""
    TotpDevice.objects.filter(user=user, confirmed=False).delete()
    return TotpDevice.objects.create(user_id=user.pk, seed=new_seed())


@transaction.atomic
def confirm_factor(user, *, token, by, keep=None) -> list[str] | None:
    """Put the waiting app into use if `token` is its present code, and return ten new recovery codes, shown this once.

    None when the code is wrong or nothing is waiting. An app used before is replaced; other sessions end; the person
    gets a mail.
    """
    waiting = TotpDevice.objects.filter(user=user, confirmed=False).first()
    if waiting is None or verify_token(user, waiting.persistent_id, token) is None:
        return None
    TotpDevice.objects.filter(user=user, confirmed=True).delete()
    TotpDevice.objects.filter(pk=waiting.pk).update(confirmed=True)
    end_others(user, keep=keep)
    note("account.factor_added", subject=user.subject, record=user, by=by)
    tell(user, "factor_changed")
    return _renew_codes(user)


@transaction.atomic
def new_recovery_codes(user, *, by) -> list[str]:
    """Ten new recovery codes, shown this once; the old ones stop working."""
    note("account.recovery_codes_renewed", subject=user.subject, record=user, by=by)
    tell(user, "factor_changed")
    return _renew_codes(user)


@transaction.atomic
def remove_factor(user, *, by, keep=None) -> bool:
    """Take the second factor and its recovery codes away, and end other sessions. False when there was none."""
    removed, _ = TotpDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    if not removed:
        return False
    end_others(user, keep=keep)
    note("account.factor_removed", subject=user.subject, record=user, by=by)
    tell(user, "factor_changed")
    return True


def verify_factor(user, *, token) -> TotpDevice | None:
    """The person's app, if `token` is a code it shows now and that was not used before."""
    device = TotpDevice.objects.filter(user=user, confirmed=True).first()
    if device is None:
        return None
    return verify_token(user, device.persistent_id, "".join(str(token).split()))


def use_recovery_code(user, *, code) -> TotpDevice | None:
    """The person's app, if `code` is one of their unused recovery codes; the code is used up by this call.

    Tries are slowed down together with those for the app itself.
    """
    device = TotpDevice.objects.filter(user=user, confirmed=True).first()
    if device is None or not device.verify_is_allowed()[0]:
        return None
    if _use(user, code):
        device.clear_failures()
        return device
    device.count_failure()
    return None


def _use(user, code) -> bool:
    unused = RecoveryCode.objects.filter(user=user, used_at__isnull=True)
    salt = unused.values_list("salt", flat=True).first()
    if salt is None:
        return False
    return unused.filter(digest=_digest(code, salt)).update(used_at=timezone.now()) == 1


def _renew_codes(user) -> list[str]:
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    salt = secrets.token_hex(16)
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user_id=user.pk, salt=salt, digest=_digest(code, salt)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digest(code, salt) -> str:
    # A slow hash, since 46 bits could otherwise be searched; one salt for the ten, so that checking takes one hash.
    tidy = "".join(character for character in str(code).upper() if character in ALPHABET)
    return hashlib.scrypt(tidy.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
