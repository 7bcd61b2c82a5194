"""One person with a row of every declared class, and a string of its own in every declared text, file and file name.

Rows are built from the declarations, so that a class somebody declares tomorrow is covered tomorrow. Only what cannot
be guessed from a column is written down here.
"""

import io
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from careers.models import BulkRefusal, Criterion, Hiring
from crm.models import Organisation
from privacy import registry, vault
from privacy.actions import note, queue_mail, register_subject, store_file
from privacy.declare import Field
from privacy.fields import SealedDateField, SealedField, SealedJSONField
from privacy.models import Breach, DataSubject, DealCase, NoticeVersion, Recipient, StoredFile
from privacy.reach import children_first

# Written by the engine's own acts, not by a row of ours.
MADE_BY_ACTS = {
    "privacy.DataSubject",
    "privacy.DealRead",
    "privacy.Erasure",
    "privacy.OutgoingMail",
    "privacy.PersonKey",
    "privacy.RecipientNotice",
    "privacy.StoredFile",
    "privacy.SubjectIdentifier",
    "privacy.TrailEntry",
}
# Columns the database itself checks, and values that lead to the person.
FIXED = {
    "accounts.User.language": "nb",
    "accounts.User.password": "!",
    "crm.Contact.language": "nb",
    "crm.Delivery.country": "NO",
    "careers.Application.language": "nb",
    "careers.ApplicationDraft.language": "nb",
    # Not answered yet.
    "careers.HireQuestion.answer": "",
    "careers.StageEvent.after": "screening",
    "crm.Invoice.currency": "NOK",
    # An order under way would hold itself and its contact.
    "crm.Order.state": "delivered",
    # Before it is decided a demand is told to nobody.
    "privacy.AuthorityCase.state": "refused",
    # Before the message about it came, a person is told of no breach.
    "privacy.BreachPerson.told_at": datetime(2026, 1, 31, tzinfo=UTC),
    "privacy.BreachPerson.told_how": "mail",
    "privacy.Copy.language": "nb",
    "privacy.FollowerProof.language": "nb",
    # Not settled yet.
    "privacy.InformationDuty.how": "",
    "privacy.LegalHold.ground": "claim",
    "privacy.LegalHold.kind": "claim",
    "privacy.LegalHold.until": date(2026, 12, 31),
    # What saving works out: its last day.
    "privacy.LegalHold.ended_on": date(2026, 12, 31),
    "privacy.LegalHold.model": "toy.Meal",
    "privacy.LegalHold.object_pk": "0",
    "privacy.MailboxProof.language": "nb",
    "privacy.NoticeFollower.language": "nb",
    "privacy.RequestEvent.kind": "received",
    "privacy.SubjectRequest.language": "nb",
    "wagtailusers.UserProfile.current_time_zone": "Europe/Oslo",
}
NUMBERS = (models.IntegerField, models.FloatField, models.DecimalField, models.DurationField)


@dataclass(frozen=True)
class Canary:
    """One string, where it was put, and whether the person must find it in their copy."""

    text: str
    place: str
    in_copy: bool


class Aviary:
    """Builds the rows of one person; ``canaries`` lists what was put where."""

    def __init__(self, prefix: str):
        self.prefix, self.canaries, self.rows = prefix, [], {}
        self.email = f"{prefix}mail@fugl.example"
        self.subject = register_subject(role="guest", email=self.email, verified=True, by=None)
        self.excused = _excused()

    def fill(self):
        """A row of every class, parents first."""
        for declaration in reversed(children_first()):
            if declaration.name() not in MADE_BY_ACTS:
                self.rows[declaration.model] = self._row(declaration)
        self._mail()
        note("guest.changed", subject=self.subject, record=self.subject, by=None)
        return self

    def sing(self, place: str, *, in_copy: bool, longest: int | None = None) -> str:
        """A new string that stands nowhere else."""
        text = f"{self.prefix}{len(self.canaries):03d}q"
        assert longest is None or longest >= len(text), f"{place} is too short for a canary of {len(text)} letters"
        self.canaries.append(Canary(text, place, in_copy))
        return text

    def _row(self, declaration):
        row = declaration.model()
        for column in declaration.model._meta.concrete_fields:
            what = declaration.fields[column.name]
            value = self._value(declaration, column, what)
            if value is not KEEP_DEFAULT:
                setattr(row, column.name, value)
        # Past save(): what an owner refuses to write by hand may have come from an older version.
        declaration.model._base_manager.bulk_create([row])
        return declaration.model._base_manager.get(pk=row.pk)

    def _value(self, declaration, column, what):
        label = f"{declaration.name()}.{column.name}"
        if label in FIXED:
            return FIXED[label]
        if column.name in ("address_key", "username", "index", "email_index"):
            return vault.blind_index("email", self.email)
        if column.is_relation:
            return self._related(declaration, column)
        if isinstance(what, Field) and not column.choices and (text := self._text(label, column, what)) is not None:
            return text
        return _filler(column)

    def _text(self, label, column, what):
        in_copy = what.shown and not what.secret and not what.third_person
        if isinstance(column, SealedDateField) or column.primary_key:
            return None
        if isinstance(column, (SealedJSONField, models.JSONField)):
            song = self.sing(label, in_copy=in_copy)
            return {"note": song} if isinstance(column.get_default(), dict) else [song]
        if isinstance(column, models.EmailField):
            return f"{self.sing(label, in_copy=in_copy)}@fugl.example"
        if isinstance(column, models.URLField):
            return f"https://{self.sing(label, in_copy=in_copy)}.example/"
        if isinstance(column, SealedField):
            return self.sing(label, in_copy=in_copy)
        if isinstance(column, models.BinaryField):
            return self.sing(label, in_copy=False).encode()
        if isinstance(column, (models.CharField, models.TextField)):
            return self.sing(label, in_copy=in_copy, longest=column.max_length)
        return None

    def _related(self, declaration, column):
        model = column.related_model
        if model is DataSubject:
            return self.subject
        if model is StoredFile and column.name in declaration.files:
            return self._file(declaration)
        if model is get_user_model() and not str(declaration.subject).startswith(column.name):
            return None
        if model in self.rows:
            return self.rows[model]
        if column.null:
            return None
        assert model in self.excused, f"tests/privacy/canaries.py: say how to make a {model._meta.label} for {column}"
        return self.excused[model]

    def _file(self, declaration):
        content = self.sing(f"{declaration.name()} (content of its file)", in_copy=declaration.name() != "privacy.Copy")
        name = self.sing(f"{declaration.name()} (name of its file)", in_copy=True)
        return store_file(
            self.subject,
            stream=io.BytesIO(f"Søknad fra {content}".encode()),
            display_name=f"{name}.pdf",
            media_type="application/pdf",
            by=None,
        )

    def _mail(self):
        text = self.sing("privacy.OutgoingMail.context_sealed", in_copy=False)
        queue_mail(
            to=self.email, template="privacy/mail/erased", context={"x": text}, language="nb", subject=self.subject
        )


KEEP_DEFAULT = object()


def _filler(column):
    if column.choices:
        return column.get_default() if column.has_default() else column.choices[0][0]
    if column.primary_key and isinstance(column, models.CharField):
        return uuid.uuid4().hex
    if column.has_default() or column.primary_key or column.null:
        return KEEP_DEFAULT
    if column.unique and isinstance(column, models.CharField):
        return uuid.uuid4().hex[: column.max_length]
    if isinstance(column, models.UUIDField):
        return uuid.uuid4()
    if isinstance(column, NUMBERS):
        return column.model._base_manager.count() + 1
    if isinstance(column, models.DateTimeField):
        return timezone.now()
    if isinstance(column, (models.DateField, SealedDateField)):
        return date(2026, 1, 31)
    if isinstance(column, models.GenericIPAddressField):
        return "203.0.113.7"
    return KEEP_DEFAULT if column.empty_strings_allowed or isinstance(column, models.BinaryField) else False


def _excused():
    """Rows of excused classes that declared ones point at."""
    hiring = Hiring.objects.create(reference=f"R-{uuid.uuid4().hex[:8]}")
    return {
        Hiring: hiring,
        Criterion: Criterion.objects.create(hiring=hiring, title="x"),
        ContentType: ContentType.objects.get_for_model(Page),
        Page: Page.objects.first(),
        Group: Group.objects.create(name=f"group {uuid.uuid4()}"),
        Permission: Permission.objects.first(),
        Organisation: Organisation.objects.create(name="Bedrift AS"),
        DealCase: DealCase.objects.create(
            number=f"DC-{uuid.uuid4().hex[:8]}",
            parties="A AS",
            purpose="x",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 1, 2),
        ),
        Recipient: Recipient.objects.filter(kind="carrier").first(),
        Breach: Breach.objects.create(
            number=f"B-{uuid.uuid4().hex[:8]}",
            detected_at=datetime(2026, 1, 1, tzinfo=UTC),
            aware_at=datetime(2026, 1, 1, tzinfo=UTC),
            due_at=datetime(2026, 1, 4, tzinfo=UTC),
            description="x",
            # The clock of what is proved about it runs.
            state="closed",
            closed_on=date(2026, 1, 31),
        ),
        NoticeVersion: NoticeVersion.objects.create(state="discarded"),
        BulkRefusal: BulkRefusal.objects.create(hiring=hiring, digest="0" * 64, shown=1),
    }


def declared_places():
    """Every declared Field of every class, as "app.Model.column"."""
    return {f"{d.name()}.{name}" for d in registry.declarations() for name in d.fields_of(Field)}
