"""The nightly run: what is due goes, what is held stays, and an unusual share stops it (N54 to N56).

Preview and run walk the same batches; a dry run only leaves out the deleting. Each batch is its own transaction and
re-checks what it read, so the run may be killed and started again at any point.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Exists, OuterRef, Q
from django.utils import timezone

from privacy import registry
from privacy.actions.erasure import request_erasure
from privacy.actions.erasure_steps import remove_rows, truncate_wal
from privacy.actions.files import FilesRemain, erase_objects
from privacy.actions.trail import note, purging
from privacy.declare import BLANK, KeepFor, MatchedBy
from privacy.holding import held_rows
from privacy.models import DataSubject, Restriction, RetentionRun, StoredFile
from privacy.planning import files_going, scope_of
from privacy.reach import Declaration, children_first
from privacy.rules.consent import VALID
from privacy.rules.deadlines import OSLO, oslo_date
from privacy.rules.retention import latest_due_start
from privacy.stopping import restricted_records

BATCH = 1000
DEAD_AFTER = timedelta(hours=2)
# More than this many rows and more than this share of a class in one night is unusual and needs somebody's word.
USUAL = {"rows": 100, "share": 0.25}


@dataclass
class ClassResult:
    """Counts of one class: due = deleted + blanked + held + restricted + failed."""

    model: str
    due: int = 0
    deleted: int = 0
    blanked: int = 0
    held: int = 0
    restricted: int = 0
    failed: int = 0


@dataclass
class RetentionResult:
    """``status``: done | failed (some rows stay due) | stopped (the brake) | running (another run holds the lock)."""

    as_of: date
    status: str = "done"
    classes: list[ClassResult] = field(default_factory=list)
    stopped_by: list[str] = field(default_factory=list)

    def as_json(self) -> dict:
        return {
            "as_of": self.as_of.isoformat(),
            "status": self.status,
            "stopped_by": self.stopped_by,
            "classes": [asdict(each) for each in self.classes],
        }


def run_retention(*, as_of: datetime, dry_run: bool = False, allow_large: bool = False) -> RetentionResult:
    """Erase what is due on the Oslo day of ``as_of``; with ``dry_run`` count it only.

    A run that would take more than the usual share of a class does nothing and says which class, unless
    ``allow_large``. One run at a time.
    """
    result = RetentionResult(as_of=oslo_date(as_of))
    clocked = [declaration for declaration in children_first() if isinstance(declaration.keep, KeepFor)]
    result.stopped_by = [] if allow_large else [d.name() for d in clocked if _is_unusual(d, result.as_of)]
    if dry_run:
        result.classes = [_run_class(declaration, result.as_of, dry_run) for declaration in clocked]
    if result.stopped_by:
        result.status = "stopped"
    elif not dry_run:
        _run(clocked, as_of, result)
    return result


def _run(clocked, as_of: datetime, result: RetentionResult) -> None:
    run = _begin(result.as_of)
    if run is None:
        result.status = "running"
        return
    try:
        result.classes = [_run_class(declaration, result.as_of, False) for declaration in clocked]
        forget_empty_persons(as_of=as_of)
    except Exception:
        # What this run did is committed; the next one need not wait until this one counts as dead.
        RetentionRun.objects.filter(pk=run.pk).update(state="died", finished_at=timezone.now())
        raise
    result.status = "failed" if any(each.failed for each in result.classes) else "done"
    _end(run, result)


def due_rows(declaration: Declaration, day: date):
    """The rows of a class whose last day was before ``day``; one indexed comparison, no arithmetic per row."""
    keep, rows = declaration.keep, declaration.model._base_manager.all()
    last = latest_due_start(day, months=keep.months, days=keep.days, anchor=keep.anchor)
    if declaration.on_erase is BLANK:
        # A row that was blanked is nobody's, and stays.
        rows = rows.filter(**{f"{declaration.subject.split('__')[0]}__isnull": False})
    if isinstance(_column(declaration.model, keep.since), DateTimeField):
        midnight = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=OSLO)
        return rows.filter(**{f"{keep.since}__lt": midnight})
    return rows.filter(**{f"{keep.since}__lte": last})


def _column(model, path: str):
    *way, last = path.split("__")
    for part in way:
        model = model._meta.get_field(part).related_model
    return model._meta.get_field(last)


def _is_unusual(declaration, day: date) -> bool:
    brake = getattr(settings, "PRIVACY_RETENTION_BRAKE", USUAL)
    due = due_rows(declaration, day).count()
    if due <= brake["rows"]:
        return False
    return due > declaration.model._base_manager.count() * brake["share"]


def _begin(day: date) -> RetentionRun | None:
    RetentionRun.objects.filter(state="running", started_at__lt=timezone.now() - DEAD_AFTER).update(
        state="died", finished_at=timezone.now()
    )
    try:
        with transaction.atomic():
            return RetentionRun.objects.create(as_of=day)
    except IntegrityError:
        return None


def _end(run: RetentionRun, result: RetentionResult) -> None:
    run.state, run.finished_at = result.status, timezone.now()
    run.classes = [asdict(each) for each in result.classes if each.due]
    run.save()
    note("retention.run", record=run, by=None, reason=result.status)
    truncate_wal()


def _run_class(declaration: Declaration, day: date, dry_run: bool) -> ClassResult:
    counts = ClassResult(declaration.name())
    for keys in _batches(declaration, day):
        if dry_run:
            _add(counts, declaration, *_sort_out(declaration, keys, day))
            continue
        try:
            _erase_batch(declaration, keys, day, counts)
        except FilesRemain:
            # The storage kept an object: its row stays, due again tomorrow, and the run says so.
            counts.failed += len(keys)
            counts.due += len(keys)
    return counts


def _batches(declaration, day: date) -> Iterator[list]:
    last = None
    while True:
        rows = due_rows(declaration, day)
        rows = rows if last is None else rows.filter(pk__gt=last)
        keys = list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:BATCH])
        if not keys:
            return
        yield keys
        last = keys[-1]


def _sort_out(declaration, keys, day: date):
    """(keys that go, how many are held, how many restricted) of one batch, read under its lock."""
    restricted = set(_restricted(declaration, keys))
    # What goes with a row may be restricted while the row itself is not: then the row stays as well.
    held = held_rows(scope_of(declaration, set(keys) - restricted), day=day, grounds=Restriction.Ground.values)
    held = held[declaration]
    going = [key for key in keys if key not in held and key not in restricted]
    return going, len(held), len(restricted)


def _restricted(declaration, keys):
    if isinstance(declaration.subject, MatchedBy) or declaration.evidence:
        return []
    path = "state" if declaration.subject == "pk" else f"{declaration.subject}__state"
    paused = Q(**{path: DataSubject.State.RESTRICTED}) | restricted_records(declaration)
    return declaration.model._base_manager.filter(paused, pk__in=keys).values_list("pk", flat=True)


def _add(counts, declaration, going: list, held: int, restricted: int) -> None:
    if declaration.on_erase is BLANK:
        counts.blanked += len(going)
    else:
        counts.deleted += len(going)
    counts.due += len(going) + held + restricted
    counts.held += held
    counts.restricted += restricted


def _erase_batch(declaration, keys, day, counts: ClassResult) -> None:
    with transaction.atomic():
        locked = _lock(declaration, keys, day)
        going, held, restricted = _sort_out(declaration, locked, day)
        scope = scope_of(declaration, going)
        files = files_going(scope, held_rows(scope, day=day))
        # Objects before rows: a kill in between leaves a row without an object, which tomorrow's run takes.
        erase_objects(list(StoredFile.objects.filter(pk__in=files)))
        proofs = [each.model for each in scope if each.evidence and scope[each]]
        with purging(*proofs) if proofs else nullcontext():
            for each in children_first():
                if scope.get(each):
                    remove_rows(each, scope[each])
        StoredFile.objects.filter(pk__in=files).delete()
    _add(counts, declaration, going, held, restricted)


def _lock(declaration, keys, day: date) -> list:
    rows = due_rows(declaration, day).filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True)
    found = set(rows.values_list("pk", flat=True))
    return [key for key in keys if key in found]


def forget_empty_persons(*, as_of: datetime) -> int:
    """Persons of whom nothing is left but a key and an address hash are erased too; returns how many."""
    empty = DataSubject.objects.filter(
        state=DataSubject.State.ACTIVE,
        created_at__lt=as_of - timedelta(days=30),
        proved_as__isnull=True,
        claimed__isnull=True,
        # Who asked something of us keeps the answer as long as its case is kept.
        requests__isnull=True,
    )
    for declaration in registry.declarations():
        if declaration.model._meta.app_label != "privacy" and isinstance(declaration.subject, str):
            rows = declaration.model._base_manager.filter(**{declaration.subject: OuterRef("pk")})
            empty = empty.filter(~Exists(rows))
    found = list(empty.exclude(consents__state__in=VALID))
    for subject in found:
        request_erasure(subject, cause="rule", by=None)
    return len(found)


def run_daily(*, as_of: datetime, dry_run: bool = False) -> dict:
    """The nightly run as `run_schedule` calls it."""
    return run_retention(as_of=as_of, dry_run=dry_run).as_json()
