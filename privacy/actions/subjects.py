"""Persons: registered, proved, claimed, given a page of their own (T31)."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from privacy import vault
from privacy.actions.trail import note
from privacy.models import DataSubject, Restriction, SubjectIdentifier

STEP_UP_KEY = "privacy.stepped_up_at"
STEP_UP_SECONDS = 5 * 60


class NotYours(Exception):
    """A claim without proof on both sides; the sentence says which proof is missing."""


@transaction.atomic
def register_subject(*, role: str, language: str = "nb", email: str | None = None, verified: bool = False, by):
    """A new person, always: typing an address never finds or joins anybody (T31). Returns the DataSubject."""
    subject = DataSubject.objects.create(roles=[role], language=language)
    if email:
        add_identifier(subject, email=email, verified=verified, by=by)
    note("subject.registered", subject=subject, record=subject, by=by, reason=role)
    return subject


def add_identifier(subject, *, email: str, verified: bool = False, by) -> SubjectIdentifier:
    """Remember the keyed hash of an address of this person; adding it again changes nothing but proof."""
    identifier, _created = SubjectIdentifier.objects.get_or_create(
        subject=subject, kind="email", index=vault.blind_index("email", email)
    )
    if verified and identifier.verified_at is None:
        identifier.verified_at = timezone.now()
        identifier.save(update_fields=["verified_at"])
    return identifier


def drop_identifiers(subject, *, except_email: str, by) -> None:
    """Forget the hashes of addresses that are no longer this person's."""
    keep = vault.blind_index("email", except_email)
    subject.identifiers.exclude(index=keep).delete()
    note("subject.address_changed", subject=subject, record=subject, by=by)


@transaction.atomic
def prove_mailbox(subject, *, email: str, by) -> None:
    """The mailed link was followed and the button pressed: this mailbox is this person's."""
    add_identifier(subject, email=email, verified=True, by=by)
    note("subject.mailbox_proved", subject=subject, record=subject, by=by)


def claimable_by(subject):
    """Unclaimed persons with a proved address that is also a proved address of this one; nobody is joined by it."""
    own = SubjectIdentifier.objects.filter(subject__in=subject.group(), verified_at__isnull=False)
    return (
        DataSubject.objects.filter(
            identifiers__index__in=own.values("index"),
            identifiers__verified_at__isnull=False,
            proved_as__isnull=True,
            claimed__isnull=True,
            account__isnull=True,
            state=DataSubject.State.ACTIVE,
        )
        .exclude(pk__in=subject.group())
        .distinct()
        .order_by("created_at")
    )


@transaction.atomic
def claim_subject(subject, *, claimed, by) -> None:
    """The signed-in person says "that was me" about a record with the same proved mailbox.

    Raises NotYours unless both sides proved the same mailbox and the other has no page of its own.
    """
    person = subject.person
    if not claimable_by(person).filter(pk=claimed.pk).exists():
        raise NotYours("This record has not proved the same mailbox as you have; nothing was joined.")
    claimed.proved_as = person
    claimed.save(update_fields=["proved_as"])
    person.roles = sorted({*person.roles, *claimed.roles})
    person.save(update_fields=["roles"])
    # What either had stopped is stopped for the one person they are.
    project(person)
    note("subject.claimed", subject=person, record=claimed, by=by)


def project(person) -> None:
    """Make the state of every key of this person follow from the open restrictions. Who is being erased stays so.

    Called by every act that opens or ends one, or joins two keys to one person.
    """
    ids = person.group()
    open_ones = Restriction.objects.filter(subject__in=ids, model="", lifted_at__isnull=True)
    was, becomes = DataSubject.State.RESTRICTED, DataSubject.State.ACTIVE
    if open_ones.exists():
        was, becomes = becomes, was
    DataSubject.objects.filter(pk__in=ids, state=was).update(state=becomes)


@transaction.atomic
def open_account(subject, *, email: str, by):
    """Give this person a page to sign in to with a mailed code. Returns the user; may raise AddressTaken."""
    user = get_user_model().objects.open_account(subject=subject, email=email, language=subject.language)
    note("subject.account_opened", subject=subject, record=user, by=by)
    return user


def confirm_identity(request) -> None:
    """The person at this session has just proved who they are again; good for five minutes (T13, L4)."""
    request.session[STEP_UP_KEY] = timezone.now().timestamp()


def is_confirmed(request) -> bool:
    """Whether the last proof is fresh enough for a copy or an erasure."""
    at = request.session.get(STEP_UP_KEY)
    return at is not None and 0 <= timezone.now().timestamp() - at <= STEP_UP_SECONDS
