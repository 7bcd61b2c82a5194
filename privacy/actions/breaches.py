"""Breaches: registered, assessed, decided on, closed; each act is an event that is never changed (Art 33, 34; L35).

What is written goes through `rules.breaches.mask`, so that a number typed by mistake does not stay in the register.
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.breach_case import BreachRefused, happened, known_risk, locked, move, said_in_words
from privacy.actions.documents import file_document
from privacy.actions.jobs import enqueue
from privacy.actions.trail import actor_id, note
from privacy.models import Breach, BreachPerson, BreachSeries, OfficeDocument
from privacy.queries.affected import affected
from privacy.rules import breaches as rules
from privacy.rules.deadlines import breach_due, oslo_date

CLOCK_JOB = "privacy.breach-clock"
# What may be described anew while the breach is open; the rest is decided by acts of its own.
DESCRIPTION = (
    "types",
    "classes",
    "window_from",
    "window_to",
    "scope_actor",
    "scope_recipient",
    "description",
    "consequences",
    "measures",
)
_TEXTS = ("description", "consequences", "measures")


@transaction.atomic
def open_breach(*, types, aware_at: datetime, description: str, by, detected_at=None, persons=(), **scope) -> Breach:
    """Register a breach we became aware of at ``aware_at``; the 72 hours run from there, whenever it is registered.

    ``types`` are codes of `Breach.Type`; ``persons`` are DataSubjects the office names; ``scope`` any of DESCRIPTION.
    Raises BreachRefused for a moment that has not come, an awareness before the detection, or nothing said.
    """
    detected_at, now = detected_at or aware_at, timezone.now()
    if aware_at > now:
        raise BreachRefused(_("We cannot have known of it at a moment to come. Nothing was stored; check the time."))
    if detected_at > aware_at:
        raise BreachRefused(_("It cannot have been detected after we knew of it. Nothing was stored; check the times."))
    breach = Breach(
        number=_next_number(oslo_date(now).year),
        detected_at=detected_at,
        aware_at=aware_at,
        due_at=breach_due(aware_at),
        registered_by=actor_id(by),
    )
    _describe(breach, {"types": types, "description": description, **scope})
    breach.save(force_insert=True)
    happened(breach, rules.next_state(None, rules.DETECTED), by=by)
    _name(breach, persons)
    for moment in rules.reminder_moments(breach.due_at):
        _look_again(breach, moment)
    note("breach.registered", record=breach, by=by)
    return breach


@transaction.atomic
def describe_breach(breach: Breach, *, by, persons=(), **changes) -> Breach:
    """Write down what is known by now: any of DESCRIPTION, and persons to name. Refused when the breach is closed."""
    breach = locked(breach)
    if not breach.is_open:
        raise BreachRefused(_("This breach is closed, and its record stays as it is. Nothing was changed."))
    before = {name: getattr(breach, name) for name in DESCRIPTION}
    _describe(breach, changes)
    changed = sorted(name for name in DESCRIPTION if getattr(breach, name) != before[name])
    if not changed and not persons:
        return breach
    breach.save(update_fields=DESCRIPTION)
    _name(breach, persons)
    happened(breach, rules.DESCRIBED, by=by, text=", ".join(changed))
    note("breach.described", record=breach, fields=changed, by=by)
    return breach


def assess_breach(breach: Breach, *, by) -> Breach:
    """Somebody looks into it."""
    return move(breach, rules.ASSESSING, by=by)


def dismiss_breach(breach: Breach, *, reason: str, by) -> Breach:
    """It was none, with the reason; it stays in the register all the same (Art 33(5))."""
    return move(breach, rules.NOT_A_BREACH, by=by, text=said_in_words(reason, _("Say why it was not a breach.")))


@transaction.atomic
def confirm_breach(breach: Breach, *, risk: str, by) -> Breach:
    """It was one, with the risk to those it touched; whom it touched is computed and stored."""
    breach = move(breach, rules.CONFIRMED, by=by, text=known_risk(risk), risk=risk)
    return count_affected(breach, by=by)


@transaction.atomic
def count_affected(breach: Breach, *, by) -> Breach:
    """Compute anew whom it touched and store them. Who is no longer found stays without records and is not told."""
    breach = locked(breach)
    if breach.state in (rules.NOT_A_BREACH, rules.CLOSED):
        raise BreachRefused(_("This breach is settled; whom it touched stays as it was. Nothing was changed."))
    found = affected(breach)
    known = list(breach.persons.all())
    for row in known:
        classes = found.persons.get(row.subject_id, {})
        row.classes, row.records = sorted(classes), sum(classes.values())
    already = {row.subject_id for row in known}
    new = [
        BreachPerson(breach=breach, subject_id=person, classes=sorted(classes), records=sum(classes.values()))
        for person, classes in found.persons.items()
        if person not in already
    ]
    BreachPerson.objects.bulk_update(known, ["classes", "records"], batch_size=500)
    BreachPerson.objects.bulk_create(new, batch_size=500)
    breach.counts, breach.counted_at = found.counts(), timezone.now()
    breach.save(update_fields=["counts", "counted_at"])
    happened(breach, rules.COUNTED, by=by, text=str(breach.counts["persons"]))
    note("breach.counted", record=breach, by=by)
    return breach


def file_paper(breach: Breach, stream, *, display_name: str, media_type: str, by) -> OfficeDocument:
    """Seal a paper of this breach (`privacy.scans.check_scan` has said what it is)."""
    paper = file_document(
        stream, kind=OfficeDocument.Kind.BREACH, display_name=display_name, media_type=media_type, by=by
    )
    with transaction.atomic():
        happened(locked(breach), rules.PAPER, by=by, paper=paper)
        note("breach.paper_filed", record=breach, by=by)
    return paper


def _describe(breach: Breach, changes: dict) -> None:
    unknown = set(changes) - set(DESCRIPTION)
    if unknown:
        raise TypeError(f"Not part of a description: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(breach, name, rules.mask(value) if name in _TEXTS else value)
    if not breach.description:
        raise BreachRefused(_("Say what happened, without names. Nothing was stored."))
    if not breach.types or not set(breach.types) <= set(Breach.Type.values):
        raise BreachRefused(_("Say what kind of breach it is. Nothing was stored."))
    if breach.window_from and breach.window_to and breach.window_from > breach.window_to:
        raise BreachRefused(_("The time begins after it ends. Nothing was stored; check both."))


def _name(breach: Breach, persons) -> None:
    for person in {each.person for each in persons}:
        row, is_new = BreachPerson.objects.get_or_create(breach=breach, subject=person, defaults={"named": True})
        if not is_new and not row.named:
            row.named = True
            row.save(update_fields=["named"])


def _look_again(breach: Breach, moment: datetime) -> None:
    # The line keeps one job for each piece of work, so every moment is one of its own.
    if moment > timezone.now():
        enqueue(CLOCK_JOB, ref=uuid5(breach.pk, moment.isoformat()), run_after=moment)


def _next_number(year: int) -> str:
    BreachSeries.objects.get_or_create(year=year)
    series = BreachSeries.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"BR-{year}-{series.last:06d}"
