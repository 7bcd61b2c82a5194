"""What the clock left to the law alone is cut to the part the law needs (T14)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from privacy import registry
from privacy.actions.erasure_steps import blank_values
from privacy.actions.retention_plan import BATCH, due_rows
from privacy.actions.trail import note
from privacy.declare import BLANK, KeepFor
from privacy.planning import kept_now
from privacy.rules.deadlines import oslo_date
from privacy.trimming import needed_whole


def trim_kept(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Take out of rows whose own time is up, and which a law alone keeps, what that law does not need.

    An erasure does this when it runs; this does it for those the clock left to the law (T14). Returns {class: rows}.
    """
    day, counts = oslo_date(as_of), {}
    for declaration in registry.declarations():
        values = blank_values(declaration, everything=False)
        if (
            declaration.statutory
            and isinstance(declaration.keep, KeepFor)
            and declaration.on_erase is not BLANK
            and values
        ):
            done = sum(_trim(declaration, keys, values, day, dry_run) for keys in _batches(declaration, values, day))
            if done:
                counts[declaration.name()] = done
    return counts


def _batches(declaration, values: dict, day: date):
    full = Q()
    for name, empty in values.items():
        full |= ~Q(**({f"{name}__isnull": True} if empty is None else {name: empty}))
    last = None
    while True:
        rows = due_rows(declaration, day).filter(full)
        keys = list(
            (rows if last is None else rows.filter(pk__gt=last)).order_by("pk").values_list("pk", flat=True)[:BATCH]
        )
        if not keys:
            return
        yield keys
        last = keys[-1]


@transaction.atomic
def _trim(declaration, keys, values: dict, day: date, dry_run: bool) -> int:
    rows = declaration.model._base_manager.filter(pk__in=keys)
    locked = set(rows.select_for_update().values_list("pk", flat=True))
    kept = kept_now(declaration, locked, day=day)
    by_law = {key for key, why in kept.items() if why.law in declaration.statutory}
    going = by_law - needed_whole(declaration, by_law, day)
    if going and not dry_run:
        rows.filter(pk__in=going).update(**values)
        note("hold.trimmed", by=None, reason=declaration.model._meta.label_lower)
    return len(going)
