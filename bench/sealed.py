"""Sealed columns against plain ones (bar: at most 3 times a plain read; nothing at all when nobody looks)."""

from datetime import date

from bench import people
from bench.figure import Figure, median_time
from crm.models import Contact
from privacy import vault


def measure(scale: int):
    people.make(scale, dealt_with_on=date(2026, 6, 1), sealed=True)
    plain = median_time(lambda: [row.full_name for row in Contact.objects.all()])
    unread = median_time(lambda: [row.full_name for row in Contact.objects.defer(None)])
    yield Figure("listing people without opening a sealed column", "the same list", unread, plain, 1.3)
    yield Figure("listing people with the sealed phone opened", "the list without it", median_time(_opened), plain, 3)
    Contact.objects.all().delete()


def _opened():
    rows = list(Contact.objects.all())
    vault.unlock(rows)
    return [row.phone for row in rows]
