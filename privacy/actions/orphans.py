"""Objects that no row names any more: found every night and erased, unless so many that something is wrong."""

from __future__ import annotations

import logging

from privacy.actions.files import delete_orphans, reconcile_files
from privacy.models import OfficeDocument, StoredFile

logger = logging.getLogger("privacy.files")
# More than this many, and more than this share of what is known, looks like a storage of another database.
USUAL = {"objects": 100, "share": 0.25}


def sweep_orphans(*, as_of, dry_run: bool = False) -> dict:
    """Erase what a kill between object and row left behind (I1): {"orphans", "erased", "missing", "stopped"}.

    ``missing`` counts rows whose object is not there. An unusual number of orphans is left alone and said: a database
    that was restored, or a storage that belongs to another one, must not be emptied by a nightly job.
    """
    found = reconcile_files(now=as_of)
    orphans = found["objects_without_row"]
    known = StoredFile.objects.count() + OfficeDocument.objects.count()
    stopped = len(orphans) > USUAL["objects"] and len(orphans) > known * USUAL["share"]
    if stopped:
        logger.error("Objects without a row: %d. Nothing was erased; look at privacy_reconcile_files.", len(orphans))
    erased = 0 if stopped or dry_run else delete_orphans(orphans, by=None)
    return {
        "orphans": len(orphans),
        "erased": erased,
        "missing": len(found["rows_without_object"]),
        "stopped": stopped,
    }
