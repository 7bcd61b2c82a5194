"""After a restore: what people stopped since the backup is stopped again (L13, L16, L21, T34)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from privacy import registry
from privacy.actions.consent import About, record
from privacy.actions.consent_ends import end_what_rested_on_it
from privacy.actions.objections import ObjectionRefused, object_to
from privacy.actions.restrictions import RestrictionRefused, restrict
from privacy.actions.trail import note
from privacy.models import ConsentKind, ConsentState, DataSubject, Objection, Restriction, StopLedger, Suppression
from privacy.reach import rows_of
from privacy.rules.consent import WITHDRAWABLE

Kind = StopLedger.Kind
METHOD = "ledger"


def replay_stops() -> dict:
    """Repeat every stop of the ledger that this database does not know. Returns {kind: how many were repeated}.

    A yes that somebody gave after the backup is lost with it and has to be asked for again: without its proof it would
    be none.
    """
    counts = dict.fromkeys(Kind.values, 0)
    for stop in StopLedger.objects.order_by("at", "pk").iterator():
        with transaction.atomic():
            counts[stop.kind] += _REPLAY[stop.kind](stop)
    return counts


def _withdrawal(stop: StopLedger) -> bool:
    standing = ConsentState.objects.filter(
        subject=stop.subject, purpose=stop.key, about=stop.about, state__in=WITHDRAWABLE, since__lt=stop.at
    )
    state = standing.select_related("subject").first()
    if state is None:
        return False
    what = About(stop.key, stop.about)
    event = record(state.subject, what, kind=ConsentKind.WITHDRAWN, method=METHOD, by=None)
    end_what_rested_on_it(event, by=None)
    return True


def _objection(stop: StopLedger) -> bool:
    subject = DataSubject.objects.filter(pk=stop.subject).first()
    if subject is None or _is_known(Objection, subject, activity=stop.key, made_at__gte=stop.at):
        return False
    try:
        object_to(subject, activity=stop.key, by=None)
    except ObjectionRefused:
        return False
    return True


def _suppression(stop: StopLedger) -> bool:
    kind, _, index = stop.key.partition(":")
    row, made = Suppression.objects.get_or_create(
        kind=kind, index=index, defaults={"source": stop.method, "since": stop.at}
    )
    if made:
        note("suppression.added", record=row, by=None, reason=METHOD)
    return made


def _restriction(stop: StopLedger) -> bool:
    subject = DataSubject.objects.filter(pk=stop.subject).first()
    model, _, key = stop.about.partition(":")
    place = {"model": model, "object_pk": key, "ground": stop.key}
    if subject is None or _is_known(Restriction, subject, opened_at__gte=stop.at, **place):
        return False
    found = _record(subject, model, key)
    if model and found is None:
        return False
    try:
        restrict(subject, ground=stop.key, by=None, record=found)
    except RestrictionRefused:
        return False
    return True


def _is_known(kind, subject, /, **what) -> bool:
    return kind.objects.filter(subject__in=subject.group(), **what).exists()


def _record(subject, model: str, key: str):
    """The record meant, found by a key that is never used twice; None where there is none such, or no such class."""
    try:
        declaration = registry.declaration_of(model) if model else None
        return None if declaration is None else rows_of(declaration, subject.group()).filter(pk=UUID(key)).first()
    except (LookupError, ValueError, TypeError):
        return None


_REPLAY = {
    Kind.WITHDRAWAL: _withdrawal,
    Kind.OBJECTION: _objection,
    Kind.SUPPRESSION: _suppression,
    Kind.RESTRICTION: _restriction,
}
