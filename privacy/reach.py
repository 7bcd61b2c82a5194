"""Which rows belong to a person, what hangs on what, and in which order things may go. Read from the declarations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import CASCADE, PROTECT, RESTRICT, Model, QuerySet
from django.db.models import Q as Query
from django.utils import timezone

from privacy import periods, registry
from privacy.declare import KeepFor, KeepWith, MatchedBy, PersonalData
from privacy.fields import SealedField
from privacy.rules.deadlines import oslo_date

Declaration = type[PersonalData]
BINDING = (CASCADE, PROTECT, RESTRICT)


def rows_of(declaration: Declaration, ids) -> QuerySet:
    """All rows of one declared class that belong to these person keys, whatever default managers hide."""
    if isinstance(declaration.subject, MatchedBy):
        return declaration.model._base_manager.filter(declaration.subject.find(ids))
    return declaration.model._base_manager.filter(Query(**{f"{declaration.subject}__in": ids}))


def told_rows(declaration: Declaration, ids) -> QuerySet:
    """Those of `rows_of` the person may be told of today: what a law still forbids us to tell is left out (T24)."""
    rows = rows_of(declaration, ids)
    return rows if declaration.told is None else rows.filter(declaration.told(oslo_date(timezone.now())))


def acted_rows(model, name: str, actor, ids):
    """Rows in which this person acted."""
    return model._base_manager.filter(**{f"{name}__{actor.path}__in": ids})


def model_at(model: type[Model], path: str) -> type[Model]:
    """The model a lookup path of foreign keys leads to."""
    for part in path.split("__"):
        model = model._meta.get_field(part).related_model
    return model


def foreign_keys(model: type[Model]) -> list:
    """The model's own foreign keys and one-to-ones, concrete ones only."""
    return [f for f in model._meta.concrete_fields if f.is_relation and f.related_model is not None]


def binding_keys(declaration: Declaration) -> list[tuple[str, Declaration]]:
    """Foreign keys that would take this row along, stop the parent from going, or name its file: (field, parent)."""
    found = []
    for key in foreign_keys(declaration.model):
        parent = registry.declaration_of(key.related_model)
        if parent is not None and (key.remote_field.on_delete in BINDING or key.name in declaration.files):
            found.append((key.name, parent))
    return found


def protecting_keys(parent: Declaration) -> list[tuple[Declaration, str]]:
    """Foreign keys that refuse to let a row of this class go: (declaration, field name)."""
    return [
        (child, key.name)
        for child in registry.declarations()
        for key in foreign_keys(child.model)
        if key.related_model is parent.model and key.remote_field.on_delete in (PROTECT, RESTRICT)
    ]


def leaning_on(parent: Declaration) -> list[tuple[Declaration, str]]:
    """Declared classes whose rows bind a row of this class, or go with it: (declaration, path to the parent)."""
    everyone = registry.declarations()
    binding = [(child, name) for child in everyone for name, above in binding_keys(child) if above is parent]
    return binding + [pair for pair in children_of(parent) if pair not in binding]


def children_of(parent: Declaration) -> list[tuple[Declaration, str]]:
    """Declared classes whose rows go when a row of this one goes: (declaration, path to the parent)."""
    found = []
    for child in registry.declarations():
        for key in foreign_keys(child.model):
            if key.related_model is parent.model and key.remote_field.on_delete is CASCADE:
                found.append((child, key.name))
        if _goes_with(child, parent) and (child, child.keep.path) not in found:
            found.append((child, child.keep.path))
    return found


def _goes_with(child: Declaration, parent: Declaration) -> bool:
    return isinstance(child.keep, KeepWith) and model_at(child.model, child.keep.path) is parent.model


def children_first() -> list[Declaration]:
    """Every declaration, each before the classes its foreign keys point at; those found by an address before all.

    What is found by a proved address must go while the address is still there: after a kill it could not be found.
    """
    ordered: list[Declaration] = []
    seen: set[Declaration] = set()

    def visit(declaration):
        if declaration in seen:
            return
        seen.add(declaration)
        for key in foreign_keys(declaration.model):
            parent = registry.declaration_of(key.related_model)
            if parent is not None:
                visit(parent)
        ordered.append(declaration)

    for declaration in registry.declarations():
        visit(declaration)
    ordered.reverse()
    # Whatever points at what goes first has to go even before it.
    early = {declaration for declaration in ordered if isinstance(declaration.subject, MatchedBy)}
    for declaration in reversed(ordered):
        if any(registry.declaration_of(key.related_model) in early for key in foreign_keys(declaration.model)):
            early.add(declaration)
    return sorted(ordered, key=lambda declaration: declaration not in early)


def clock_of(declaration: Declaration, day: date | None = None) -> KeepFor | None:
    """The clock a row runs on, with its path from this model: its own, or the one of the row it goes with.

    The length is the one that rules on ``day`` (today): see `periods.keep_of`.
    """
    prefix, current = "", declaration
    while isinstance(current.keep, KeepWith):
        prefix += f"{current.keep.path}__"
        current = registry.declaration_of(model_at(current.model, current.keep.path))
    keep = periods.keep_of(current, day)
    return _from(prefix, keep) if isinstance(keep, KeepFor) else None


def _from(prefix: str, keep: KeepFor) -> KeepFor:
    sooner = keep.sooner and _from(prefix, keep.sooner)
    return replace(keep, since=prefix + keep.since, sooner=sooner)


def sealed_fields(model: type[Model], compartment: str | None = None) -> list:
    """The sealed columns of a model, of one compartment or of all."""
    return [
        f for f in model._meta.concrete_fields if isinstance(f, SealedField) and compartment in (None, f.compartment)
    ]


@dataclass(frozen=True)
class Kept:
    """Why one row stays, under which law, until when (None = as long as the reason lasts)."""

    law: str
    reason: str
    until: date | None
    minimal: bool

    def outlasts(self, other: Kept | None) -> bool:
        return other is None or (self.until or date.max) > (other.until or date.max)
