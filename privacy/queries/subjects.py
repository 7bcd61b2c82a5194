"""Who somebody is, whether they may be met in a list, and what they have agreed to."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from privacy import registry, vault
from privacy.declare import Category, Field
from privacy.models import ConsentState, DataSubject, Disclosure, Erasure, Objection, RecipientNotice, Restriction
from privacy.models.restriction import DIRECT_MARKETING
from privacy.rules import consent as rules
from privacy.rules.deadlines import oslo_date
from privacy.stopping import stopped

ADDRESSES = (Category.EMAIL, Category.PHONE, Category.POSTAL_ADDRESS)


def subject_of(user) -> DataSubject:
    """The person behind a signed-in user (the user model's ``subject``)."""
    return user.subject


def address_index(email: str) -> str:
    """The keyed hash an e-mail address is known by; it tells nothing without our key (L43)."""
    return vault.blind_index("email", email)


def active(queryset: QuerySet) -> QuerySet:
    """The rows that may be used: the one clause every list, search, form and report of staff reads through.

    Left out are rows of persons restricted, being erased or erased; records under an open restriction, with what hangs
    on them; and rows of an activity the person has objected to (L13, L16). Rows without a person (an order of a company
    whose contact was anonymised) stay visible.
    """
    declaration = registry.declaration_of(queryset.model)
    return queryset if declaration is None else queryset.exclude(stopped(declaration))


def consents_of(subject) -> list[ConsentState]:
    """Where every consent of this person stands, with the wording agreed to."""
    return list(
        ConsentState.objects.filter(subject__in=subject.group())
        .select_related("event__text")
        .order_by("purpose", "-since")
    )


def may_use(subject, *, purpose: str, day: date) -> bool:
    """Whether this person's consent to ``purpose`` stands on ``day`` and nothing has stopped its use.

    Stopped are persons restricted, being erased or erased, persons whose contact details are paused, and for direct
    marketing those who objected after they agreed, or have an address in the purpose's channel that is suppressed.
    """
    ids = subject.group()
    states = list(ConsentState.objects.filter(subject__in=ids, purpose=purpose).select_related("subject"))
    if not states or not all(rules.allows_use(state.state, state.valid_until, day) for state in states):
        return False
    if _is_stopped(ids):
        return False
    return not is_marketing(purpose) or _may_market(ids, purpose, since=max(state.since for state in states))


def _is_stopped(ids) -> bool:
    if DataSubject.objects.filter(pk__in=ids).exclude(state=DataSubject.State.ACTIVE).exists():
        return True
    reaching = [each.name() for each in registry.declarations() if _holds_an_address(each)]
    return Restriction.objects.filter(subject__in=ids, lifted_at__isnull=True, model__in=reaching).exists()


def _holds_an_address(declaration) -> bool:
    return any(what.category in ADDRESSES for what in declaration.fields_of(Field).values())


def is_marketing(purpose: str) -> bool:
    """Whether a consent is one to direct marketing: it names a channel we write or call in, or its activity says so."""
    declared = registry.purpose_of(purpose)
    if declared is None:
        return purpose.startswith("marketing")
    return bool(declared.channel) or "Marketing" in declared.activity.purpose


def _may_market(ids, purpose: str, *, since) -> bool:
    # The acts read the persons of this module; a suppressed address is looked up by theirs.
    from privacy.actions.suppression import is_any_suppressed

    objections = Objection.objects.filter(subject__in=ids, activity=DIRECT_MARKETING)
    if objections.filter(made_at__gte=since).exists():
        return False
    declared = registry.purpose_of(purpose)
    return not is_any_suppressed(ids, channel=declared.channel if declared else "")


def recipients_of(subject) -> list[Disclosure]:
    """Every hand-over of this person's data they may be told of today, newest first, recipient included (L9, T24)."""
    told = Disclosure.told_on(oslo_date(timezone.now()))
    found = Disclosure.objects.filter(told, subject__in=subject.group())
    return list(found.select_related("recipient").order_by("-at", "pk"))


def open_erasure(subject) -> Erasure | None:
    """The whole-person erasure under way or waiting, if any."""
    return Erasure.objects.filter(subject=subject.person, whole=True).exclude(state=Erasure.State.DONE).first()


def notices_due():
    """Article 19 tasks that nobody has settled yet, oldest first."""
    return (
        RecipientNotice.objects.filter(state=RecipientNotice.State.DUE)
        .select_related("recipient", "erasure")
        .order_by("created_at")
    )
