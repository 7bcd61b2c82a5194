"""Hand-overs a partner did not take: they wait in sight until they are sent or called off (F28)."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from privacy.actions.trail import actor_id, note
from privacy.models import PendingHandOver


@transaction.atomic
def keep_waiting(*, subject, recipient, activity: str, about, by) -> PendingHandOver:
    """Note that this waits, with one more attempt. One row while it waits, however often it is tried."""
    row, _new = PendingHandOver.objects.get_or_create(
        **_what(subject, recipient, about), state=PendingHandOver.State.PENDING, defaults={"activity": activity}
    )
    mine = PendingHandOver.objects.filter(pk=row.pk)
    mine.update(attempts=F("attempts") + 1, last_tried_at=timezone.now(), tried_by=actor_id(by))
    note("hand_over.waits", subject=subject, record=row, by=by, reason=recipient.code)
    row.refresh_from_db()
    return row


def settle_waiting(subject, *, recipient, about) -> None:
    """What waited has been sent; called in the transaction that logs it."""
    waiting = PendingHandOver.objects.filter(**_what(subject, recipient, about), state=PendingHandOver.State.PENDING)
    waiting.update(state=PendingHandOver.State.SENT, last_tried_at=timezone.now())


@transaction.atomic
def drop_waiting(row: PendingHandOver, *, by) -> PendingHandOver:
    """Call a hand-over off: nothing was sent and nobody is to try again. One that is settled stays as it is."""
    row = PendingHandOver.objects.select_for_update().get(pk=row.pk)
    if row.state == PendingHandOver.State.PENDING:
        row.state = PendingHandOver.State.DROPPED
        row.save(update_fields=["state"])
        note("hand_over.dropped", subject=row.subject_id, record=row, by=by)
    return row


def _what(subject, recipient, about) -> dict:
    return {
        "subject": subject,
        "recipient": recipient,
        "about_model": about._meta.label if about is not None else "",
        "about_pk": str(about.pk) if about is not None else "",
    }
