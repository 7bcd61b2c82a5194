"""Holds: placed by law, or proposed by one and approved by another; ended by another or by the day (N54, N59, L38)."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry
from privacy.actions.documents import destroy_document
from privacy.actions.files import FilesRemain
from privacy.actions.trail import actor_id, note
from privacy.models import DataSubject, LegalHold, OfficeDocument
from privacy.rules import holds as rules
from privacy.rules.deadlines import oslo_date
from privacy.rules.holds import HoldRefused
from privacy.second_person import second_person

State = LegalHold.State
MOST_RECORDS = 50

__all__ = [
    "HoldRefused",
    "approve_holds",
    "lapse_holds",
    "place_hold",
    "propose_holds",
    "refuse_holds",
    "release_hold",
    "review_holds",
]


@transaction.atomic
def place_hold(
    record, *, subject, ground: str, law: str, reason: str, until: date | None, by, kind: str = ""
) -> LegalHold:
    """Keep this one record past its clock and past an erasure. The same hold again is the same hold.

    What a law demands, and what the house itself places (``by`` is None), is active at once; anything else a person
    asks for is a proposal, which holds until another has decided. Without a last day it is reviewed within a year.
    Raises HoldRefused for a record that has gone, and for a statutory hold without its last day.
    """
    _lock(record)
    same = _standing(record).filter(law=law, until=until, **({"kind": kind} if kind else {})).first()
    if same is not None:
        return same
    if ground == LegalHold.Ground.STATUTORY and until is None:
        raise HoldRefused(_("A hold the law demands needs the day it ends. Nothing was changed."))
    is_active = by is None or ground == LegalHold.Ground.STATUTORY
    return _open(
        record,
        subject=subject,
        kind=kind or rules.kind_for(ground),
        law=law,
        reason=reason,
        term=rules.Term(until, None if until else rules.latest_review(_today())),
        state=State.ACTIVE if is_active else State.PROPOSED,
        batch=None if is_active else uuid.uuid4(),
        by=by,
    )


@transaction.atomic
def propose_holds(
    records,
    *,
    kind: str,
    law: str,
    reason: str,
    by,
    until: date | None = None,
    review_on: date | None = None,
    paper=None,
) -> uuid.UUID:
    """Ask that these records stay, in one decision; they stay from this moment. Returns the decision's key.

    ``records`` are rows of declared classes with a person in them; ``reason`` a code of `rules.holds.REASONS_FOR`;
    ``paper`` an OfficeDocument that says why. A record that is held in the same way already is left as it is.
    Raises HoldRefused for a term that is none, nothing to hold, too many at once, and a record of nobody.
    """
    if actor_id(by) is None:
        raise HoldRefused(_("A hold is asked for by a person; nothing was changed."))
    ground = rules.ground_of(kind)
    rules.check_reason(kind, reason)
    term = rules.term(ground, until=until, review_on=review_on, day=_today())
    if not law.strip():
        raise HoldRefused(_("Say which law or paper it rests on. Nothing was changed."))
    if len(records) > MOST_RECORDS:
        raise HoldRefused(_("At most %(n)d records go into one decision. Nothing was changed.") % {"n": MOST_RECORDS})
    batch, made = uuid.uuid4(), 0
    for record in records:
        _lock(record)
        if _standing(record).filter(kind=kind, law=law, until=term.until).exists():
            continue
        terms = {"law": law, "reason": reason, "term": term, "state": State.PROPOSED, "batch": batch, "paper": paper}
        _open(record, subject=_subject_of(record), kind=kind, by=by, **terms)
        made += 1
    if not made:
        raise HoldRefused(_("Everything named is held in this way already. Nothing was changed."))
    return batch


def _lock(record) -> None:
    # The same lock an erasure takes before it looks for holds: either the hold is seen, or the record is gone.
    if type(record)._base_manager.select_for_update().filter(pk=record.pk).first() is None:
        raise HoldRefused(_("The record is gone already; there is nothing left to hold."))


def _standing(record):
    return LegalHold.objects.filter(
        model=record._meta.label, object_pk=str(record.pk), released_at__isnull=True
    ).order_by("opened_at")


def _subject_of(record) -> DataSubject:
    declaration = registry.declaration_of(type(record))
    if declaration is None or declaration.evidence or not isinstance(declaration.subject, str):
        raise HoldRefused(_("This kind of record is not held by hand. Nothing was changed."))
    key = type(record)._base_manager.filter(pk=record.pk).values_list(declaration.subject, flat=True).get()
    if key is None:
        raise HoldRefused(_("This record names no person, so nothing would take it. Nothing was changed."))
    return DataSubject.objects.get(pk=key)


def _open(record, *, subject, kind, law, reason, term: rules.Term, state, batch, by, paper=None) -> LegalHold:
    ground = rules.ground_of(kind)
    hold = LegalHold.objects.create(
        subject=subject,
        model=record._meta.label,
        object_pk=str(record.pk),
        ground=ground,
        kind=kind,
        state=state,
        batch=batch,
        law=law,
        reason=reason,
        until=term.until,
        review_on=term.review_on,
        paper=paper,
        opened_by=actor_id(by),
    )
    note(
        "hold.placed" if state == State.ACTIVE else "hold.proposed",
        subject=subject,
        record=record,
        by=by,
        reason=ground,
    )
    return hold


@transaction.atomic
def approve_holds(batch, *, by) -> list[LegalHold]:
    """Approve all records of one decision. OwnApproval for whoever asked, HoldRefused when it waits no longer."""
    found = _waiting(batch, by)
    for hold in found:
        hold.state, hold.approved_at, hold.approved_by = State.ACTIVE, timezone.now(), by.pk
        hold.save(update_fields=["state", "approved_at", "approved_by"])
        note("hold.approved", subject=hold.subject_id, record=hold, by=by, reason=hold.ground)
    return found


@transaction.atomic
def refuse_holds(batch, *, by) -> list[LegalHold]:
    """Say no to one decision: its records follow their own clocks again. OwnApproval and HoldRefused as above."""
    found = _waiting(batch, by)
    for hold in found:
        _end(hold, State.REFUSED, "hold.refused", by=by)
    return found


def _waiting(batch, by) -> list[LegalHold]:
    found = list(LegalHold.objects.select_for_update().filter(batch=batch, state=State.PROPOSED).order_by("pk"))
    if not found or rules.has_lapsed(oslo_date(found[0].opened_at), _today()):
        raise HoldRefused(_("This waits for nobody any more: it was decided, or its fourteen days are over."))
    second_person(by, asked_by=found[0].opened_by)
    return found


@transaction.atomic
def release_hold(hold: LegalHold, *, by) -> None:
    """End a hold before its day; not by the one who placed it. What it suspended completes at the next nightly run.

    A proposal that is released counts as refused. Nobody's hand releases what the law keeps (HoldRefused); the house
    itself (``by`` is None) does, when another hold has taken its place.
    """
    hold.refresh_from_db(from_queryset=LegalHold.objects.select_for_update())
    if not hold.stands:
        return
    if by is not None:
        if hold.opened_by == by.pk:
            raise HoldRefused(
                _("A hold is released by somebody other than the one who placed it. Nothing was changed.")
            )
        rules.check_release(hold.ground, until=hold.until, day=_today())
    to = State.RELEASED if rules.may_move(hold.state, rules.RELEASED) else State.REFUSED
    _end(hold, to, f"hold.{to}", by=by)


@transaction.atomic
def review_holds(batch, *, review_on: date, by) -> list[LegalHold]:
    """A hold without an end was looked at, by another than the one who asked, and is needed on: the next review.

    Returns the holds. HoldRefused when nothing of this decision is open, OwnApproval for whoever asked.
    """
    rules.check_review(review_on, day=_today())
    standing = LegalHold.objects.select_for_update().filter(batch=batch, state=State.ACTIVE, until__isnull=True)
    found = list(standing.order_by("pk"))
    if not found:
        raise HoldRefused(_("Nothing of this is held without an end. Nothing was changed."))
    second_person(by, asked_by=found[0].opened_by)
    for hold in found:
        hold.review_on = review_on
        hold.save(update_fields=["review_on"])
        note("hold.reviewed", subject=hold.subject_id, record=hold, by=by, reason=hold.ground)
    return found


def lapse_holds(*, as_of: datetime, dry_run: bool = False) -> dict:
    """End proposals nobody approved in fourteen days, and destroy papers of holds whose proof is gone.

    Returns {"lapsed", "papers", "failed"}; runs before the retention, so that the same night takes what is free.
    """
    day, lapsed = oslo_date(as_of), 0
    for hold in list(LegalHold.objects.filter(state=State.PROPOSED).order_by("opened_at")):
        if rules.has_lapsed(oslo_date(hold.opened_at), day):
            lapsed += 1 if dry_run else _lapse(hold)
    papers = OfficeDocument.objects.filter(kind=OfficeDocument.Kind.HOLD, holds__isnull=True)
    counts = {"lapsed": lapsed, "papers": papers.count(), "failed": 0}
    for paper in [] if dry_run else list(papers):
        try:
            destroy_document(paper, by=None)
        except FilesRemain:
            # The storage kept it: the row stays, and the next night tries again.
            counts["papers"], counts["failed"] = counts["papers"] - 1, counts["failed"] + 1
    return counts


@transaction.atomic
def _lapse(hold: LegalHold) -> int:
    # Locked and read again: somebody may be approving it at this moment.
    waiting = LegalHold.objects.select_for_update().filter(pk=hold.pk, state=State.PROPOSED).first()
    if waiting is not None:
        _end(waiting, State.LAPSED, "hold.lapsed", by=None)
    return int(waiting is not None)


def _end(hold: LegalHold, state: str, action: str, *, by) -> None:
    hold.state, hold.released_at, hold.released_by = state, timezone.now(), actor_id(by)
    hold.save(update_fields=["state", "released_at", "released_by"])
    note(action, subject=hold.subject_id, record=hold, by=by)


def _today() -> date:
    return oslo_date(timezone.now())
