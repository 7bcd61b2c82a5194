"""What the background worker does in one round."""

from django.utils import timezone

from cn_portal.backup import door
from privacy import actions

BATCH = 50


def one_round():
    """Jobs that are waiting, at most one batch, and the sealing of new trail rows. Returns how many jobs were done.

    While the site is being restored nothing is begun."""
    if door.is_shut():
        return 0
    done = actions.run_jobs(limit=BATCH, now=timezone.now())
    actions.seal_trail()
    return done


def drain():
    """Rounds until no job is ready; returns how many were done. Jobs that wait for a later moment are left."""
    total = 0
    while done := one_round():
        total += done
    return total
