"""Writing the trail against a plain insert of the same row, and verifying it against a bare scan."""

import uuid

from django.db import transaction

from bench.figure import Figure, median_time
from privacy.actions import note, seal_trail, verify
from privacy.models import TrailEntry

ROWS = 2000


def measure(scale: int):
    subjects = [uuid.uuid4() for _ in range(ROWS)]
    plain = median_time(lambda: _plain(subjects))
    noted = median_time(lambda: _noted(subjects))
    yield Figure(f"noting {ROWS} acts", "saving the same rows without a digest", noted, plain, 1.35)
    seal_trail()
    scan = median_time(lambda: [entry.pk for entry in TrailEntry.objects.order_by("pk").iterator()])
    yield Figure("verifying the whole trail", "reading it", median_time(verify), scan, 3)


@transaction.atomic
def _plain(subjects):
    for subject in subjects:
        entry = TrailEntry(action="bench", subject=subject, model="bench.Row", object_pk=str(subject), digest="0" * 64)
        entry.save(force_insert=True)
    transaction.set_rollback(True)


@transaction.atomic
def _noted(subjects):
    for subject in subjects:
        note("bench", subject=subject, by=None)
