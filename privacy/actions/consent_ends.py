"""What ends with a consent: mail that waits, the owner's own business, rows without a basis, at last the person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid5

from django.contrib.auth import get_user_model
from django.db.models import Q

from privacy import registry
from privacy.actions import mail as mails
from privacy.actions.erasure import current_plan, erase_rows, request_erasure, today
from privacy.actions.erasure_steps import addresses_of
from privacy.actions.jobs import enqueue
from privacy.declare import MatchedBy
from privacy.models import ConsentState, DataSubject, Erasure, SubjectRequest
from privacy.models.request import OPEN_STATES
from privacy.planning import scope_of
from privacy.reach import rows_of
from privacy.rules.consent import EXPIRED, VALID


@dataclass(frozen=True)
class Aftermath:
    """What the end of one consent set in motion: rows that go, and the person when nothing else is left of them."""

    rows_go: bool
    person: Erasure | None


def end_what_rested_on_it(event, *, by) -> Aftermath:
    """Carry out the end of a consent, in the transaction that records it as ``event``.

    The owner of the purpose ends its own business (`registry.on_withdrawal`). Where nobody has said how, every row of
    a class whose activity rests on this consent is erased: it has no other basis (CiviCRM gdpr#156).
    """
    mails.cancel_mail_of(event.subject, purpose=event.purpose)
    acts = registry.withdrawal_acts(event.purpose)
    for act in acts:
        act(event.subject, about=event.about, by=by)
    rows_go = bool(acts) or _erase_rows_resting_on(event, by)
    return Aftermath(rows_go=rows_go, person=_erase_who_is_left_empty(event, by))


def _erase_rows_resting_on(event, by) -> bool:
    found = {}
    for declaration in registry.declarations():
        if declaration.activity.consent == event.purpose and not declaration.evidence:
            keys = set(rows_of(declaration, event.subject.group()).values_list("pk", flat=True))
            found[declaration] = keys if _was_the_last_yes(event) else {key for key in keys if str(key) == event.about}
    for declaration, keys in found.items():
        own = keys - _going_with_others(declaration, found)
        if own:
            erase_rows(declaration.model, subject=event.subject, pks=own, cause="withdrawal", by=by)
    return any(found.values())


def _was_the_last_yes(event) -> bool:
    # With another yes to the same question standing, only the row this answer was about has lost its basis.
    group = event.subject.group()
    return not ConsentState.objects.filter(subject__in=group, purpose=event.purpose, state__in=VALID).exists()


def _going_with_others(declaration, found) -> set:
    going = set()
    for other, keys in found.items():
        if other is not declaration and keys:
            going |= set(scope_of(other, keys).get(declaration, ()))
    return going


def _erase_who_is_left_empty(event, by) -> Erasure | None:
    """Nothing personal but proofs is left, and no account is in use: the person goes too, and is told."""
    person = event.subject.person
    if not is_left_empty(person):
        return None
    # The addresses lie in rows that are about to go.
    addresses = addresses_of(person.group())
    cause = "rule" if event.kind == EXPIRED else "withdrawal"
    erasure = request_erasure(person, cause=cause, by=by)
    _tell(erasure, addresses)
    return erasure


def _tell(erasure: Erasure, addresses: list[str]) -> None:
    # Tied to nobody, so that the erasure it tells of does not cancel it.
    for address in addresses[:1]:
        mail = mails.write_mail(
            to=address,
            template="privacy/mail/consent_last",
            context={"number": str(erasure.pk)[:8], "expired": erasure.cause == "rule"},
            language=erasure.subject.language,
            final=True,
            key=uuid5(erasure.pk, "consent-last"),
        )
        enqueue(mails.JOB, ref=mail.pk)


def erase_with_account_if_empty(subject, *, by) -> Erasure | None:
    """The person took back the last thing we held for them and wants their page gone with it.

    Returns None, and changes nothing, while anything else is held, a consent stands or a request is open, and for
    whoever has an account among the staff.
    """
    person = subject.person
    users = get_user_model()._base_manager.filter(subject__in=person.group())
    if users.filter(Q(is_staff=True) | Q(is_superuser=True)).exists() or not is_left_empty(person, even_account=True):
        return None
    return request_erasure(person, cause="withdrawal", by=by)


def is_left_empty(person, *, even_account: bool = False) -> bool:
    """Whether nothing personal but proofs would be left of this person once every erasure under way is through.

    An account in use is something, unless ``even_account`` is to go.
    """
    ids = person.group()
    if DataSubject.objects.filter(pk__in=ids).exclude(state=DataSubject.State.ACTIVE).exists():
        return False
    if ConsentState.objects.filter(subject__in=ids, state__in=VALID).exists():
        return False
    if SubjectRequest.objects.filter(subject__in=ids, state__in=OPEN_STATES).exists():
        return False
    users = get_user_model()
    if not even_account and users._base_manager.filter(subject__in=ids, is_active=True).exists():
        return False
    return not _holds_anything(ids, besides=registry.declaration_of(users).activity)


def _holds_anything(ids, *, besides) -> bool:
    going = _going_already(ids)
    for declaration in registry.declarations():
        is_ours = declaration.model._meta.app_label == "privacy" or isinstance(declaration.subject, MatchedBy)
        if is_ours or declaration.activity is besides:
            continue
        if rows_of(declaration, ids).exclude(pk__in=going.get(declaration.name(), ())).exists():
            return True
    return False


def _going_already(ids) -> dict[str, set]:
    going: dict[str, set] = {}
    under_way = Erasure.objects.filter(subject__in=ids).exclude(state=Erasure.State.DONE)
    for erasure in under_way.select_related("subject"):
        for item in current_plan(erasure, day=today()).going:
            going.setdefault(item.model, set()).update(item.keys)
    return going
