"""From declarations to a plan: which rows go, which stay and why. The dry run and the run read the same plan."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import periods, registry
from privacy.declare import BLANK, Actor, KeepWith
from privacy.holding import Holding, Scope, held_rows
from privacy.models import Disclosure, Recipient
from privacy.presence import acting, present
from privacy.reach import (
    Declaration,
    Kept,
    acted_rows,
    children_first,
    children_of,
    clock_of,
    leaning_on,
    model_at,
    told_rows,
)
from privacy.rules.erasure import GONE, ErasurePlan, PlanItem

EVIDENCE_LAW = "GDPR Art 5(2), 17(3)(e)"


def whole_scope(ids) -> Scope:
    """Every declared row of one person: one query for all classes, and one for each that holds anything."""
    there = present(registry.declarations(), ids)
    return {
        declaration: set(told_rows(declaration, ids).values_list("pk", flat=True)) if declaration in there else set()
        for declaration in registry.declarations()
    }


def scope_of(declaration: Declaration, keys) -> Scope:
    """These rows and everything that goes with them, class by class."""
    scope: Scope = defaultdict(set)
    waiting = [(declaration, set(keys))]
    while waiting:
        current, new = waiting.pop()
        new = new - scope[current]
        scope[current] |= new
        for child, path in children_of(current) if new else ():
            found = child.model._base_manager.filter(**{f"{path}__in": new}).values_list("pk", flat=True)
            waiting.append((child, set(found)))
    return dict(scope)


def kept_now(declaration: Declaration, keys, *, day: date) -> dict[object, Kept]:
    """Why these rows of one class stay on ``day``, seen together with all they go with and all that leans on them."""
    held = held_rows(_surroundings(declaration, keys), day=day)[declaration]
    return {key: held[key] for key in keys if key in held}


def _surroundings(declaration, keys) -> Scope:
    scope: Scope = {declaration: set()}
    waiting = [(declaration, set(keys))]
    while waiting:
        current, new = waiting.pop()
        new = new - scope.setdefault(current, set()) - {None}
        scope[current] |= new
        for child, path in leaning_on(current) if new else ():
            found = child.model._base_manager.filter(**{f"{path}__in": new}).values_list("pk", flat=True)
            waiting.append((child, set(found)))
        if isinstance(current.keep, KeepWith) and new:
            above = current.model._base_manager.filter(pk__in=new).values_list(current.keep.path, flat=True)
            waiting.append((registry.declaration_of(model_at(current.model, current.keep.path)), set(above)))
    return scope


def plan_for(subject, *, scope: Scope, ids, day: date, whole: bool) -> ErasurePlan:
    """The plan for these rows of this person on this day."""
    holding = held_rows(_without_evidence(scope), day=day)
    items: list[PlanItem] = []
    for declaration in children_first():
        keys = scope.get(declaration, set())
        if declaration.evidence:
            items += _evidence_items(declaration, keys, day) if whole else []
        elif not declaration.own_step:
            items += _items(declaration, keys, holding.get(declaration, {}))
    if whole:
        items += _actor_items(ids)
    return ErasurePlan(
        subject=subject.pk,
        day=day,
        items=tuple(items),
        files=tuple(files_going(scope, holding)),
        recipients=tuple(recipients_to_tell(items, ids, whole)),
    )


def _without_evidence(scope: Scope) -> Scope:
    return {declaration: keys for declaration, keys in scope.items() if not declaration.evidence}


def _items(declaration, keys, kept: dict[object, Kept]) -> list[PlanItem]:
    model, title = declaration.name(), str(declaration.title)
    items = []
    free = tuple(sorted((key for key in keys if key not in kept), key=str))
    if free:
        items.append(PlanItem(model, title, len(free), declaration.on_erase.value, keys=free))
    groups: dict[Kept, list] = defaultdict(list)
    for key, why in kept.items():
        groups[why].append(key)
    for why, held in sorted(groups.items(), key=lambda pair: (pair[0].until or date.max, pair[0].law)):
        held = tuple(sorted(held, key=str))
        items.append(PlanItem(model, title, len(held), "restrict", why.reason, why.law, why.until, held))
    return items


def _evidence_items(declaration, keys, erased_on: date) -> list[PlanItem]:
    if not keys:
        return []
    return [
        PlanItem(
            declaration.name(),
            str(declaration.title),
            len(keys),
            "keep",
            reason=str(declaration.evidence),
            law=EVIDENCE_LAW,
            until=last_day(declaration, keys, erased_on=erased_on),
        )
    ]


def last_day(declaration, keys, *, erased_on: date | None = None) -> date | None:
    """The last day the clock keeps any of these rows; None while one of them has none.

    With ``erased_on`` the clocks that begin with the erasure of the person begin on that day.
    """
    clock = clock_of(declaration)
    if clock is None:
        return None
    if clock.sooner is not None:
        return _last_of_two(declaration.model, clock, keys)
    # A clock that has not started has no last day; databases differ in where they sort NULL.
    newest = declaration.model._base_manager.filter(pk__in=keys).order_by(F(clock.since).desc(nulls_first=True))
    start = newest.values_list(clock.since, flat=True).first()
    if start is None and clock.from_erasure:
        start = erased_on
    return periods.last_day(clock, _as_day(start)) if start else None


def _last_of_two(model, clock, keys) -> date | None:
    starts = model._base_manager.filter(pk__in=keys).values_list(*(each.since for each in clock.clocks))
    ends = [
        min(
            (periods.last_day(each, _as_day(start)) for each, start in zip(clock.clocks, row, strict=True) if start),
            default=None,
        )
        for row in starts
    ]
    return None if not ends or None in ends else max(ends)


def _as_day(value) -> date:
    from privacy.rules.deadlines import oslo_date

    return oslo_date(value) if hasattr(value, "hour") else value


def actor_columns():
    """Every declared column that names who acted: (model, column, path to the person, what to do)."""
    for declaration in registry.declarations():
        for name, actor in declaration.fields_of(Actor).items():
            yield declaration.model, name, actor
    for excuse in registry.excuses():
        for name, actor in excuse.actors.items():
            yield excuse.model, name, actor


def _actor_items(ids) -> list[PlanItem]:
    items = []
    blanked = (each for each in actor_columns() if each[2].on_erase is BLANK)
    for model, name, actor in acting(blanked, ids):
        count = acted_rows(model, name, actor, ids).count()
        title, why = str(model._meta.verbose_name_plural), _("the name of who did it is taken out")
        items.append(PlanItem(model._meta.label, title, count, "blank", reason=why))
    return items


def files_going(scope: Scope, holding: Holding) -> set:
    """Keys of the stored files whose owning row goes; with no owner, those of the person are their own rows."""
    from privacy.models import StoredFile

    own = registry.declaration_of(StoredFile)
    kept_files, going = set(), set(scope.get(own, set()))
    for declaration, keys in scope.items():
        for name in declaration.files:
            column = f"{name}_id"
            pairs = declaration.model._base_manager.filter(pk__in=keys).values_list("pk", column)
            for key, file in pairs:
                (kept_files if key in holding.get(declaration, {}) else going).add(file)
    return {key for key in going - kept_files - set(holding.get(own, {})) if key is not None}


def recipients_to_tell(items, ids, whole: bool) -> list[str]:
    """Names of those who actually received what goes (L9, L14)."""
    recipients = Recipient.objects.filter(pk__in=sent_about(items, ids, whole).values("recipient"))
    return list(recipients.order_by("name").values_list("name", flat=True))


def sent_about(items, ids, whole: bool):
    """The hand-overs to tell of: all of a person's, or those about the rows that go; none the law forbids to tell."""
    told = Disclosure.told_on(_as_day(timezone.now()))
    sent = Disclosure.objects.filter(told, subject__in=ids, direction=Disclosure.Direction.SENT)
    if whole:
        return sent
    return sent.filter(about_pk__in={str(key) for item in items if item.action in GONE for key in item.keys})
