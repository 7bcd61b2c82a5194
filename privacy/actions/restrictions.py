"""Restriction: a person or a record is stored and used for nothing else until they were told of its end (L13)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry
from privacy.actions.request_case import RequestRefused, today
from privacy.actions.request_notices import make_request_notices
from privacy.actions.stop_mail import tell_person
from privacy.actions.subjects import project
from privacy.actions.trail import actor_id, note
from privacy.models import DataSubject, Restriction, SubjectRequest
from privacy.reach import rows_of
from privacy.stop_ledger import forget_restriction, remember_restriction

State, Ground = DataSubject.State, Restriction.Ground


class RestrictionRefused(RequestRefused):
    """What cannot be restricted or lifted, in a sentence: what is missing, and that nothing was changed."""


@transaction.atomic
def restrict(subject, *, ground: str, by, record=None, request=None) -> Restriction:
    """Stop every use of one person's data, or of one record of theirs, from now on. The same again is the same one.

    ``ground`` is one of Restriction.Ground; ``record`` a row of a declared class. Raises RestrictionRefused for a
    record that is not this person's and for somebody whose data is erased.
    """
    person = DataSubject.objects.select_for_update().get(pk=subject.person.pk)
    if person.state == State.ERASED:
        raise RestrictionRefused(_("This person's data is deleted; there is nothing left to pause."))
    where = _place(person, record)
    open_one = Restriction.objects.filter(subject=person, ground=Ground(ground), lifted_at__isnull=True, **where)
    found = open_one.first()
    if found is not None:
        return found
    made = Restriction.objects.create(
        subject=person, ground=Ground(ground), request=request, opened_by=actor_id(by), **where
    )
    project(person)
    what = "subject.restricted" if record is None else "record.restricted"
    note(what, subject=person, record=record or person, by=by, reason=str(made.ground))
    remember_restriction(made)
    if request is not None and request.right == SubjectRequest.Right.RESTRICTION:
        # Whoever was sent it is told that it is paused (Art 19); the case stays open until they are.
        make_request_notices(request, record=record, fields=())
    return made


def _place(person, record) -> dict:
    if record is None:
        return {"model": "", "object_pk": ""}
    declaration = registry.declaration_of(type(record))
    if declaration is None or not rows_of(declaration, person.group()).filter(pk=record.pk).exists():
        raise RestrictionRefused(_("This record is not one of this person's. Nothing was paused."))
    return {"model": declaration.name(), "object_pk": str(record.pk)}


@transaction.atomic
def announce_lift(restriction, *, on: date, by, by_letter: bool = False) -> Restriction:
    """Mail the person that the pause ends on this day, tomorrow at the earliest (Art 18(3)); another day replaces it.

    With ``by_letter`` whoever has no e-mail address is told on paper: the caller writes that letter in the same act.
    Raises RestrictionRefused for a day too early, one that has ended, and otherwise for a person without an address.
    """
    restriction = _locked(restriction)
    if on <= today():
        raise RestrictionRefused(
            _("The person must know beforehand: choose a day from tomorrow on. Nobody has been told yet.")
        )
    told = tell_person(restriction.subject, "lift_announced", {"on": on.isoformat(), "model": restriction.model})
    if not told and not by_letter:
        raise RestrictionRefused(
            _("We have no e-mail address of this person, so they cannot be told here. The pause stays.")
        )
    restriction.lift_on, restriction.lift_told_at = on, timezone.now()
    restriction.save(update_fields=["lift_on", "lift_told_at"])
    way = "" if told else "letter"
    note("restriction.lift_announced", subject=restriction.subject_id, record=restriction, by=by, reason=way)
    return restriction


@transaction.atomic
def lift_restriction(restriction, *, by, on: date | None = None) -> Restriction:
    """End a restriction on ``on``, an Oslo date, today unless given. While another is open the person stays paused.

    Raises RestrictionRefused before the person was told, before the day they were told, and for one that has ended.
    """
    restriction = _locked(restriction)
    day = today() if on is None else min(on, today())
    if restriction.lift_told_at is None:
        raise RestrictionRefused(_("The person has not been told that the pause ends. Tell them first; it stays."))
    if day < restriction.lift_on:
        raise RestrictionRefused(
            _("The person was told another day: the pause ends on %(day)s at the earliest.")
            % {"day": restriction.lift_on.isoformat()}
        )
    restriction.lifted_at, restriction.lifted_by = timezone.now(), actor_id(by)
    restriction.save(update_fields=["lifted_at", "lifted_by"])
    project(restriction.subject.person)
    what = "record.restriction_lifted" if restriction.model else "subject.restriction_lifted"
    note(what, subject=restriction.subject_id, record=restriction, by=by, reason=str(restriction.ground))
    forget_restriction(restriction)
    return restriction


def _locked(restriction) -> Restriction:
    found = Restriction.objects.select_for_update(of=("self",)).select_related("subject").get(pk=restriction.pk)
    if found.lifted_at is not None:
        raise RestrictionRefused(_("This pause has ended already. Nothing was changed."))
    return found
