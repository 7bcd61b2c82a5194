"""An outsider looks: every look is written down, and who was seen by name is told that they were (N52, L9)."""

from __future__ import annotations

from django.db import transaction

from privacy.actions.deal_cases import ACTIVITY, recipient_of
from privacy.actions.disclosure import log_disclosure
from privacy.actions.gate_cases import today, user_of
from privacy.models import DataSubject, DealPerson, DealRead, Disclosure
from privacy.queries.deal_room import ClassCount, RoomPage, counts, room_page
from privacy.queries.gate_facts import access_of
from privacy.rules.gates import GateRefused, why_no_access


@transaction.atomic
def look_in(person: DealPerson, *, by) -> list[ClassCount]:
    """The first page of the deal: its classes and their numbers. GateRefused when access is not open today."""
    _refuse_unless_open(person)
    found = counts(person.case)
    DealRead.objects.create(person=person, rows=0)
    return found


@transaction.atomic
def look_at_class(person: DealPerson, label: str, *, page: int = 1, with_names: bool = False, by) -> RoomPage | None:
    """One page of one class, and the row that says so. Names are shown to who has them approved, to nobody else.

    With names each person of the page gets a line in what was shared about them, once for a class and deal. None for a
    class that is not in the deal. GateRefused when access is not open today.
    """
    _refuse_unless_open(person)
    with_names = with_names and person.names_approved_at is not None
    found = room_page(person.case, label, number=page, with_names=with_names)
    if found is None:
        return None
    if with_names and found.behind:
        _log(person, found, by=by)
    DealRead.objects.create(
        person=person, model=label[:80], page=found.number, rows=len(found.rows), with_names=with_names
    )
    return found


def _refuse_unless_open(person: DealPerson) -> None:
    why = why_no_access(access_of(person), today())
    if why:
        raise GateRefused(why)


def _log(person: DealPerson, found: RoomPage, *, by) -> None:
    deal, label = person.case, type(next(iter(found.behind.values())))._meta.label
    known = Disclosure.objects.filter(case=deal.pk, about_model=label, subject__in=found.behind)
    seen = set(known.values_list("subject", flat=True))
    new = DataSubject.objects.filter(pk__in=found.behind.keys() - seen).order_by("pk")
    if not new:
        return
    approver = user_of(person.names_approved_by)
    with recipient_of(deal, fields=found.names, approver=person.names_approved_by) as recipient:
        for subject in new:
            row = found.behind[subject.pk]
            payload = {name: str(getattr(row, name)) for name in found.names}
            log_disclosure(
                subject,
                recipient=recipient,
                payload=payload,
                activity=ACTIVITY,
                by=by,
                about=row,
                case=deal.pk,
                approver=approver,
            )
