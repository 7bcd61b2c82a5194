"""Papers of gates go with their cases: what no row names any more is destroyed the same night (N51, N53)."""

from __future__ import annotations

from datetime import datetime, timedelta

from privacy.actions.documents import destroy_document
from privacy.actions.files import FilesRemain
from privacy.models import OfficeDocument

KINDS = (OfficeDocument.Kind.ORDER, OfficeDocument.Kind.STATEMENT)
# A paper is filed a moment before the row that names it: what is younger may be on its way.
YOUNG = timedelta(hours=1)


def destroy_loose_papers(*, as_of: datetime, dry_run: bool = False) -> dict:
    """Destroy orders, packages and statements whose case or outsider has gone, object, key and row.

    Runs after the retention, whose clock takes the rows. Returns {"due", "destroyed", "failed"}; what the storage kept
    is due again tomorrow.
    """
    loose = OfficeDocument.objects.filter(kind__in=KINDS, filed_at__lt=as_of - YOUNG)
    for relation in OfficeDocument._meta.related_objects:
        loose = loose.filter(**{f"{relation.name}__isnull": True})
    found = list(loose.order_by("filed_at", "pk"))
    counts = {"due": len(found), "destroyed": 0, "failed": 0}
    for paper in [] if dry_run else found:
        try:
            destroy_document(paper, by=None)
            counts["destroyed"] += 1
        except FilesRemain:
            counts["failed"] += 1
    return counts
