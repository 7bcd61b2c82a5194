"""Which held rows keep only the part a law needs: a hold keeps the smallest part that needs it (L12, T12)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from privacy.holding import active_holds
from privacy.models import LegalHold


def trimmed_keys(declaration, item, day: date) -> set:
    """Which of these held rows keep their smallest part: an open dispute or delivery needs all it is about."""
    if item.law not in declaration.statutory:
        return set()
    return set(item.keys) - needed_whole(declaration, item.keys, day)


def needed_whole(declaration, keys, day: date) -> set:
    """Of these rows, those that something needs as they are, whatever law keeps a part of them for longer.

    Of two reasons the longer one is told; how much stays is what both of them need.
    """
    texts = {str(key): key for key in keys}
    holds = active_holds(day).filter(model=declaration.name(), object_pk__in=texts)
    others = holds.exclude(ground=LegalHold.Ground.STATUTORY, law__in=declaration.statutory)
    found = {texts[text] for text in others.values_list("object_pk", flat=True)}
    for rule in [each for each in declaration.held_by if not each.clock_only]:
        still = Q() if rule.until is None else Q(**{f"{rule.until}__gte": day})
        rows = declaration.model._base_manager.filter(rule.when, still, pk__in=keys)
        found |= set(rows.values_list("pk", flat=True))
    return found
