"""After a restore of the main database: everything the ledger knows is brought about again (L39, T34)."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction

from privacy.actions.erasure import replay_erasures
from privacy.actions.mail import fail_mail
from privacy.actions.replay_stops import replay_stops
from privacy.actions.trail import note, seal_trail
from privacy.actions.trail_loss import record_restore
from privacy.actions.trail_purge import finish_purges
from privacy.actions.trail_redaction import finish_redactions
from privacy.failpoints import failpoint
from privacy.models import OutgoingMail

WAITING = (OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING)


def replay_everything(*, backup_made_at) -> dict:
    """Bring a restored main database up to what the ledger says. May be run again after a kill at any point.

    Returns {"replayed", "already", "stops", "mails", "lost_seals"}. Sessions of then end, and mails that waited then
    are not sent: they may have been sent since.
    """
    loss = record_restore(backup_made_at=backup_made_at)
    with transaction.atomic():
        Session.objects.all().delete()
        waiting = OutgoingMail.objects.filter(state__in=WAITING, queued_at__lte=backup_made_at)
        mails = list(waiting.values_list("pk", flat=True))
        for key in mails:
            fail_mail(key)
        note("backup.restored", by=None, reason=backup_made_at.date().isoformat())
    failpoint("restore.swept")
    stops = replay_stops()
    failpoint("restore.stopped")
    counts = replay_erasures()
    finish_redactions()
    finish_purges()
    seal_trail()
    lost = loss.lost_to - loss.after_seal if loss else 0
    return {**counts, "stops": stops, "mails": len(mails), "lost_seals": lost}
