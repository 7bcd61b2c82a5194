"""What stops the use of a row, as clauses of a query: its person's state, a restriction, an objection (L13, L16).

A row is restricted when it is named itself and when it hangs on one that is: what was said with a contact cannot be
shown without the contact. Each clause is a subquery that does not depend on the row, so it runs once for a whole list.
"""

from __future__ import annotations

from django.db.models import CASCADE, BigIntegerField, F, Model, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Coalesce, Replace

from privacy import registry
from privacy.declare import Basis, KeepWith, MatchedBy
from privacy.models import DataSubject, Objection, Restriction
from privacy.reach import Declaration, foreign_keys, model_at

STOPPED = (DataSubject.State.RESTRICTED, DataSubject.State.ERASING, DataSubject.State.ERASED)
STANDING = (Objection.State.OPEN, Objection.State.UPHELD)
# The person wants these rows kept: an erasure leaves them until the restriction is lifted (Art 18(1)(b) and (c)).
KEEPING = (Restriction.Ground.UNLAWFUL, Restriction.Ground.CLAIM)


def stopped(declaration: Declaration) -> Q:
    """The rows of a class that nobody may use, whatever the reason. A row without a person is stopped by no person."""
    people = stopped_persons(_open_to_objection(declaration))
    if isinstance(declaration.subject, MatchedBy):
        theirs = declaration.subject.find(people)
    else:
        theirs = Q(**{f"{declaration.subject}__in": people})
    return theirs | restricted_records(declaration)


def stopped_persons(activities=()) -> QuerySet:
    """Keys of everybody restricted, being erased or erased, or with a standing objection to one of these activities.

    One walk over the persons, whatever it is used for. An objection counts for every key of its person.
    """
    people = Q(state__in=STOPPED)
    if activities:
        standing = Objection.objects.filter(activity__in=activities, state__in=STANDING)
        heads = standing.annotate(head=Coalesce("subject__proved_as", "subject")).values("head")
        people |= Q(pk__in=heads) | Q(proved_as__in=heads)
    return DataSubject.objects.filter(people).values("pk")


def restricted_records(declaration: Declaration) -> Q:
    """Rows under an open restriction of their own, and rows that hang on such a row."""
    clause = Q()
    for path, owner in rests_on(declaration):
        clause |= Q(**{f"{path}__in": restricted_keys(owner.model)})
    return clause


def restricted_keys(model: type[Model]):
    """Keys of the restricted rows of one model, as a subquery of the model's own kind of key."""
    rows = Restriction.objects.filter(model=model._meta.label, lifted_at__isnull=True)
    return rows.annotate(key=_as_key(model)).values("key")


def _as_key(model):
    key = model._meta.pk
    while key.is_relation:
        key = key.target_field
    if isinstance(key, UUIDField):
        # SQLite stores a UUID as 32 digits without dashes, PostgreSQL reads it either way.
        return Cast(Replace("object_pk", Value("-"), Value("")), UUIDField())
    if key.get_internal_type().endswith("AutoField") or "Integer" in key.get_internal_type():
        return Cast("object_pk", BigIntegerField())
    return F("object_pk")


def rests_on(declaration: Declaration) -> list[tuple[str, Declaration]]:
    """The row itself and the declared rows it cannot be shown without: (path to the key, class), nearest first."""
    found: list[tuple[str, Declaration]] = []
    waiting = [("pk", declaration, "")]
    while waiting:
        path, current, prefix = waiting.pop(0)
        if current in {owner for _path, owner in found}:
            continue
        found.append((path, current))
        waiting += [(f"{prefix}{name}", parent, f"{prefix}{name}__") for name, parent in _parents(current)]
    return found


def _parents(declaration: Declaration) -> list[tuple[str, Declaration]]:
    names = [key.name for key in foreign_keys(declaration.model) if key.remote_field.on_delete is CASCADE]
    if isinstance(declaration.keep, KeepWith) and declaration.keep.path not in names:
        names.append(declaration.keep.path)
    models = [(name, model_at(declaration.model, name)) for name in names]
    # The person's own row is asked for by its state.
    return [
        (name, registry.declaration_of(model))
        for name, model in models
        if model is not DataSubject and registry.declaration_of(model) is not None
    ]


def _open_to_objection(declaration) -> list[str]:
    activities = {owner.activity for _path, owner in rests_on(declaration)}
    return sorted(each.code for each in activities if each.basis is Basis.LEGITIMATE_INTEREST)
