"""Points at which this process can be made to die, so that tests show that what it leaves is carried on from (F01).

`settings.FAILPOINT` names one and how it ends: "erase.after_keys:kill" ends the process as SIGKILL does, without
a word or clean-up; "erase.after_keys:raise" raises `Failed`. Production refuses to start with it set.
"""

from __future__ import annotations

import os
import signal

from django.conf import settings

# Every name there is. A test compares the list with the calls in the code and asks for a kill at each.
NAMES = (
    "job.taken",
    "job.before_done",
    "erase.ordered",
    "erase.before_ledger",
    "erase.after_ledger",
    "erase.before_freeze",
    "erase.before_stores",
    "erase.after_freeze",
    "erase.before_objects",
    "file.before_object",
    "file.after_object",
    "erase.after_objects",
    "erase.before_keys",
    "erase.after_keys",
    "erase.before_rows",
    "erase.after_actors",
    "erase.after_batch",
    "erase.before_file_rows",
    "erase.after_rows",
    "erase.before_leftovers",
    "erase.after_leftovers",
    "erase.before_told",
    "erase.after_told",
    "erase.before_end",
    "erase.after_ledger_end",
    "erase.after_end",
    "file.object_stored",
    "file.before_rows",
    "mail.before_send",
    "mail.after_send",
    "copy.building",
    "copy.stored",
    "copy.ready",
    "retention.after_batch",
    "breach.after_batch",
    "trail.after_stub",
    "trail.after_purge",
    "redact.after_ledger",
    "backup.database",
    "backup.files",
    "backup.filled",
    "backup.named",
    "restore.shut",
    "restore.staged",
    "restore.files",
    "restore.swapped",
    "restore.swept",
    "restore.stopped",
    "restore.replayed",
    "rotate.after_batch",
)


class Failed(Exception):
    """A failpoint was reached that raises."""


def failpoint(name: str) -> None:
    """Nothing, unless `settings.FAILPOINT` names this point; then the process is killed or `Failed` is raised."""
    wanted, _colon, how = settings.FAILPOINT.partition(":")
    if wanted != name:
        return
    if how == "raise":
        raise Failed(name)
    os.kill(os.getpid(), signal.SIGKILL)
