"""Which rows belong to a person, what hangs on what, and in which order things may go. Read from the declarations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import CASCADE, PROTECT, RESTRICT, Model, QuerySet
from django.db.models import Q as Query

from privacy import registry
from privacy.declare import KeepFor, KeepWith, MatchedBy, PersonalData
from privacy.fields import SealedField

Declaration = type[PersonalData]
BINDING = (CASCADE, PROTECT, RESTRICT)


def rows_of(declaration: Declaration, ids) -> QuerySet:
    """All rows of one declared class that belong to these person keys, whatever default managers hide."""
    if isinstance(declaration.subject, MatchedBy):
        return declaration.model._base_manager.filter(declaration.subject.find(ids))
    return declaration.model._base_manager.filter(Query(**{f"{declaration.subject}__in": ids}))


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
    return sorted(ordered, key=lambda declaration: not isinstance(declaration.subject, MatchedBy))


def clock_of(declaration: Declaration) -> KeepFor | None:
    """The clock a row runs on, with its path from this model: its own, or the one of the row it goes with."""
    keep, prefix, model = declaration.keep, "", declaration.model
    while isinstance(keep, KeepWith):
        prefix += f"{keep.path}__"
        model = model_at(model, keep.path)
        keep = registry.declaration_of(model).keep
    if not isinstance(keep, KeepFor):
        return None
    return KeepFor(
        since=prefix + keep.since, source=keep.source, months=keep.months, days=keep.days, anchor=keep.anchor
    )


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
