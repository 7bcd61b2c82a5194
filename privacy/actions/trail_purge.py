"""The trail's own period: whole seals older than it go, and a signed stub stays so that the rest still verifies (T28).

The stub is written into the ledger first. A kill between stub and deletion is finished by the next night.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from privacy import checkpoints, periods, registry
from privacy.actions.trail import note, purging
from privacy.actions.trail_redaction import finish_redactions
from privacy.actions.trail_rows import purge_message
from privacy.failpoints import failpoint
from privacy.models import StopLedger, TrailCheckpoint, TrailEntry, TrailPurge, TrailSeal, Verification
from privacy.rules.deadlines import OSLO, oslo_date
from privacy.rules.retention import latest_due_start
from privacy.signing import sign_row

# Seals of one stub together hold about this many entries, so that no transaction is long.
ENTRIES = 50_000
# Twice the life of a backup: nothing older can come back with a restore.
STOPS_KEPT = timedelta(days=70)
CHECKS_KEPT = timedelta(days=366)


def purge_trail(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Take away every seal whose entries are all past the trail's period. Returns {"seals", "entries"}."""
    day, counts = oslo_date(as_of), {"seals": 0, "entries": 0}
    if not dry_run:
        finish_purges()
    after = 0
    while seals := _due(day, after):
        after = seals[-1].number
        counts["seals"] += len(seals)
        counts["entries"] += sum(seal.count for seal in seals)
        if not dry_run:
            _purge(_stub_of(seals))
    return counts


def _due(day, after: int) -> list[TrailSeal]:
    """The oldest seals that are wholly past the period: sealed before the first day that is kept. The newest stays."""
    keep = periods.keep_of(registry.declaration_of(TrailEntry))
    last = latest_due_start(day, months=keep.months, days=keep.days, anchor=keep.anchor)
    midnight = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=OSLO)
    newest = TrailSeal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    found, entries = [], 0
    for seal in TrailSeal.objects.filter(number__gt=after, number__lt=newest).order_by("number").defer("marks", "pks"):
        if seal.sealed_at >= midnight or entries >= ENTRIES:
            break
        found.append(seal)
        entries += seal.count
    return found


def _stub_of(seals: list[TrailSeal]) -> TrailPurge:
    stub = TrailPurge(
        first_seal=seals[0].number,
        last_seal=seals[-1].number,
        first_entry=seals[0].first_entry,
        last_entry=seals[-1].last_entry,
        count=sum(seal.count for seal in seals),
        seal_digest=seals[-1].digest,
        newest_at=seals[-1].sealed_at,
        at=timezone.now(),
    )
    sign_row(stub, purge_message(stub))
    stub.save(force_insert=True)
    failpoint("trail.after_stub")
    return stub


def _purge(stub: TrailPurge) -> None:
    with purging(TrailEntry):
        TrailEntry.objects.filter(pk__lte=stub.last_entry).delete()
        TrailSeal.objects.filter(number__lte=stub.last_seal).delete()
        note("trail.purged", by=None, reason=f"seals-{stub.first_seal}-{stub.last_seal}")
    failpoint("trail.after_purge")
    TrailCheckpoint.objects.filter(number__lte=stub.last_seal).delete()


def finish_purges() -> int:
    """Carry out what a signed stub says was purged and a kill, or a restore, has left here; returns how many stubs."""
    stub = TrailPurge.objects.order_by("-last_seal").first()
    if stub is None or not TrailSeal.objects.filter(number__lte=stub.last_seal).exists():
        return 0
    _purge(stub)
    return 1


def keep_house(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Nightly: the trail's purge, old lines of checkpoints, stops that no backup can bring back, old checks."""
    counts = purge_trail(as_of=as_of, dry_run=dry_run)
    old_stops = StopLedger.objects.filter(at__lt=as_of - STOPS_KEPT)
    old_checks = Verification.objects.filter(asked_at__lt=as_of - CHECKS_KEPT)
    counts |= {"stops": old_stops.count(), "checks": old_checks.count()}
    if not dry_run:
        finish_redactions()
        checkpoints.thin(now=as_of)
        old_stops.delete()
        old_checks.delete()
    return counts
