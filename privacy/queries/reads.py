"""Which parts of the staff have looked at somebody's records (L47)."""

from __future__ import annotations

from privacy.models import StaffRead

NEWEST = 100


def reads_of(subject) -> list[StaffRead]:
    """The newest looks at this person's records, newest day first, at most a hundred; the copy has them all.

    Each has ``on``, ``model`` and ``role``. Whoever shows them leaves ``actor`` out: it names a colleague.
    """
    rows = StaffRead.objects.filter(subject__in=subject.group()).order_by("-on", "-first_at")
    return list(rows.defer("actor")[:NEWEST])
