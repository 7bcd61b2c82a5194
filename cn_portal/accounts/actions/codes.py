"""Codes by mail: asked for by anybody for any address, worth something only to whoever reads that mailbox."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cn_portal.accounts.browser import counted_as
from cn_portal.accounts.models import SignInCode, normalise_email
from cn_portal.accounts.throttle import address_key
from privacy.actions import queue_mail

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B and U, which looks like V: what is read on one screen and typed on another must
# not be guessed at.
ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
LENGTH = 8
LIVES = timedelta(minutes=10)
TRIES = 5
PER_ADDRESS, ADDRESS_WINDOW = 3, timedelta(minutes=15)
PER_NETWORK_ADDRESS, NETWORK_WINDOW = 10, timedelta(hours=1)


def request_code(email, *, purpose, browser, ip, language, by=None) -> None:
    """Mail a one-time code to `email` if it has an account; from outside, nothing tells whether it has.

    The same rows are written for every address, and the mail is dropped on delivery when there is no account.
    More than 3 codes for one address in 15 minutes, or 10 from one network address in an hour, are merged: nothing
    more is sent, and codes already on their way keep working (T05, T17).
    """
    now = timezone.now()
    key, place = address_key(email), _hash("ip", counted_as(ip))
    if _too_many(key, place, now):
        return
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    with transaction.atomic():
        SignInCode.objects.create(
            purpose=purpose,
            address_key=key,
            browser_hash=_hash("browser", browser),
            code_hash=_code_hash(purpose, key, browser, code),
            network_hash=place,
            created_at=now,
            expires_at=now + LIVES,
        )
        queue_mail(
            to=normalise_email(email),
            template=f"accounts/mail/{purpose}_code",
            context={"code": f"{code[:4]} {code[4:]}", "minutes": int(LIVES.total_seconds() // 60)},
            language=language,
            subject=None,
            only_if_account=True,
        )


def redeem_code(email, *, code, browser, purpose) -> bool:
    """True once, for the right code, in the browser that asked, within 10 minutes and 5 tries.

    Spaces, hyphens and lower case are forgiven. Each call is counted before it is checked, so tries made at the
    same moment cannot get past the limit; and `used_at` is set by the same UPDATE that checks it (T11).
    """
    now = timezone.now()
    key = address_key(email)
    live = SignInCode.objects.filter(
        purpose=purpose,
        address_key=key,
        browser_hash=_hash("browser", browser),
        used_at__isnull=True,
        expires_at__gt=now,
    )
    with transaction.atomic():
        live.filter(attempts__lt=TRIES + 1).update(attempts=F("attempts") + 1)
        right = live.filter(attempts__lte=TRIES, code_hash=_code_hash(purpose, key, browser, _tidy(code)))
        return right.update(used_at=now) == 1


def _too_many(key, place, now) -> bool:
    for_address = SignInCode.objects.filter(address_key=key, created_at__gt=now - ADDRESS_WINDOW).count()
    from_place = SignInCode.objects.filter(network_hash=place, created_at__gt=now - NETWORK_WINDOW).count()
    return for_address >= PER_ADDRESS or from_place >= PER_NETWORK_ADDRESS


def _tidy(code) -> str:
    return "".join(character for character in str(code).upper() if character in ALPHABET)


def _code_hash(purpose, key, browser, code) -> str:
    return _hash("code", f"{purpose}:{key}:{browser}:{code}")


def _hash(kind, value) -> str:
    # A code lives ten minutes and has five tries; what a copy of the table must not give is a way to test guesses,
    # and for that the key outside the database is enough.
    return salted_hmac(f"cn_portal.accounts.{kind}", value, algorithm="sha256").hexdigest()
