"""Everything held about one person, class by class in bounded memory: what a copy is written from (L8, L15).

A person with few rows is read once, in one snapshot; a class with more rows than that is read in pages each time it is
gone through. Between two pages no statement is left open, so that a worker may say meanwhile how far it has come.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.contrib.auth import get_user_model
from django.db import connections, models, router, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import override

from privacy import registry, vault
from privacy.holding import Holding, active_holds, held_rows
from privacy.models import ConsentEvent, ConsentState, DataSubject, Disclosure, SubjectRequest
from privacy.planning import actor_columns
from privacy.presence import present
from privacy.queries import held
from privacy.queries.held import HeldRecord
from privacy.queries.subjects import consents_of
from privacy.reach import (
    Declaration,
    binding_keys,
    clock_of,
    model_at,
    protecting_keys,
    rows_of,
    sealed_fields,
    told_rows,
)
from privacy.rules.deadlines import oslo_date

# Rows of a person that stay in memory while the copy is written, and rows of a page of what does not.
MOST_KEPT = 300
PAGE = 200
# What a value that is no value of its column raises when it is read.
UNREADABLE = (ValueError, TypeError, ArithmeticError)

Pair = tuple[models.Model, HeldRecord]


@dataclass
class HeldClass:
    """One declared class with rows of this person. ``rows`` are all of them, or None when there are too many."""

    declaration: Declaration
    title: str
    rule: str
    rows: list[models.Model] | None
    # Keys of rows that could not be read; complete once the class has been gone through.
    damaged: list[str] = field(default_factory=list)

    @property
    def activity(self):
        return self.declaration.activity

    @property
    def label(self) -> str:
        return self.declaration.model._meta.label_lower


class HeldStream:
    """What one person's copy is made of, to be gone through class by class; see the module."""

    def __init__(self, subject, *, day: date, language: str):
        self.subject: DataSubject = subject.person
        self.day, self.language = day, language
        self.ids = list(subject.group())
        # What was read is asked for again by each document of a copy.
        self._records: dict[type[models.Model], list[Pair]] = {}
        with override(language), _snapshot():
            self._present = present(registry.declarations(), self.ids)
            self.classes = self._read()
            self.holding = self._held()
            self.consents: list[ConsentState] = consents_of(subject) if self._has(ConsentState) else []

    @cached_property
    def acted(self) -> list[tuple[str, int]]:
        """[(what, how many)]: rows about others in which this person acted."""
        users = get_user_model()
        by_account = all(model._meta.get_field(name).related_model is users for model, name, _actor in actor_columns())
        if by_account and not users._base_manager.filter(subject__in=self.ids).exists():
            # Who has no account has acted nowhere: some forty tables need not be asked.
            return []
        with override(self.language):
            return held._acted(self.ids)

    def _read(self) -> list[HeldClass]:
        room, found = MOST_KEPT, []
        for declaration in registry.declarations():
            if declaration not in self._present or not held._is_shown(declaration):
                continue
            rows = self._first(declaration, room)
            if rows is None or rows:
                title, rule = str(declaration.title), held.rule_text(declaration, clock_of(declaration))
                found.append(HeldClass(declaration, title, rule, rows))
                room -= len(rows or ())
        # The keys of all of them in one query: it is one person.
        vault.unlock([row for each in found if sealed_fields(each.declaration.model) for row in each.rows or ()])
        return sorted(found, key=lambda each: (each.activity.code, each.title, each.label))

    def _first(self, declaration, room: int) -> list | None:
        """All rows of a class; None when there are more than ``room`` or one of them cannot be read."""
        try:
            rows = list(_queryset(declaration, self.ids)[: room + 1])
        except UNREADABLE:
            return None
        return None if len(rows) > room else rows

    def _held(self) -> Holding:
        scope = {declaration: self._keys(declaration) for declaration in _holdable(self.ids, self.day)}
        return held_rows(scope, day=self.day)

    def _keys(self, declaration) -> set:
        found = self.of(declaration.model)
        if found is not None and found.rows is not None:
            return {row.pk for row in found.rows}
        if declaration not in self._present:
            return set()
        return set(rows_of(declaration, self.ids).values_list("pk", flat=True).iterator(PAGE))

    def _has(self, model: type[models.Model]) -> bool:
        """Whether there are rows of a declared model, shown or not; of what is not declared nobody knows."""
        declaration = registry.declaration_of(model)
        return declaration is None or declaration in self._present

    def of(self, model: type[models.Model]) -> HeldClass | None:
        """The class of this model, or None when nothing of it is held."""
        return next((each for each in self.classes if each.declaration.model is model), None)

    def chunks(self, model: type[models.Model], **among) -> Iterator[list[Pair]]:
        """(row, record) pairs of a model in the declared order, some at a time.

        The record carries what may be shown, with what is withheld masked; the row is for its keys alone.
        ``among`` narrows by foreign keys: ``order=keys`` leaves rows whose order is among these keys.
        """
        found = self.of(model)
        if found is None:
            return
        if found.rows is None:
            clock = clock_of(found.declaration)
            for rows in self._pages(found, among):
                yield self._pairs(found, rows, clock)
            return
        if model not in self._records:
            self._records[model] = self._pairs(found, found.rows, clock_of(found.declaration))
        pairs = self._records[model]
        for start in range(0, len(pairs), PAGE):
            yield [pair for pair in pairs[start : start + PAGE] if _is_among(pair[0], among)]

    def _pairs(self, found: HeldClass, rows: list, clock) -> list[Pair]:
        holding = self.holding.get(found.declaration, {})
        with override(self.language):
            return [(row, held._record(found.declaration, row, clock, found.rule, holding.get(row.pk))) for row in rows]

    def rows(self, model: type[models.Model], **among) -> Iterator[Pair]:
        """What ``chunks`` gives, one pair after the other."""
        for chunk in self.chunks(model, **among):
            yield from chunk

    def _pages(self, found: HeldClass, among: dict) -> Iterator[list]:
        queryset = _queryset(found.declaration, self.ids)
        wanted = queryset.filter(**{f"{name}__in": keys for name, keys in among.items()})
        keys = Keys(found.declaration.model, wanted)
        for start in range(0, len(keys), PAGE):
            rows, damaged = _rows_of_keys(queryset, keys[start : start + PAGE])
            found.damaged += [key for key in damaged if key not in found.damaged]
            yield vault.unlock(rows) if sealed_fields(found.declaration.model) else rows

    def disclosures(self) -> Iterator[Disclosure]:
        """Every hand-over of this person's data, newest first, recipient included (L9)."""
        if not self._has(Disclosure):
            return iter(())
        told = Disclosure.told_on(oslo_date(timezone.now()))
        rows = Disclosure.objects.filter(told, subject__in=self.ids).select_related("recipient").order_by("-at", "pk")
        return paged(rows)

    def consent_events(self) -> Iterator[ConsentEvent]:
        """Everything that happened to a consent of this person, oldest first, with the wording."""
        if not self._has(ConsentEvent):
            return iter(())
        return paged(ConsentEvent.objects.filter(subject__in=self.ids).select_related("text").order_by("at", "pk"))

    def requests(self) -> Iterator[SubjectRequest]:
        """The person's cases, oldest first, with events and messages."""
        if not self._has(SubjectRequest):
            return iter(())
        rows = SubjectRequest.objects.filter(subject__in=self.ids).order_by("registered_at", "pk")
        return paged(rows.prefetch_related("events", "messages"))


class Keys:
    """Primary keys of a query in its order, sixteen bytes for each where they are random keys."""

    def __init__(self, model, queryset):
        self._packed = isinstance(model._meta.pk, models.UUIDField)
        self._keys: bytearray | list = bytearray() if self._packed else []
        for key in queryset.values_list("pk", flat=True).iterator(PAGE):
            self._keys += key.bytes if self._packed else [key]

    def __len__(self) -> int:
        return len(self._keys) // 16 if self._packed else len(self._keys)

    def __getitem__(self, part: slice) -> list:
        if not self._packed:
            return self._keys[part]
        page = bytes(self._keys[part.start * 16 : part.stop * 16])
        return [uuid.UUID(bytes=page[at : at + 16]) for at in range(0, len(page), 16)]


def paged(queryset) -> Iterator:
    """The rows of a query one after the other, read page by page with nothing left open between two pages."""
    keys = Keys(queryset.model, queryset)
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        found = {row.pk: row for row in queryset.filter(pk__in=page)}
        yield from (found[key] for key in page if key in found)


def _rows_of_keys(queryset, keys: list) -> tuple[list, list[str]]:
    """The rows in the order of their keys, and the keys of those that cannot be read. Who has gone is left out."""
    try:
        found = {row.pk: row for row in queryset.filter(pk__in=keys)}
        return [found[key] for key in keys if key in found], []
    except UNREADABLE:
        return _one_by_one(queryset, keys)


def _one_by_one(queryset, keys: list) -> tuple[list, list[str]]:
    rows, damaged = [], []
    for key in keys:
        try:
            rows += queryset.filter(pk=key)
        except UNREADABLE:
            damaged.append(str(key))
    return rows, damaged


def _queryset(declaration, ids):
    rows = told_rows(declaration, ids)
    related = [path for path in held._related_paths(declaration) if path]
    if related:
        rows = rows.select_related(*related)
    # The key decides between rows of one moment: two copies of the same data have the same order.
    return rows.order_by(declaration.order, "pk")


def _is_among(row, among: dict) -> bool:
    return all(getattr(row, f"{name}_id") in keys for name, keys in among.items())


def _holdable(ids, day: date) -> list[Declaration]:
    """Classes whose rows may be held, and those that must be known to tell: the keys of all others stay unread."""
    named = frozenset(active_holds(day).filter(subject__in=ids).values_list("model", flat=True))
    return list(_around(named, tuple(registry.declarations())))


@lru_cache(maxsize=64)
def _around(named: frozenset[str], declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    everyone = [declaration for declaration in declarations if not declaration.evidence]
    found = [each for each in everyone if each.held_by or each.name() in named or protecting_keys(each)]
    for each in found:
        around = [above for _name, above in binding_keys(each)] + [c for c in everyone if _goes_with(c, each)]
        around += [child for child, _name in protecting_keys(each)]
        found += [other for other in around if other in everyone and other not in found]
    return tuple(found)


def _goes_with(child, parent) -> bool:
    path = getattr(child.keep, "path", "")
    return bool(path) and model_at(child.model, path) is parent.model


@contextmanager
def _snapshot():
    """What is read inside is of one moment, where the database can do that without making anybody wait."""
    connection = connections[router.db_for_read(DataSubject)]
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
