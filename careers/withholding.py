"""What staff may not read of an application because sensitive content was found in it: the one place that says so.

Every page that shows or hands out a file, a letter, an answer or a note asks here, and every preview too (N16, T43).
"""

from collections.abc import Iterable

from django.db.models import Q

from careers.models import Finding

# A removed letter or answer is empty at once; a removed file or note stays closed until the erasure has carried it off.
_CLOSED = Q(state=Finding.State.OPEN) | Q(state=Finding.State.REMOVED, kind__in=(Finding.Kind.FILE, Finding.Kind.NOTE))


def is_withheld(row) -> bool:
    """Whether this file, answer or note of an application is closed to staff; for an application: its letter."""
    return Finding.objects.filter(_CLOSED, target=row.pk).exists()


def withheld_among(rows: Iterable) -> frozenset:
    """The keys of those rows that are closed to staff, in one query."""
    keys = [row.pk for row in rows]
    return frozenset(Finding.objects.filter(_CLOSED, target__in=keys).values_list("target", flat=True))


def readable(rows: Iterable) -> list:
    """The rows that staff may read."""
    rows = list(rows)
    closed = withheld_among(rows)
    return [row for row in rows if row.pk not in closed]
