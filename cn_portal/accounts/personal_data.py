"""What accounts hold about people, and for how long (notice N10, N12, N23, N55)."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from cn_portal.accounts.activities import ACCOUNTS, SECURITY_LOG
from cn_portal.accounts.models import AccountSession, RecoveryCode, SignInCode, SignInEvent, TotpDevice, User
from privacy import registry
from privacy.declare import (
    OBSERVED,
    Category,
    Field,
    Held,
    KeepFor,
    KeepWith,
    MatchedBy,
    NotPersonal,
    PersonalData,
)

RANDOM_KEY = NotPersonal("A random key that says nothing.")
WHOSE = NotPersonal("The way from this row to its account.")
MECHANICS = NotPersonal("A counter or setting of the mechanism itself, the same for everybody.")
UNDER_WAY = ("open", "confirmed")
NINETY_DAYS = "N12: security log 90 days"


def proved_address_keys(ids):
    """The keyed hashes of the addresses these persons have proved; an address somebody merely typed finds nothing."""
    person = get_user_model()._meta.get_field("subject").related_model
    proved = person.objects.filter(pk__in=ids, identifiers__verified_at__isnull=False)
    return proved.values("identifiers__index")


def _by_account_or_address(ids):
    return Q(user__subject__in=ids) | Q(address_key__in=proved_address_keys(ids))


def _by_address(ids):
    return Q(address_key__in=proved_address_keys(ids))


def _by_username(ids):
    return Q(username__in=proved_address_keys(ids))


HASHED = "Known and unknown addresses look alike here: rows carry no account, only the address as a keyed hash."


@registry.holds(User)
class UserData(PersonalData):
    title = _("Account")
    subject = "subject"
    activity = ACCOUNTS
    keep = KeepFor(
        months=24, since="active_at", source=noop("N55: 24 months after the last sign-in"), warn_days=(30, 7)
    )
    source = _("you, or the colleague who opened the account")
    fields = {
        "id": RANDOM_KEY,
        "subject": NotPersonal("The way from the account to the person."),
        "email": Field(Category.LOGIN),
        "password": Field(Category.CREDENTIAL, secret=True),
        "first_name": Field(Category.NAME),
        "last_name": Field(Category.NAME),
        "language": Field(Category.LANGUAGE, editable_by_subject=True),
        "last_login": Field(Category.LOGIN, scope=OBSERVED),
        "date_joined": Field(Category.LOGIN, scope=OBSERVED),
        "active_at": Field(Category.LOGIN, scope=OBSERVED),
        "is_active": NotPersonal("Whether the account is open.", shown=True),
        "is_staff": NotPersonal("Whether the account belongs to a colleague.", shown=True),
        "is_superuser": NotPersonal("A right in the system, not a fact about the person."),
        "demo": NotPersonal("Marks invented people of the demonstration."),
    }
    held_by = (
        Held(
            "in-service",
            Q(is_staff=True, is_active=True),
            reason=_("You work here and need the account; it is closed first, then deleted."),
            law="GDPR Art 6(1)(f), Art 17(1)(a) e contrario",
        ),
        # What was ordered may lie under another key that is the same person.
        Held(
            "order-under-way",
            Q(subject__orders__state__in=UNDER_WAY) | Q(subject__claimed__orders__state__in=UNDER_WAY),
            reason=_("an order of yours is under way, and you follow it here"),
            law="GDPR Art 17(1)(a)",
            clock_only=True,
        ),
    )


@registry.holds("accounts.User_groups")
class UserGroupData(PersonalData):
    title = _("Groups of colleagues")
    subject = "user__subject"
    activity = ACCOUNTS
    keep = KeepWith("user", source=noop("N63: as long as the account"))
    fields = {
        "id": RANDOM_KEY,
        "user": WHOSE,
        "group": NotPersonal("Which rights the account has in the system.", shown=True),
    }


@registry.holds("accounts.User_user_permissions")
class UserPermissionData(PersonalData):
    title = _("Single rights of colleagues")
    subject = "user__subject"
    activity = ACCOUNTS
    keep = KeepWith("user", source=noop("N63: as long as the account"))
    fields = {
        "id": RANDOM_KEY,
        "user": WHOSE,
        "permission": NotPersonal("Which single right the account has in the system.", shown=True),
    }


@registry.holds(AccountSession)
class SessionData(PersonalData):
    title = _("Sessions")
    subject = "user__subject"
    activity = ACCOUNTS
    keep = KeepFor(days=1, since="expire_date", source=noop("N12: no longer than the session"))
    fields = {
        "session_key": Field(Category.CREDENTIAL, scope=OBSERVED, secret=True),
        "session_data": Field(Category.CREDENTIAL, scope=OBSERVED, secret=True),
        "expire_date": NotPersonal("When the session ends by itself.", shown=True),
        "user": WHOSE,
        "created_at": Field(Category.LOGIN, scope=OBSERVED),
        "last_seen": Field(Category.LOGIN, scope=OBSERVED),
        "agent": Field(Category.DEVICE, scope=OBSERVED),
        "network": Field(Category.DEVICE, scope=OBSERVED),
    }

    @classmethod
    def label(cls, row):
        # The primary key opens the session, so not even its beginning is shown.
        return str(cls.model._meta.verbose_name)


@registry.holds(SignInEvent)
class SignInEventData(PersonalData):
    title = _("Sign-ins")
    subject = MatchedBy(_by_account_or_address, because=HASHED)
    activity = SECURITY_LOG
    keep = KeepFor(days=90, since="at", source=NINETY_DAYS)
    order = "-at"
    fields = {
        "id": RANDOM_KEY,
        "user": WHOSE,
        "address_key": Field(Category.LOGIN, scope=OBSERVED, secret=True),
        "at": Field(Category.LOGIN, scope=OBSERVED),
        "how": Field(Category.LOGIN, scope=OBSERVED),
        "ok": NotPersonal("Whether the attempt succeeded.", shown=True),
        "network": Field(Category.DEVICE, scope=OBSERVED),
        "agent": Field(Category.DEVICE, scope=OBSERVED),
    }


@registry.holds(SignInCode)
class SignInCodeData(PersonalData):
    title = _("Codes by e-mail")
    subject = MatchedBy(_by_address, because=HASHED)
    activity = SECURITY_LOG
    keep = KeepFor(days=7, since="created_at", source=noop("N23: longer than the code, so that it is used once"))
    fields = {
        "id": RANDOM_KEY,
        "purpose": MECHANICS,
        "address_key": Field(Category.LOGIN, scope=OBSERVED, secret=True),
        "browser_hash": Field(Category.DEVICE, scope=OBSERVED, secret=True),
        "code_hash": Field(Category.CREDENTIAL, scope=OBSERVED, secret=True),
        "network_hash": Field(Category.DEVICE, scope=OBSERVED, secret=True),
        "created_at": Field(Category.LOGIN, scope=OBSERVED),
        "expires_at": MECHANICS,
        "attempts": MECHANICS,
        "used_at": Field(Category.LOGIN, scope=OBSERVED),
    }


@registry.holds(TotpDevice)
class TotpDeviceData(PersonalData):
    title = _("Authenticator app")
    subject = "user__subject"
    activity = ACCOUNTS
    keep = KeepWith("user", source=noop("N10: as long as the account"))
    fields = {
        "id": RANDOM_KEY,
        "user": WHOSE,
        "name": Field(Category.CREDENTIAL),
        "confirmed": NotPersonal("Whether the app is in use.", shown=True),
        "seed": Field(Category.CREDENTIAL, secret=True),
        "last_t": MECHANICS,
        "drift": MECHANICS,
        "created_at": Field(Category.LOGIN, scope=OBSERVED),
        "last_used_at": Field(Category.LOGIN, scope=OBSERVED),
        "throttling_failure_timestamp": MECHANICS,
        "throttling_failure_count": MECHANICS,
    }


@registry.holds(RecoveryCode)
class RecoveryCodeData(PersonalData):
    title = _("Recovery codes")
    subject = "user__subject"
    activity = ACCOUNTS
    keep = KeepWith("user", source=noop("N10: as long as the account"))
    fields = {
        "id": RANDOM_KEY,
        "user": WHOSE,
        "salt": Field(Category.CREDENTIAL, secret=True),
        "digest": Field(Category.CREDENTIAL, secret=True),
        "made_at": Field(Category.LOGIN, scope=OBSERVED),
        "used_at": Field(Category.LOGIN, scope=OBSERVED),
    }


ATTEMPT_FIELDS = {
    "id": RANDOM_KEY,
    "username": Field(Category.LOGIN, scope=OBSERVED, secret=True),
    "ip_address": Field(Category.DEVICE, scope=OBSERVED),
    "user_agent": Field(Category.DEVICE, scope=OBSERVED),
    "http_accept": Field(Category.DEVICE, scope=OBSERVED),
    "path_info": NotPersonal("The address of the sign-in page."),
    "attempt_time": Field(Category.LOGIN, scope=OBSERVED),
}


@registry.holds("axes.AccessAttempt")
class AccessAttemptData(PersonalData):
    title = _("Failed sign-ins, counted")
    subject = MatchedBy(_by_username, because=HASHED)
    activity = SECURITY_LOG
    keep = KeepFor(days=90, since="attempt_time", source=NINETY_DAYS)
    fields = {
        **ATTEMPT_FIELDS,
        "get_data": Field(Category.LOGIN, scope=OBSERVED, secret=True),
        "post_data": Field(Category.LOGIN, scope=OBSERVED, secret=True),
        "failures_since_start": NotPersonal("How often it failed.", shown=True),
    }


@registry.holds("axes.AccessAttemptExpiration")
class AccessAttemptExpirationData(PersonalData):
    title = _("End of a lock")
    subject = MatchedBy(lambda ids: Q(access_attempt__username__in=proved_address_keys(ids)), because=HASHED)
    activity = SECURITY_LOG
    keep = KeepWith("access_attempt", source=NINETY_DAYS)
    fields = {
        "access_attempt": NotPersonal("The counted attempts this lock belongs to."),
        "expires_at": NotPersonal("When the lock ends."),
    }


@registry.holds("axes.AccessFailureLog")
class AccessFailureLogData(PersonalData):
    title = _("Failed sign-ins, listed")
    subject = MatchedBy(_by_username, because=HASHED)
    activity = SECURITY_LOG
    keep = KeepFor(days=90, since="attempt_time", source=NINETY_DAYS)
    fields = {**ATTEMPT_FIELDS, "locked_out": NotPersonal("Whether a lock was on.", shown=True)}


@registry.holds("axes.AccessLog")
class AccessLogData(PersonalData):
    title = _("Sign-ins, listed by the lock")
    subject = MatchedBy(_by_username, because=HASHED)
    activity = SECURITY_LOG
    keep = KeepFor(days=90, since="attempt_time", source=NINETY_DAYS)
    fields = {
        **ATTEMPT_FIELDS,
        "logout_time": Field(Category.LOGIN, scope=OBSERVED),
        "session_hash": Field(Category.CREDENTIAL, scope=OBSERVED, secret=True),
    }


registry.excuse(
    "sessions.Session",
    because="Django's own table of sessions stays empty: sessions of this house live in accounts.AccountSession.",
)
