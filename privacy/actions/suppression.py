"""Addresses nobody sends marketing to: keyed hashes that outlive the person, an import and a merge (L16, T27).

What is stored tells nobody an address: it is found by typing the address, never by reading the list (L43).
"""

from __future__ import annotations

import phonenumbers
from django.db import transaction

from privacy import registry, vault
from privacy.actions.erasure_steps import addresses_of
from privacy.actions.trail import note
from privacy.declare import Category, Field
from privacy.fields import read_sealed
from privacy.models import SubjectIdentifier, Suppression
from privacy.reach import rows_of
from privacy.stop_ledger import forget_suppression, remember_suppression

EMAIL, PHONE = Suppression.Kind.EMAIL, Suppression.Kind.PHONE
# Which sort of address a channel of a consent reaches; a channel that is not here reaches by any of them.
REACHED_BY = {"email": (EMAIL,), "phone": (PHONE,), "sms": (PHONE,)}
HOME = "NO"


def suppression_index(kind: str, value: str) -> str:
    """The keyed hash of an address in its one spelling: e-mail without case, phone numbers as E.164."""
    return vault.blind_index(str(kind), e164(value) if kind == PHONE else value)


def e164(number: str) -> str:
    """+4722000000 for a number typed any way; what cannot be a number stays as it is, without blanks."""
    try:
        parsed = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException:
        return "".join(number.split())
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@transaction.atomic
def suppress(subject, *, by, source: str) -> int:
    """No marketing to any address of this person, now and after they are erased; returns how many are new.

    ``source`` is a code of at most 20 letters: "objection", "letter". Addresses somebody else has proved are left out.
    """
    person, new = subject.person, 0
    for kind, index in sorted(indexes_of(person.group())):
        row, made = Suppression.objects.get_or_create(kind=kind, index=index, defaults={"source": source})
        if made:
            new += 1
            note("suppression.added", subject=person, record=row, by=by, reason=source)
            remember_suppression(row)
    return new


def is_suppressed(kind: str, value: str) -> bool:
    """Whether this address must get no marketing. ``kind`` is "email" or "phone"; every sender and import asks."""
    return Suppression.objects.filter(kind=kind, index=suppression_index(kind, value)).exists()


def is_any_suppressed(ids, *, channel: str = "") -> bool:
    """Whether an address of these person keys is suppressed that this channel reaches."""
    kinds = REACHED_BY.get(channel, (EMAIL, PHONE))
    there = Suppression.objects.filter(kind__in=kinds)
    if not there.exists():
        return False
    found = indexes_of(ids, kinds=kinds)
    return there.filter(index__in={index for _kind, index in found}).exists()


@transaction.atomic
def lift_suppression(*, kind: str, value: str, by) -> bool:
    """Somebody asked to be reachable again at this address; False when it was not suppressed."""
    return _lift(Suppression.objects.filter(kind=kind, index=suppression_index(kind, value)), by=by, reason="asked")


@transaction.atomic
def lift_by_consent(subject, *, purpose: str, by) -> bool:
    """The person's own later yes to a channel makes their proved addresses in it reachable again; True when one was.

    Only a yes of the person counts, signed in or from a mailbox they have proved: a yes that staff or an import typed
    in lifts nothing.
    """
    declared = registry.purpose_of(purpose)
    kinds = REACHED_BY.get(declared.channel if declared else "", ())
    ids = subject.group()
    if by is not None and by.subject_id not in ids:
        return False
    proved = SubjectIdentifier.objects.filter(subject__in=ids, verified_at__isnull=False)
    found = {(EMAIL, index) for index in proved.values_list("index", flat=True)}
    if by is not None and PHONE in kinds:
        found |= _phones(ids)
    indexes = {index for kind, index in found if kind in kinds}
    return _lift(Suppression.objects.filter(kind__in=kinds, index__in=indexes), by=by, reason=purpose)


def _lift(rows, *, by, reason: str) -> bool:
    rows = list(rows)
    for row in rows:
        note("suppression.lifted", record=row, by=by, reason=reason)
        forget_suppression(row)
        row.delete()
    return bool(rows)


def indexes_of(ids, *, kinds=(EMAIL, PHONE)) -> set[tuple[str, str]]:
    """(kind, hash) of every address of these person keys: proved, entered, or standing in one of their rows."""
    found: set[tuple[str, str]] = set()
    if EMAIL in kinds:
        own = SubjectIdentifier.objects.filter(subject__in=ids)
        others = SubjectIdentifier.objects.filter(verified_at__isnull=False).exclude(subject__in=ids).values("index")
        entered = own.filter(verified_at__isnull=True).exclude(index__in=others)
        proved = own.filter(verified_at__isnull=False)
        for rows in (entered, proved):
            found |= {(EMAIL, index) for index in rows.values_list("index", flat=True)}
        found |= {(EMAIL, suppression_index(EMAIL, address)) for address in addresses_of(ids)}
    return found | (_phones(ids) if PHONE in kinds else set())


def _phones(ids) -> set[tuple[str, str]]:
    found = set()
    for declaration in registry.declarations():
        names = [
            name
            for name, what in declaration.fields_of(Field).items()
            if what.category is Category.PHONE and not what.third_person and not what.secret
        ]
        for row in vault.unlock(rows_of(declaration, ids)) if names else ():
            found |= {_read(row, name) for name in names}
    return {(PHONE, suppression_index(PHONE, number)) for number in found - {None}}


def _read(row, name: str) -> str | None:
    value = read_sealed(row, name).value
    return value if isinstance(value, str) and value.strip() else None
