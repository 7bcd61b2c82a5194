"""The words of a declaration.

An app's ``personal_data.py`` says once, per model, which person a row belongs to, what each field is, why it is
held, for how long, and what may hold it longer. Everything else (page, copy, erasure, retention, register, gate)
is derived. Nothing here touches the database.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _


class DeclarationError(Exception):
    """A declaration that cannot be right, with a sentence that says what to write instead."""


class Basis(enum.Enum):
    """Legal bases a CN activity may rest on (GDPR Art 6(1)); value = DPV term. One activity, one basis (T3, T22)."""

    CONSENT = "eu-gdpr:A6-1-a"
    CONTRACT = "eu-gdpr:A6-1-b-contract-performance"
    ENTER_CONTRACT = "eu-gdpr:A6-1-b-enter-into-contract"
    LEGAL_DUTY = "eu-gdpr:A6-1-c"
    LEGITIMATE_INTEREST = "eu-gdpr:A6-1-f"

    @property
    def article(self) -> str:
        return f"GDPR Art 6(1)({self.value[len('eu-gdpr:A6-1-')]})"

    @property
    def rights(self) -> tuple[str, ...]:
        """Rights that follow from the basis, as DPV terms (DPV's own mapping; notice-map section 5, last line)."""
        return _RIGHTS[self.value[len("eu-gdpr:A6-1-")]]


_RIGHTS = {
    "a": ("A7-3", "A15", "A16", "A17", "A18", "A20", "A22", "A77"),
    "b": ("A15", "A16", "A17", "A18", "A20", "A22", "A77"),
    "c": ("A15", "A16", "A18", "A77"),
    "f": ("A15", "A16", "A17", "A18", "A21", "A22", "A77"),
}


class Category(enum.Enum):
    """What kind of fact a field is: (code, DPV term, notice row, title). The notice's N4 to N15 and what law adds."""

    NAME = ("name", "pd:Name", "N4", _("Name"))
    POSTAL_ADDRESS = ("postal-address", "pd:PhysicalAddress", "N4", _("Postal address"))
    PHONE = ("phone", "pd:TelephoneNumber", "N4", _("Phone number"))
    EMAIL = ("email", "pd:EmailAddress", "N4", _("E-mail address"))
    LANGUAGE = ("language", "pd:Language", "N4", _("Language"))
    BIRTH_DATE = ("birth-date", "pd:BirthDate", "N5", _("Date of birth"))
    GENDER = ("gender", "pd:Gender", "N5", _("Gender"))
    EMPLOYMENT = ("employment", "pd:CurrentEmployment", "N6", _("Work"))
    INTEREST = ("interest", "pd:Interest", "N6", _("Interests"))
    FEEDBACK = ("feedback", "pd:Communication", "N7", _("What you have told us"))
    VISIT_PICTURE = ("visit-picture", "pd:Picture", "N8", _("Pictures from visits"))
    UPLOAD = ("upload", "pd:Picture", "N9", _("What you have uploaded"))
    LOGIN = ("login", "pd:Username", "N10", _("Sign-in"))
    CREDENTIAL = ("credential", "pd:Authenticating", "N10", _("Passwords and codes"))
    PAYMENT = ("payment", "pd:PaymentCard", "N11", _("Billing"))
    PURCHASE = ("purchase", "pd:Purchase", "N58", _("Purchases"))
    DEVICE = ("device", "pd:UserAgent", "N12", _("Browser and network"))
    BEHAVIOUR = ("behaviour", "pd:LinkClicked", "N13", _("Clicks on our site"))
    EMAIL_BEHAVIOUR = ("email-behaviour", "pd:CommunicationsMetadata", "N14", _("E-mail reading"))
    SOCIAL = ("social", "pd:SocialMedia", "N15", _("Profiles elsewhere"))
    APPLICATION = ("application", "pd:EmploymentHistory", "N31", _("Job application"))
    PREFERENCE = ("preference", "pd:Preference", "N32", _("Choices and consents"))
    DEALINGS = ("dealings", "pd:CommunicationsMetadata", "N55", _("Dealings with us"))
    DISCLOSURE = ("disclosure", "pd:CommunicationsMetadata", "N49", _("What we have shared"))
    RIGHTS = ("rights", "pd:Communication", "N61", _("Your rights, used"))

    def __init__(self, code, dpv, notice, title):
        self.code, self.dpv, self.notice, self.title = code, dpv, notice, title


class Scope(enum.Enum):
    """Where a fact comes from; inferred and about lie outside Art 20, inside Art 15 (L15)."""

    PROVIDED, OBSERVED, INFERRED, ABOUT = "provided", "observed", "inferred", "about"


PROVIDED, OBSERVED, INFERRED, ABOUT = Scope.PROVIDED, Scope.OBSERVED, Scope.INFERRED, Scope.ABOUT


class OnErase(enum.Enum):
    """What erasure and the clock do to a row (on a declaration) or to a field of a row that stays (on a field)."""

    DELETE, BLANK, KEEP = "delete", "blank", "keep"


DELETE, BLANK, KEEP = OnErase.DELETE, OnErase.BLANK, OnErase.KEEP


@dataclass(frozen=True)
class Field:
    """A column that says something about the person.

    ``blank_with`` is the value an erased column gets; without it the column's own empty value is used (NULL, "",
    {} or []), and a column that has none is refused at start-up (privacy.E006). ``secret`` fields are named in
    the copy and never shown (hashes, seeds). ``third_person`` values are about somebody else and are withheld from
    the copy, listed with the reason (L10).
    """

    category: Category
    scope: Scope = PROVIDED
    on_erase: OnErase = BLANK
    editable_by_subject: bool = False
    secret: bool = False
    third_person: bool = False
    shown: bool = True
    blank_with: object = None


@dataclass(frozen=True)
class Actor:
    """A column that says who did something in a row about something or somebody else.

    The default path leads from the user model to the person. Erasing that person empties the column (BLANK) or
    keeps it with a reason (KEEP). The row is never part of the actor's copy beyond a count: it is about others.
    """

    path: str = "subject"
    on_erase: OnErase = BLANK
    because: str = ""


@dataclass(frozen=True)
class NotPersonal:
    """A column that says nothing about the person, with the reason in words. ``shown`` puts it on the person's page."""

    because: str
    shown: bool = False


@dataclass(frozen=True)
class KeepFor:
    """A clock: the row is kept ``months`` or ``days`` after the day in ``since`` (a lookup path to a date or time)."""

    since: str
    source: str
    months: int | None = None
    days: int | None = None
    anchor: str | None = None
    warn_days: tuple[int, ...] = ()  # so many days before the last one its person is told, if signing in keeps it (N55)
    from_erasure: bool = False  # a clock that has not begun begins when its person is erased
    sooner: KeepFor | None = None  # a second clock beside it: once it has begun, the earlier of the two ends counts

    @property
    def period(self) -> str:
        """ISO 8601 duration."""
        return f"P{self.months}M" if self.months is not None else f"P{self.days}D"

    @property
    def clocks(self) -> tuple[KeepFor, ...]:
        return (self,) if self.sooner is None else (self, self.sooner)


@dataclass(frozen=True)
class KeepWith:
    """No clock of its own: the row goes with its parent, reached by ``path``."""

    path: str
    source: str


@dataclass(frozen=True)
class KeepUntilErased:
    """Kept until an erasure or its own act ends it, with the reason in words."""

    reason: object
    source: str


@dataclass(frozen=True)
class Held:
    """Why rows that match ``when`` outlive a clock or an erasure now, found by looking at the row itself.

    ``until`` is the name of a date field or None: None means as long as the condition lasts. Dated holds with papers
    are LegalHold rows and need no declaration here. ``clock_only``: it stops the clock of a rule, and not the person's
    own erasure.
    """

    code: str
    when: Q
    reason: object
    law: str
    until: str | None = None
    clock_only: bool = False


@dataclass(frozen=True)
class MatchedBy:
    """For tables without a foreign key: a function from (DataSubject, ...) to the Q that finds their rows."""

    find: Callable[[Iterable], Q]
    because: str


@dataclass(frozen=True)
class Activity:
    """One row of the record of processing (Art 30): one purpose, one basis, fixed before it starts (T3)."""

    code: str
    title: object
    plainly: object
    purpose: str
    basis: Basis
    notice: tuple[str, ...]
    interest: object = ""
    law: str = ""
    consent: str = ""
    recipients: tuple[str, ...] = ()
    measures: tuple[str, ...] = ("access by role", "second factor for staff", "encryption of chosen fields")
    subjects: tuple[str, ...] = ()
    review: object = ""
    # What its assessments begin with (`privacy.rules.screenings`); the office approves them.
    necessity: object = ""
    balance: object = ""
    safeguards: object = ""
    risks: object = ""
    # Profiling or recruitment: it needs a DPIA screening whatever its basis (L36).
    screened: bool = False
    # Activities its data may serve too, compatible with why it was collected (Art 6(4), L44).
    also: tuple[str, ...] = ()
    of_any: bool = False  # data of any class, behind a gate of its own (a deal)

    def __post_init__(self):
        if not isinstance(self.basis, Basis):
            raise DeclarationError(f"Activity {self.code} needs one Basis, not {self.basis!r}: no hedges (T22).")
        if self.basis is Basis.LEGITIMATE_INTEREST and not self.interest:
            raise DeclarationError(f"Activity {self.code} rests on legitimate interest: write the interest (L36).")
        if self.basis is Basis.LEGAL_DUTY and not self.law:
            raise DeclarationError(f"Activity {self.code} rests on a legal duty: name the law.")
        if self.basis is Basis.CONSENT and not self.consent:
            raise DeclarationError(f"Activity {self.code} rests on consent: name the consent purpose it asks for.")


@dataclass(frozen=True)
class Excuse:
    """Why a model holds no person, in words, and which of its columns name who acted."""

    model: type[Model]
    because: str
    actors: dict[str, Actor] = field(default_factory=dict)


class PersonalData:
    """Base of every declaration; see docs/declaring.md. Class attributes only: a declaration has no instances."""

    model: type[Model]
    title: object = ""
    subject: str | MatchedBy = "subject"
    activity: Activity
    keep: KeepFor | KeepWith | KeepUntilErased
    on_erase: OnErase = DELETE
    fields: dict[str, Field | Actor | NotPersonal] = {}
    held_by: tuple[Held, ...] | list[Held] = ()
    # Laws that may keep a row of this class after an erasure; it then keeps only its fields marked KEEP.
    statutory: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    source: str = ""
    order: str = "pk"
    # A class of rows that proves what happened (consent, disclosure, trail) is kept by erasure, with its reason.
    evidence: object = ""
    found_by: tuple[str, ...] = ()  # columns with a number of ours by which the office finds a row
    own_step: bool = False  # the engine ends its rows in a step of its own (keys, files)
    # function(day) → Q: the rows their person may be told of; None: all (a gag by law, T24).
    told: Callable[[date], Q] | None = None

    @classmethod
    def label(cls, row: Model) -> str:
        """A heading for one row, without a value: the model's name and the first letters of its key."""
        return f"{cls.model._meta.verbose_name} {str(row.pk)[:8]}"

    @classmethod
    def name(cls) -> str:
        return cls.model._meta.label

    @classmethod
    def fields_of(cls, kind) -> dict:
        return {name: what for name, what in cls.fields.items() if isinstance(what, kind)}


def start_of(row: Model, keep: KeepFor) -> date | None:
    """The day a row's clock starts, as an Oslo date; None while it has not started."""
    from privacy.rules.deadlines import oslo_date

    value = row
    for part in keep.since.split("__"):
        value = getattr(value, part, None)
        if value is None:
            return None
    return oslo_date(value) if hasattr(value, "hour") else value
