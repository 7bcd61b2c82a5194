"""What holds which rows today: holds with papers, restrictions, conditions of the row itself, what hangs on a held row.

The order of precedence: a hold the law demands, a claim hold, a restriction the person wants kept (Art 18(1)(b), (c)),
their erasure request, the period of a rule. What comes first only keeps more, so the longest reason is the one said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from privacy import registry
from privacy.declare import KeepWith
from privacy.models import DataSubject, LegalHold, Restriction
from privacy.reach import Declaration, Kept, binding_keys, model_at, protecting_keys, rows_of
from privacy.stopping import KEEPING

Scope = dict[Declaration, set]
Holding = dict[Declaration, dict[object, Kept]]
LAWS = {
    Restriction.Ground.ACCURACY: "GDPR Art 18(1)(a)",
    Restriction.Ground.UNLAWFUL: "GDPR Art 18(1)(b)",
    Restriction.Ground.CLAIM: "GDPR Art 18(1)(c)",
    Restriction.Ground.OBJECTION: "GDPR Art 18(1)(d)",
}


def active_holds(day: date):
    """Holds that are in force on this day."""
    return LegalHold.objects.filter(Q(until__isnull=True) | Q(until__gte=day), released_at__isnull=True)


def held_rows(scope: Scope, *, day: date, grounds=KEEPING, leaving=None) -> Holding:
    """For each class of ``scope`` ({declaration: keys}) the rows that stay on ``day``, and why.

    ``grounds`` are the restrictions that count: for an erasure those by which the person wants the rows kept, for the
    clock of a rule all of them.

    A held row holds the rows it stands on (its foreign keys would drag or be refused) and the rows that go with it.
    A row that rows outside the scope stand on cannot go either, unless those will have gone before it:
    ``leaving(declaration, keys)`` names them, for a plan that is only looked at.
    """
    holding: Holding = {declaration: {} for declaration in scope}
    paused = pauses(grounds)
    for declaration, keys in scope.items():
        for key, kept in [
            *_held_directly(declaration, keys, day, is_clock=set(grounds) > set(KEEPING)),
            *_restricted(declaration, keys, paused),
            *_stood_upon(declaration, keys, scope, leaving),
        ]:
            _mark(holding, declaration, key, kept)
    while _spread_up(holding, scope) or _spread_down(holding, scope):
        pass
    return holding


def _held_directly(declaration, keys, day, *, is_clock):
    if not keys:
        return
    texts = {str(key): key for key in keys}
    for hold in active_holds(day).filter(model=declaration.model._meta.label, object_pk__in=texts):
        minimal = hold.ground == LegalHold.Ground.STATUTORY
        yield texts[hold.object_pk], Kept(hold.law, hold.reason, hold.until, minimal)
    for rule in declaration.held_by:
        if is_clock or not rule.clock_only:
            yield from _held_by(rule, declaration, keys, day)


@dataclass
class Pause:
    """What is restricted on one ground now: keys of records by class, and the keys of persons paused as a whole."""

    ground: str
    records: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    people: set = field(default_factory=set)

    @property
    def kept(self) -> Kept:
        return Kept(LAWS[self.ground], str(Restriction.Ground(self.ground).label), None, False)


def pauses(grounds) -> list[Pause]:
    """The open restrictions on these grounds, gathered in two queries."""
    found: dict[str, Pause] = {}
    rows = Restriction.objects.filter(lifted_at__isnull=True, ground__in=grounds).order_by("opened_at", "pk")
    for row in rows.annotate(head=Coalesce("subject__proved_as", "subject")):
        pause = found.setdefault(row.ground, Pause(row.ground))
        if row.model:
            pause.records[row.model].add(row.object_pk)
        else:
            pause.people.add(row.head)
    whole = [pause for pause in found.values() if pause.people]
    heads = {head for pause in whole for head in pause.people}
    joined = DataSubject.objects.filter(proved_as__in=heads).values_list("pk", "proved_as") if heads else ()
    for pk, head in joined:
        for pause in whole:
            pause.people |= {pk} if head in pause.people else set()
    return list(found.values())


def _restricted(declaration, keys, paused):
    if not keys or declaration.evidence:
        return
    texts = {str(key): key for key in keys}
    for pause in paused:
        for key in pause.records.get(declaration.name(), set()) & texts.keys():
            yield texts[key], pause.kept
        if pause.people:
            mine = rows_of(declaration, pause.people).filter(pk__in=keys)
            for key in mine.values_list("pk", flat=True):
                yield key, pause.kept


def _held_by(rule, declaration, keys, day):
    rows = declaration.model._base_manager.filter(rule.when, pk__in=keys)
    if rule.until is None:
        for key in rows.values_list("pk", flat=True).distinct():
            yield key, Kept(rule.law, str(rule.reason), None, False)
        return
    for key, until in rows.filter(**{f"{rule.until}__gte": day}).values_list("pk", rule.until).distinct():
        yield key, Kept(rule.law, str(rule.reason), until, False)


def _stood_upon(declaration, keys, scope, leaving):
    for child, name in protecting_keys(declaration) if keys else ():
        rows = child.model._base_manager.filter(**{f"{name}__in": keys}).values_list("pk", name)
        standing = [(pk, key) for pk, key in rows if pk not in scope.get(child, ())]
        gone = leaving(child, {pk for pk, _key in standing}) if leaving and standing else ()
        for pk, key in standing:
            if pk not in gone:
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
