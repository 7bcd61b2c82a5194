"""The nightly run: what is due goes, what is held stays, and an unusual share stops it (N54 to N56).

It carries out the plan of `retention_plan`. Each batch is its own transaction and looks again at what it read, under
lock, so the run may be killed and started again at any point, and a hold placed meanwhile is honoured.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from privacy import periods
from privacy.actions.erasure_steps import remove_rows, truncate_wal
from privacy.actions.files import FilesRemain, erase_objects
from privacy.actions.removal import Removal
from privacy.actions.retention_brake import (
    CHANGED,
    FOLLOWED,
    allowed_plans,
    is_unchanged,
    remember_stopped,
    unusual_classes,
)
from privacy.actions.retention_clock import clock_refusal
from privacy.actions.retention_lease import LeaseLost, begin, finish, keep_alive
from privacy.actions.retention_leftover import forget_empty_persons
from privacy.actions.retention_pace import many_keys
from privacy.actions.retention_plan import (
    COUNTED,
    Digest,
    Item,
    batches,
    clocked,
    due_counts,
    due_rows,
    sort_out,
)
from privacy.actions.retention_rules import take_effect
from privacy.actions.statistics import count_statistics
from privacy.actions.trail import note, purging
from privacy.failpoints import failpoint
from privacy.holding import held_rows
from privacy.keysets import KeySet
from privacy.models import RetentionRun, StoredFile
from privacy.planning import files_going, scope_of
from privacy.reach import Declaration, children_first
from privacy.rules.deadlines import oslo_date
from privacy.unheld import Screen

logger = logging.getLogger(__name__)

# Rows one run takes before it lets other work have its turn; what is left goes in the next run of the same night.
MOST = 100_000


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

    def add(self, items: list[Item]) -> int:
        """Count them; returns how many of them go."""
        before = self.deleted + self.blanked
        for action, count in Counter(item.action for item in items).items():
            setattr(self, COUNTED[action], getattr(self, COUNTED[action]) + count)
        self.due += len(items)
        return self.deleted + self.blanked - before


@dataclass
class RetentionResult:
    """``status``: done | failed (some rows stay due) | stopped (the brake) | running (another run holds the lease) |
    clock (the day could not be believed). ``backlog`` is how many rows were left for the next run of the same night."""

    as_of: date
    status: str = "done"
    classes: list[ClassResult] = field(default_factory=list)
    stopped_by: list[str] = field(default_factory=list)
    backlog: int = 0
    digest: str = ""
    says: str = ""

    def as_json(self) -> dict:
        return {
            "as_of": self.as_of.isoformat(),
            "status": self.status,
            "stopped_by": self.stopped_by,
            "backlog": self.backlog,
            "digest": self.digest,
            "says": self.says,
            "classes": [asdict(each) for each in self.classes],
        }


def run_retention(
    *, as_of: datetime, dry_run: bool = False, allow_large: bool = False, most: int | None = None
) -> RetentionResult:
    """Erase what is due on the Oslo day of ``as_of``; with ``dry_run`` count it only.

    A run that would take more than the usual share of a class does nothing and says which class, unless ``allow_large``
    or unless somebody has allowed exactly this plan (`allow_plan`). One run at a time. After ``most`` rows
    (PRIVACY_RETENTION_MOST) it ends and says how many are left.
    """
    day = oslo_date(as_of)
    with periods.read_once():
        if dry_run:
            return _rehearsed(day, allow_large)
        with many_keys():
            return _carried_out(as_of, day, allow_large, most)


def _rehearsed(day: date, allow_large: bool) -> RetentionResult:
    from privacy.actions.retention_plan import rehearse

    walked = rehearse(day, sample=0)
    stopped_by = [] if allow_large else walked.stopped_by
    return RetentionResult(
        as_of=day,
        status="stopped" if stopped_by else "done",
        classes=[ClassResult(**each.as_json()) for each in walked.classes],
        stopped_by=stopped_by,
        digest=walked.digest,
    )


def _carried_out(as_of: datetime, day: date, allow_large: bool, most: int | None) -> RetentionResult:
    run = begin(day)
    if run is None:
        return RetentionResult(as_of=day, status="running")
    try:
        take_effect(min(day, oslo_date(timezone.now())))
        # Numbers are counted before their rows go (N57).
        count_statistics(as_of=as_of)
        for stopped in allowed_plans(day):
            _follow(stopped, run)
        result, due = RetentionResult(as_of=day), due_counts(day)
        result.stopped_by = [] if allow_large else unusual_classes(day, due)
        if result.stopped_by:
            result.status = "stopped"
            run.delete()
            result.digest = remember_stopped(day, result.stopped_by, finish=finish).plan_digest
            return result
        _walk(result, run, due, getattr(settings, "PRIVACY_RETENTION_MOST", MOST) if most is None else most)
        forget_empty_persons(as_of=as_of)
    except LeaseLost:
        return RetentionResult(as_of=day, status="running")
    except Exception:
        # What this run did is committed; the next one need not wait until this one counts as dead.
        RetentionRun.objects.filter(pk=run.pk).update(state="died", finished_at=timezone.now())
        raise
    _close(run, result)
    return result


def _follow(stopped: RetentionRun, run: RetentionRun) -> None:
    """Carry out a plan that was stopped and let go, if it is still the same; its counts are a run of its own."""
    if not is_unchanged(stopped):
        finish(stopped, CHANGED)
        note("retention.plan_changed", record=stopped, by=None)
        return
    own = RetentionRun(as_of=stopped.as_of, allowed_at=stopped.allowed_at, allowed_by=stopped.allowed_by)
    result = RetentionResult(as_of=stopped.as_of)
    _walk(result, run, due_counts(stopped.as_of), None)
    finish(stopped, FOLLOWED)
    _close(own, result)


def _close(run: RetentionRun, result: RetentionResult) -> None:
    result.status = "failed" if any(each.failed for each in result.classes) else "done"
    run.classes = [asdict(each) for each in result.classes if each.due]
    run.rules = [str(rule) for rule in periods.rules_in_force(result.as_of)]
    run.plan_digest, run.backlog = result.digest, result.backlog
    finish(run, result.status)
    note("retention.run", record=run, by=None, reason=result.status)
    truncate_wal()


def _walk(result: RetentionResult, run: RetentionRun, due: dict[Declaration, int], most: int | None) -> None:
    digest, left = Digest(), float("inf") if most is None else most
    for declaration in clocked():
        counts = ClassResult(declaration.name())
        result.classes.append(counts)
        worker = _Class(declaration, result.as_of) if declaration in due else None
        for keys in batches(worker.screen, result.as_of) if worker else ():
            if left <= 0:
                break
            keep_alive(run)
            items = worker.erase(keys)
            digest.add(items)
            left -= counts.add(items)
            failpoint("retention.after_batch")
        # Rows that went with others before their own turn are no backlog: what is counted is what is still there.
        if left <= 0 and worker:
            result.backlog += max(0, due_rows(declaration, result.as_of).count() - _staying(counts))
    result.digest = str(digest)


def _staying(counts: ClassResult) -> int:
    return counts.held + counts.restricted + counts.failed


class _Class:
    """Erases batches of one class; what follows from its declaration is worked out once."""

    def __init__(self, declaration: Declaration, day: date):
        self.declaration, self.day = declaration, day
        self.screen = Screen(declaration)
        self.removal = Removal(self.screen)
        self.has_files = any(each.files for each, _path in self.screen.below)

    def erase(self, keys: list) -> list[Item]:
        """What became of these rows; those that others hold locked, or whose date has moved, are left out."""
        try:
            with transaction.atomic():
                ours = self._lock(KeySet(self.declaration.model._meta.pk, keys))
                items = sort_out(self.screen, ours, self.day)
                going = [item.pk for item in items if item.goes]
                if self.has_files and going:
                    self._with_files(going)
                else:
                    self.removal.remove(ours if len(going) == len(ours.keys) else going)
                return items
        except FilesRemain:
            # The storage kept an object: its row stays, due again tomorrow, and the run says so.
            return [Item(self.declaration.name(), key, "failed") for key in keys]

    def _lock(self, keys: KeySet) -> KeySet:
        rows = due_rows(self.declaration, self.day).filter(pk__in=keys).order_by()
        rows = rows.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
        with connection.cursor() as cursor:
            statement, parameters = rows.query.sql_with_params()
            cursor.execute(f"SELECT COUNT(*) FROM ({statement}) locked", parameters)  # noqa: S608  Django's own
            if cursor.fetchone()[0] == len(keys.keys):
                # All of them are still there, due and ours now: which they are need not be fetched again.
                return keys
        found = set(rows)
        return KeySet(keys.key, [key for key in keys.keys if key in found])

    def _with_files(self, going: list) -> None:
        scope = scope_of(self.declaration, going)
        files = files_going(scope, held_rows(scope, day=self.day))
        # Objects before rows: a kill in between leaves a row without an object, which tomorrow's run takes.
        erase_objects(list(StoredFile.objects.filter(pk__in=files)))
        with purging(*[each.model for each in scope if each.evidence and scope[each]]):
            for each in children_first():
                if scope.get(each):
                    remove_rows(each, scope[each])
        StoredFile.objects.filter(pk__in=files).delete()


def run_daily(*, as_of: datetime, dry_run: bool = False) -> dict:
    """The night as `run_schedule` calls it; with a clock that cannot be believed it erases nothing, and says so."""
    if not dry_run and (refusal := clock_refusal(as_of)):
        return RetentionResult(as_of=oslo_date(as_of), status="clock", says=refusal).as_json()
    return run_retention(as_of=as_of, dry_run=dry_run).as_json()
