"""What goes on a day and why: one plan that the rehearsal shows, the preview counts and the run carries out (N54)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from privacy import periods
from privacy.actions.retention_pace import portions
from privacy.declare import BLANK, KeepFor, KeepWith
from privacy.holding import held_rows
from privacy.keysets import KeySet
from privacy.models import Restriction
from privacy.planning import scope_of
from privacy.reach import Declaration, children_first, clock_of, model_at
from privacy.unheld import Screen

BATCH = 1000
# Rows that nothing goes along with are quickly gone, so more of them fit into a short transaction.
BATCH_ALONE = 5000
# Keys looked up at a time: few enough for memory, many enough that finding them costs little.
WINDOW = 50_000


class Item(NamedTuple):
    """One due row and what becomes of it: delete, blank, held, restricted, or failed when the storage kept its file."""

    model: str
    pk: object
    action: str
    reason: str = ""
    law: str = ""
    until: date | None = None

    @property
    def goes(self) -> bool:
        return self.action in ("delete", "blank")


class Digest:
    """A fingerprint of a plan, taken up part by part. Words do not count, so it is the same in every language."""

    def __init__(self):
        self._running = hashlib.sha256()

    def add(self, items: Iterable[Item]) -> None:
        lines = [f"{model}|{pk}|{action}|{law}|{until or ''}\n" for model, pk, action, _why, law, until in items]
        self._running.update("".join(lines).encode())

    def __str__(self):
        return self._running.hexdigest()


@dataclass
class PlannedClass:
    """The due rows of one class, streamed in the order in which they go."""

    declaration: Declaration
    model: str
    title: str
    rule: str
    items: Iterator[Item]


@dataclass(frozen=True)
class RetentionPlan:
    """What is due on a day. Nothing is read before somebody walks it, and memory is that of one window of keys."""

    day: date

    def classes(self) -> Iterator[PlannedClass]:
        with periods.read_once():
            for declaration in clocked():
                yield self.of(declaration)

    def of(self, declaration: Declaration) -> PlannedClass:
        keep = periods.keep_of(declaration, self.day)
        return PlannedClass(
            declaration=declaration,
            model=declaration.name(),
            title=str(declaration.title),
            rule=getattr(keep, "rule", ""),
            items=self._items(declaration),
        )

    def _items(self, declaration) -> Iterator[Item]:
        screen = Screen(declaration)
        for keys in batches(screen, self.day):
            yield from sort_out(screen, keys, self.day, leaving=self._leaving)

    def _leaving(self, child: Declaration, keys) -> set:
        """Of these rows, those that will have gone when the class they stand on has its turn: with their own clock or
        with the row they go with."""
        path, root = _root(child)
        if not isinstance(root.keep, KeepFor):
            return set()
        pairs = dict(child.model._base_manager.filter(pk__in=keys).values_list("pk", path or "pk"))
        due = due_rows(root, self.day).filter(pk__in=KeySet(root.model._meta.pk, set(pairs.values()) - {None}))
        due = list(due.values_list("pk", flat=True))
        going = {item.pk for item in sort_out(Screen(root), due, self.day, leaving=self._leaving) if item.goes}
        return {key for key, above in pairs.items() if above in going}


def retention_plan(day: date) -> RetentionPlan:
    """The plan of a day, today or to come. Periods, holds and conditions are those that are known now for that day."""
    return RetentionPlan(day)


@dataclass
class ClassCount:
    """One class of a rehearsal: counts, the rule's name, and its first items."""

    model: str
    title: str
    rule: str
    due: int = 0
    deleted: int = 0
    blanked: int = 0
    held: int = 0
    restricted: int = 0
    failed: int = 0
    sample: list[Item] = field(default_factory=list)

    def add(self, item: Item) -> None:
        self.due += 1
        name = COUNTED[item.action]
        setattr(self, name, getattr(self, name) + 1)

    @property
    def going(self) -> int:
        return self.deleted + self.blanked

    def as_json(self) -> dict:
        names = ("model", "due", "deleted", "blanked", "held", "restricted", "failed")
        return {name: getattr(self, name) for name in names}


COUNTED = {"delete": "deleted", "blank": "blanked", "held": "held", "restricted": "restricted", "failed": "failed"}


@dataclass
class Rehearsal:
    """A plan that was walked: what the run of that day does, if nothing changes until then."""

    day: date
    classes: list[ClassCount]
    digest: str
    stopped_by: list[str]
    rules: list[str]

    @property
    def due(self) -> int:
        return sum(each.due for each in self.classes)


def rehearse(day: date, *, sample: int = 20) -> Rehearsal:
    """Walk the plan of a day and change nothing: counts of every class that runs on a clock, due or not."""
    from privacy.actions.retention_brake import is_unusual

    digest, classes, stopped_by = Digest(), [], []
    with periods.read_once():
        for part in retention_plan(day).classes():
            counts = ClassCount(part.model, part.title, part.rule)
            for item in part.items:
                counts.add(item)
                digest.add([item])
                if len(counts.sample) < sample:
                    counts.sample.append(item)
            classes.append(counts)
            if is_unusual(part.declaration, counts.going):
                stopped_by.append(part.model)
        rules = [str(rule) for rule in periods.rules_in_force(day)]
    return Rehearsal(day, classes, str(digest), stopped_by, rules)


def clocked() -> list[Declaration]:
    """The classes that run on a clock of their own, in the order in which their rows may go."""
    return [each for each in children_first() if isinstance(each.keep, KeepFor) and not each.own_step]


def due_rows(declaration: Declaration, day: date):
    """The rows of a class whose last day was before ``day``; one indexed comparison, no arithmetic per row."""
    model, keep = declaration.model, periods.keep_of(declaration, day)
    rows = model._base_manager.filter(periods.due_on(model, keep, day))
    if declaration.on_erase is BLANK:
        # A row that was blanked is nobody's, and stays.
        rows = rows.filter(**{f"{declaration.subject.split('__')[0]}__isnull": False})
    return rows


def due_counts(day: date) -> dict[Declaration, int]:
    """How many rows of each class are due, held ones among them; classes of which none is are left out."""
    counts = {declaration: due_rows(declaration, day).count() for declaration in clocked()}
    return {declaration: count for declaration, count in counts.items() if count}


def batches(screen: Screen, day: date) -> Iterator[list]:
    """Keys of due rows in their order, a batch at a time; what a batch deletes is not asked about again."""
    size = BATCH_ALONE if len(screen.below) == 1 and BATCH_ALONE > BATCH else BATCH
    # A storage that keeps an object keeps its whole batch, so such batches stay small.
    has_files = any(each.files for each, _path in screen.below)
    last = None
    while True:
        rows = due_rows(screen.declaration, day)
        # SQLite would walk the whole table in the order of its key; an expression it has to compute keeps it from that.
        rows = rows.alias(key=Coalesce("pk", "pk"))
        rows = rows if last is None else rows.filter(key__gt=last)
        if any(LOOKUP_SEP in each.since for each in periods.keep_of(screen.declaration, day).clocks):
            rows = rows.distinct()
        window = list(rows.order_by("key").values_list("pk", flat=True)[:WINDOW])
        yield from portions(window, size, most=WINDOW, is_steady=has_files)
        if len(window) < WINDOW:
            return
        last = window[-1]


def sort_out(screen: Screen, keys: list | KeySet, day: date, *, leaving=None) -> list[Item]:
    """What becomes of these due rows of one class, in their order. ``leaving`` as in `held_rows`."""
    declaration = screen.declaration
    doubtful = screen.suspects(keys, day=day)
    restricted = screen.restricted(doubtful) if doubtful else set()
    held = {}
    if doubtful - restricted:
        # What goes with a row may be restricted while the row itself is not: then the row stays as well.
        scope = scope_of(declaration, doubtful - restricted)
        held = held_rows(scope, day=day, grounds=Restriction.Ground.values, leaving=leaving)[declaration]
    model, going = declaration.name(), "blank" if declaration.on_erase is BLANK else "delete"
    why = _because(declaration, day)
    keys = keys.keys if isinstance(keys, KeySet) else keys
    if not doubtful:
        return [Item(model, key, going, why) for key in keys]
    items = []
    for key in keys:
        if key in restricted:
            items.append(Item(model, key, "restricted", _("its use is restricted"), "GDPR Art 18"))
        elif key in held:
            kept = held[key]
            items.append(Item(model, key, "held", kept.reason, kept.law, kept.until))
        else:
            items.append(Item(model, key, going, why))
    return items


def _because(declaration, day: date) -> str:
    from privacy.queries.held import rule_text

    return rule_text(declaration, clock_of(declaration, day))


def _root(declaration: Declaration) -> tuple[str, Declaration]:
    from privacy import registry

    path, current = "", declaration
    while isinstance(current.keep, KeepWith):
        path = f"{path}__{current.keep.path}" if path else current.keep.path
        current = registry.declaration_of(model_at(current.model, current.keep.path))
    return path, current
