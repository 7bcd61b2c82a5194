"""Who somebody is, whether they may be met in a list, and what they have agreed to."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from privacy import registry, vault
from privacy.models import ConsentState, DataSubject, Disclosure, Erasure, RecipientNotice
from privacy.rules import consent as rules


def subject_of(user) -> DataSubject:
    """The person behind a signed-in user (the user model's ``subject``)."""
    return user.subject


def address_index(email: str) -> str:
    """The keyed hash an e-mail address is known by; it tells nothing without our key (L43)."""
    return vault.blind_index("email", email)


def active(queryset: QuerySet) -> QuerySet:
    """Rows of persons who are neither restricted nor being erased: the one clause every list of staff reads through.

    Rows without a person (an order of a company whose contact was anonymised) stay visible.
    """
    declaration = registry.declaration_of(queryset.model)
    if declaration is None or not isinstance(declaration.subject, str):
        return queryset
    path = "state" if declaration.subject == "pk" else f"{declaration.subject}__state"
    hidden = [state for state in DataSubject.State.values if state != DataSubject.State.ACTIVE]
    return queryset.exclude(**{f"{path}__in": hidden})


def consents_of(subject) -> list[ConsentState]:
    """Where every consent of this person stands, with the wording agreed to."""
    return list(
        ConsentState.objects.filter(subject__in=subject.group())
        .select_related("event__text")
        .order_by("purpose", "-since")
    )


def may_use(subject, *, purpose: str, day: date) -> bool:
    """Whether this person's consent to ``purpose`` stands on ``day``; a restricted or erased person is never used."""
    states = ConsentState.objects.filter(
        subject__in=subject.group(), purpose=purpose, subject__state=DataSubject.State.ACTIVE
    )
    found = [rules.allows_use(state.state, state.valid_until, day) for state in states]
    return bool(found) and all(found)


def recipients_of(subject) -> list[Disclosure]:
    """Every hand-over of this person's data, newest first, recipient included (L9)."""
    return list(
        Disclosure.objects.filter(subject__in=subject.group()).select_related("recipient").order_by("-at", "pk")
    )


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
