"""What holds which rows today: holds with papers, conditions of the row itself, and what hangs on a held row."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from privacy import registry
from privacy.declare import KeepWith
from privacy.models import LegalHold
from privacy.reach import Declaration, Kept, binding_keys, model_at, protecting_keys

Scope = dict[Declaration, set]
Holding = dict[Declaration, dict[object, Kept]]


def active_holds(day: date):
    """Holds that are in force on this day."""
    return LegalHold.objects.filter(Q(until__isnull=True) | Q(until__gte=day), released_at__isnull=True)


def held_rows(scope: Scope, *, day: date) -> Holding:
    """For each class of ``scope`` ({declaration: keys}) the rows that stay on ``day``, and why.

    A held row holds the rows it stands on (its foreign keys would drag or be refused) and the rows that go with it.
    A row that rows outside the scope stand on cannot go either.
    """
    holding: Holding = {declaration: {} for declaration in scope}
    for declaration, keys in scope.items():
        for key, kept in [*_held_directly(declaration, keys, day), *_stood_upon(declaration, keys, scope)]:
            _mark(holding, declaration, key, kept)
    while _spread_up(holding, scope) or _spread_down(holding, scope):
        pass
    return holding


def _held_directly(declaration, keys, day):
    if not keys:
        return
    texts = {str(key): key for key in keys}
    for hold in active_holds(day).filter(model=declaration.model._meta.label, object_pk__in=texts):
        minimal = hold.ground == LegalHold.Ground.STATUTORY
        yield texts[hold.object_pk], Kept(hold.law, hold.reason, hold.until, minimal)
    for rule in declaration.held_by:
        yield from _held_by(rule, declaration, keys, day)


def _held_by(rule, declaration, keys, day):
    rows = declaration.model._base_manager.filter(rule.when, pk__in=keys)
    if rule.until is None:
        for key in rows.values_list("pk", flat=True).distinct():
            yield key, Kept(rule.law, str(rule.reason), None, False)
        return
    for key, until in rows.filter(**{f"{rule.until}__gte": day}).values_list("pk", rule.until).distinct():
        yield key, Kept(rule.law, str(rule.reason), until, False)


def _stood_upon(declaration, keys, scope):
    for child, name in protecting_keys(declaration) if keys else ():
        rows = child.model._base_manager.filter(**{f"{name}__in": keys}).values_list("pk", name)
        for pk, key in rows:
            if pk not in scope.get(child, ()):
                yield key, Kept("GDPR Art 17(1)", _("another record still rests on it"), None, False)


def _mark(holding, declaration, key, kept) -> bool:
    if declaration not in holding or not kept.outlasts(holding[declaration].get(key)):
        return False
    holding[declaration][key] = kept
    return True


def _spread_up(holding, scope) -> bool:
    changed = False
    for declaration in list(holding):
        held = holding[declaration]
        for name, parent in binding_keys(declaration) if held else ():
            if parent not in scope:
                continue
            for key, above in declaration.model._base_manager.filter(pk__in=held).values_list("pk", f"{name}_id"):
                if above in scope[parent]:
                    changed |= _mark(holding, parent, above, held[key])
    return changed


def _spread_down(holding, scope) -> bool:
    changed = False
    for declaration, keys in scope.items():
        if not isinstance(declaration.keep, KeepWith) or not keys:
            continue
        parent = registry.declaration_of(model_at(declaration.model, declaration.keep.path))
        above = holding.get(parent)
        if not above:
            continue
        path = declaration.keep.path
        rows = declaration.model._base_manager.filter(pk__in=keys, **{f"{path}__in": list(above)})
        for key, parent_key in rows.values_list("pk", path):
            changed |= _mark(holding, declaration, key, above[parent_key])
    return changed
