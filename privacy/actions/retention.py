"""The nightly run: what is due goes, what is held stays, and an unusual share stops it (N54 to N56).

Preview and run walk the same batches; a dry run only leaves out the deleting. Each batch is its own transaction and
re-checks what it read, so the run may be killed and started again at any point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Exists, OuterRef
from django.utils import timezone

from privacy import registry
from privacy.actions.erasure import request_erasure, truncate_wal
from privacy.actions.erasure_steps import remove_rows
from privacy.actions.files import FilesRemain, erase_objects
from privacy.actions.trail import note, purging
from privacy.declare import KeepFor, MatchedBy
from privacy.holding import held_rows
from privacy.models import DataSubject, RetentionRun, StoredFile
from privacy.planning import files_going, scope_of
from privacy.reach import Declaration, children_first
from privacy.rules.deadlines import OSLO, oslo_date
from privacy.rules.retention import latest_due_start

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
    if result.stopped_by:
        result.status = "stopped"
        return result
    run = None if dry_run else _begin(result.as_of)
    if run is None and not dry_run:
        result.status = "running"
        return result
    for declaration in clocked:
        result.classes.append(_run_class(declaration, result.as_of, dry_run))
    result.status = "failed" if any(each.failed for each in result.classes) else "done"
    if run is not None:
        forget_empty_persons(as_of=as_of)
        _end(run, result)
    return result


def due_rows(declaration: Declaration, day: date):
    """The rows of a class whose last day was before ``day``; one indexed comparison, no arithmetic per row."""
    keep = declaration.keep
    last = latest_due_start(day, months=keep.months, days=keep.days, anchor=keep.anchor)
    column = _column(declaration.model, keep.since)
    if isinstance(column, DateTimeField):
        midnight = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=OSLO)
        return declaration.model._base_manager.filter(**{f"{keep.since}__lt": midnight})
    return declaration.model._base_manager.filter(**{f"{keep.since}__lte": last})


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
        counts.due += len(keys)
        if dry_run:
            _count_batch(declaration, keys, day, counts)
            continue
        try:
            _erase_batch(declaration, keys, day, counts)
        except FilesRemain:
            # The storage kept an object: its row stays, due again tomorrow, and the run says so.
            counts.failed += len(keys)
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
    """(keys that go, scope, holding, how many are held, how many restricted) for one batch, read under its lock."""
    restricted = set(_restricted(declaration, keys))
    scope = scope_of(declaration, set(keys) - restricted)
    holding = held_rows(scope, day=day)
    held = set(holding.get(declaration, {}))
    going = [key for key in keys if key not in held and key not in restricted]
    return going, scope, holding, len(held & set(keys)), len(restricted)


def _restricted(declaration, keys):
    if isinstance(declaration.subject, MatchedBy) or declaration.evidence:
        return []
    path = "" if declaration.subject == "pk" else f"{declaration.subject}__"
    rows = declaration.model._base_manager.filter(pk__in=keys, **{f"{path}state": DataSubject.State.RESTRICTED})
    return rows.values_list("pk", flat=True)


def _count_batch(declaration, keys, day, counts: ClassResult) -> None:
    going, _scope, _holding, held, restricted = _sort_out(declaration, keys, day)
    _add(counts, declaration, len(going), held, restricted)


def _add(counts, declaration, going: int, held: int, restricted: int) -> None:
    if declaration.on_erase.value == "blank":
        counts.blanked += going
    else:
        counts.deleted += going
    counts.held += held
    counts.restricted += restricted


def _erase_batch(declaration, keys, day, counts: ClassResult) -> None:
    with transaction.atomic():
        locked = _lock(declaration, keys, day)
        going, _scope, _holding, held, restricted = _sort_out(declaration, locked, day)
        scope = scope_of(declaration, going)
        files = files_going(scope, held_rows(scope, day=day))
        # Objects before rows: a kill in between leaves a row without an object, which tomorrow's run takes.
        erase_objects(list(StoredFile.objects.filter(pk__in=files)))
        if declaration.evidence:
            with purging(declaration.model):
                remove_rows(declaration, going)
        else:
            for each in children_first():
                if scope.get(each):
                    remove_rows(each, scope[each])
        StoredFile.objects.filter(pk__in=files).delete()
    _add(counts, declaration, len(going), held, restricted)


def _lock(declaration, keys, day: date) -> list:
    rows = due_rows(declaration, day).filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True)
    return sorted(set(rows.values_list("pk", flat=True)), key=keys.index)


def forget_empty_persons(*, as_of: datetime) -> int:
    """Persons of whom nothing is left but a key and an address hash are erased too; returns how many."""
    empty = DataSubject.objects.filter(
        state=DataSubject.State.ACTIVE,
        created_at__lt=as_of - timedelta(days=30),
        proved_as__isnull=True,
        claimed__isnull=True,
    )
    for declaration in registry.declarations():
        if declaration.model._meta.app_label != "privacy" and isinstance(declaration.subject, str):
            rows = declaration.model._base_manager.filter(**{declaration.subject: OuterRef("pk")})
            empty = empty.filter(~Exists(rows))
    count = 0
    for subject in empty.iterator():
        request_erasure(subject, cause="rule", by=None)
        count += 1
    return count


def run_daily(*, as_of: datetime, dry_run: bool = False) -> dict:
    """The nightly run as `run_schedule` calls it."""
    return run_retention(as_of=as_of, dry_run=dry_run).as_json()
