"""Erasure: planned, shown, ordered, carried out in steps that survive a kill, finished when holds end (N56, L12)."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction
from django.db.models import UUIDField
from django.utils import timezone

from privacy import registry
from privacy.actions import erasure_steps as steps
from privacy.actions.files import FilesRemain
from privacy.actions.jobs import enqueue, extend_lease, finishing, take_job
from privacy.actions.request_erasures import answer_by_erasure, close_moot
from privacy.actions.trail import actor_id, note
from privacy.failpoints import failpoint
from privacy.models import DataSubject, Erasure, ErasureLedger, Job, Restriction
from privacy.planning import plan_for, scope_of, whole_scope
from privacy.reach import rows_of
from privacy.rules.deadlines import oslo_date
from privacy.rules.erasure import ErasurePlan, is_nothing

JOB = "privacy.erase"
STEPS = ("ledger", "freeze", "objects", "keys", "rows", "leftovers", "told")


class UnderWay(Exception):
    """Somebody else is carrying this erasure out at this moment."""


class StillThere(Exception):
    """Something of the person was written while the erasure ran. It is not called done; the job is tried again."""


def plan_erasure(subject, *, day: date | None = None) -> ErasurePlan:
    """What would go now and what would stay, until when, because of which law. Changes nothing."""
    person = subject.person
    ids = person.group()
    return plan_for(person, scope=whole_scope(ids), ids=ids, day=day or today(), whole=True)


@transaction.atomic
def request_erasure(subject, *, cause: str, by, day: date | None = None) -> Erasure | None:
    """Order the erasure of one person; the worker carries it out. The same order again is the same order.

    Returns the Erasure, or None when the person is erased already and nothing is left to do.
    """
    person = DataSubject.objects.select_for_update().get(pk=subject.person.pk)
    open_one = Erasure.objects.filter(subject=person, whole=True).exclude(state=Erasure.State.DONE).first()
    plan = plan_erasure(person, day=day)
    if is_nothing(plan, already_erased=is_erased(person)):
        return None
    ordered = _again(open_one) if open_one is not None else _order(person, cause=cause, by=by, whole=True)
    close_moot(person, by=by)
    return ordered


@transaction.atomic
def erase_rows(model, *, subject, pks, cause: str, by) -> Erasure:
    """Order the erasure of these rows of one person and of everything that goes with them."""
    declaration = registry.declaration_of(model)
    scope = {declaration.name(): sorted(str(pk) for pk in pks)}
    return _order(subject.person, cause=cause, by=by, whole=False, scope=scope)


def _order(person, *, cause, by, whole, scope=None) -> Erasure:
    erasure = Erasure.objects.create(
        subject=person, cause=cause, whole=whole, scope=scope or {}, ledger=uuid.uuid4(), actor=actor_id(by)
    )
    note("erasure.ordered", subject=person, record=erasure, by=by, reason=cause)
    enqueue(JOB, ref=erasure.pk)
    # A restore between the order and the worker's first step must not forget it. Should this fail, the step does it.
    transaction.on_commit(lambda: steps.ledger(erasure, None), robust=True)
    failpoint("erase.ordered")
    return erasure


def erase_now(subject, *, cause: str, by, day: date | None = None) -> Erasure | None:
    """Order the erasure and carry it out here; None as in `request_erasure`.

    Raises UnderWay, FilesRemain or StillThere; after the latter two the worker tries again.
    """
    with transaction.atomic():
        erasure = request_erasure(subject, cause=cause, by=by, day=day)
        job = None if erasure is None else take_job(JOB, ref=erasure.pk)
    return None if erasure is None else _carry_out_taken(erasure, job, day)


def _carry_out_taken(erasure: Erasure, job, day: date | None) -> Erasure:
    if job is None:
        raise UnderWay("The background worker is carrying this erasure out right now; look again in a minute.")
    with finishing(job):
        return carry_out(erasure, day=day)


def _again(erasure: Erasure) -> Erasure:
    if erasure.state == Erasure.State.WAITING:
        erasure.state, erasure.step = Erasure.State.EXECUTING, ""
        erasure.save(update_fields=["state", "step"])
    enqueue(JOB, ref=erasure.pk)
    return erasure


def carry_out(erasure: Erasure, *, day: date | None = None) -> Erasure:
    """Run the steps that are left, each committed before the next; may be called again after a kill at any point."""
    erasure.refresh_from_db()
    while erasure.state in (Erasure.State.PLANNED, Erasure.State.EXECUTING):
        step = _next_step(erasure)
        if step is None:
            _finish(erasure, day or today())
            break
        failpoint(f"erase.before_{step}")
        getattr(steps, step)(erasure, current_plan(erasure, day=day or today()))
        failpoint(f"erase.after_{step}")
        erasure.state, erasure.step = Erasure.State.EXECUTING, step
        erasure.save()
        extend_lease(erasure.pk)
    return erasure


def _next_step(erasure: Erasure) -> str | None:
    position = STEPS.index(erasure.step) + 1 if erasure.step else 0
    return STEPS[position] if position < len(STEPS) else None


def current_plan(erasure: Erasure, *, day: date) -> ErasurePlan:
    """The plan as the database stands now: each step reads it afresh, so a hold placed meanwhile counts (tale#3144)."""
    ids = erasure.subject.group()
    if erasure.whole:
        return plan_for(erasure.subject, scope=whole_scope(ids), ids=ids, day=day, whole=True)
    scope = {}
    for label, keys in erasure.scope.items():
        declaration = registry.declaration_of(label)
        there = rows_of(declaration, ids).filter(pk__in=keys).values_list("pk", flat=True)
        for found, rows in scope_of(declaration, there).items():
            scope.setdefault(found, set()).update(rows)
    return plan_for(erasure.subject, scope=scope, ids=ids, day=day, whole=False)


def _finish(erasure: Erasure, day: date) -> None:
    plan = current_plan(erasure, day=day)
    if plan.going:
        Erasure.objects.filter(pk=erasure.pk).update(step="freeze")
        raise StillThere("Something was written while the erasure ran; it will be tried again in a moment.")
    failpoint("erase.before_end")
    _end(erasure, plan)
    failpoint("erase.after_end")


@transaction.atomic
def _end(erasure: Erasure, plan: ErasurePlan) -> None:
    erasure.kept = [_numbers(item) for item in plan.staying]
    erasure.state = Erasure.State.WAITING if plan.held else Erasure.State.DONE
    erasure.finished_at = None if plan.held else timezone.now()
    erasure.save()
    if erasure.whole and not plan.held:
        _forget_the_person(erasure.subject.group(), erasure.finished_at)
    note(f"erasure.{erasure.state}", subject=erasure.subject, record=erasure, by=None, reason=erasure.cause)
    answer_by_erasure(erasure)
    if erasure.state == Erasure.State.DONE:
        ErasureLedger.objects.filter(pk=erasure.ledger).update(finished_at=erasure.finished_at, counts=erasure.counts)
        failpoint("erase.after_ledger_end")


def _forget_the_person(ids, moment: datetime) -> None:
    DataSubject.objects.filter(pk__in=ids).update(state=DataSubject.State.ERASED, roles=[])
    # A pause ends with what was paused; the last mail said so. Its clock as proof begins here.
    pauses = Restriction.objects.filter(subject__in=ids, lifted_at__isnull=True)
    pauses.update(lift_told_at=moment, lift_on=oslo_date(moment), lifted_at=moment)


def _numbers(item) -> dict:
    # The reason of a hold is free text of the office; this row outlives the person and holds numbers, law and day only.
    return {name: value for name, value in item.as_json().items() if name != "reason"}


def resume_waiting(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Take every erasure that waits for a hold up again when something has become free (OpenTranscribe#442).

    One whose job was given up, because a storage was silent for too long say, is put in line again: none is forgotten.
    """
    day, resumed = oslo_date(as_of), 0
    for erasure in _forgotten():
        resumed += 1
        if not dry_run:
            enqueue(JOB, ref=erasure.pk)
    for erasure in list(Erasure.objects.filter(state=Erasure.State.WAITING).select_related("subject")):
        plan = current_plan(erasure, day=day)
        if not plan.going and plan.held:
            continue
        resumed += 1
        if not dry_run:
            _take_up(erasure, day)
    return {"resumed": resumed}


def _forgotten() -> list[Erasure]:
    in_line = Job.objects.filter(kind=JOB, state=Job.State.QUEUED).values("ref")
    open_ones = Erasure.objects.filter(state__in=[Erasure.State.PLANNED, Erasure.State.EXECUTING])
    return list(open_ones.exclude(pk__in=in_line))


def _take_up(erasure: Erasure, day: date) -> None:
    with transaction.atomic():
        job = take_job(JOB, ref=_again(erasure).pk)
    _carry_out_taken(erasure, job, day)


def replay_erasures() -> dict:
    """After a restore of the main database: carry out again every erasure the ledger knows (L39, T34).

    Returns {"replayed", "already"}. Persons and rows are found by keys that are never used twice. One that fails, a
    storage that does not answer say, does not stop the others; its error is raised when they are through.
    """
    counts, failure = {"replayed": 0, "already": 0}, None
    for entry in list(ErasureLedger.objects.order_by("ordered_at", "pk")):
        try:
            counts["replayed" if _replay(entry) else "already"] += 1
        except (FilesRemain, StillThere, UnderWay) as problem:
            failure = problem
    if failure is not None:
        raise failure
    return counts


def _replay(entry: ErasureLedger) -> bool:
    subject = DataSubject.objects.filter(pk=entry.subject).first()
    if subject is None:
        return False
    erasure = _erasure_of(entry, subject)
    erasure.scope = _never_used_twice(erasure.scope)
    if not (erasure.whole or erasure.scope) or not _is_left(erasure):
        return False
    with transaction.atomic():
        erasure.state, erasure.step = Erasure.State.EXECUTING, ""
        erasure.save()
        enqueue(JOB, ref=erasure.pk)
        job = take_job(JOB, ref=erasure.pk)
    _carry_out_taken(erasure, job, None)
    ErasureLedger.objects.filter(pk=entry.pk).update(replayed_at=timezone.now())
    return True


def _never_used_twice(scope: dict) -> dict:
    """Without classes whose keys are numbers: after a restore the same number may be given to another row."""
    return {
        label: keys
        for label, keys in scope.items()
        if isinstance(registry.declaration_of(label).model._meta.pk, UUIDField)
    }


def _erasure_of(entry: ErasureLedger, subject) -> Erasure:
    """The erasure the restored database remembers for this entry, or the person's open one, or a new one."""
    known = Erasure.objects.filter(ledger=entry.pk).first()
    if known is None and not entry.scope:
        known = Erasure.objects.filter(subject=subject, whole=True).exclude(state=Erasure.State.DONE).first()
    cause, whole = Erasure.Cause.REPLAY, not entry.scope
    return known or Erasure(ledger=entry.pk, subject=subject, cause=cause, whole=whole, scope=entry.scope)


def _is_left(erasure: Erasure) -> bool:
    """Whether the restore brought something back, or the person does not count as erased yet."""
    if current_plan(erasure, day=today()).going:
        return True
    return erasure.whole and not is_erased(erasure.subject)


def is_erased(subject) -> bool:
    """Whether an erasure of this person has run already, as far as holds let it."""
    return subject.state in (DataSubject.State.ERASING, DataSubject.State.ERASED)


def today() -> date:
    """The Oslo date now."""
    return oslo_date(timezone.now())
