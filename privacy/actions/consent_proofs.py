"""From when the proof of a consent is counted: from the day the consent ended, whatever ended it (L43).

Events are never changed, so the day stands in a row beside each. While a consent stands, its proof has no clock.
"""

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery

from privacy.models import ConsentEnd, ConsentEvent, DataSubject, Erasure
from privacy.rules import consent as rules
from privacy.rules.deadlines import oslo_date

BATCH = 1000


def note_consent_ends(*, as_of, dry_run: bool = False) -> dict:
    """Write down the end of every consent that has ended, for each of its events. Returns {"ended": events}.

    What ends one is its own end (taken back, run out, a no) or the erasure of the person. Daily, before the retention.
    """
    open_ones = ConsentEvent.objects.filter(end__isnull=True)
    if dry_run:
        return {"ended": _ended(open_ones).count() + _of_the_erased(open_ones).count()}
    return {"ended": _note_ended(open_ones) + _note_erased(open_ones)}


def _ended(events):
    """Events with an end in their own record at the same moment or later, and when that was."""
    same = {name: OuterRef(name) for name in ("subject", "purpose", "about")}
    ends = ConsentEvent.objects.filter(**same, kind__in=rules.BEGINS_ANEW, at__gte=OuterRef("at"))
    first = Subquery(ends.order_by("at").values("at")[:1])
    return events.annotate(ended_at=first).filter(ended_at__isnull=False)


def _note_ended(events) -> int:
    return _write((row, oslo_date(row.ended_at)) for row in _ended(events).order_by("at", "pk"))


def _of_the_erased(events):
    gone = Q(subject__state=DataSubject.State.ERASED) | Q(subject__proved_as__state=DataSubject.State.ERASED)
    return events.filter(gone).exclude(pk__in=_ended(events).values("pk"))


def _note_erased(events) -> int:
    rows = list(_of_the_erased(events).select_related("subject__proved_as").order_by("at", "pk"))
    heads = {row.subject.person.pk for row in rows}
    ordered = Erasure.objects.filter(subject__in=heads, whole=True).values("subject").annotate(at=Max("created_at"))
    days = {row["subject"]: oslo_date(row["at"]) for row in ordered}
    # A person whose erasure was replayed after a restore may have none of its own here: then the last event counts.
    return _write((row, days.get(row.subject.person.pk) or oslo_date(row.at)) for row in rows)


def _write(found) -> int:
    rows = [ConsentEnd(event=event, ended_on=day) for event, day in found]
    with transaction.atomic():
        # Of two runs at once the second finds the rows there.
        ConsentEnd.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)
