"""Article 19: those who received data are told that it was erased (L14)."""

from django.db import transaction
from django.utils import timezone

from privacy.actions.trail import actor_id, note
from privacy.models import RecipientNotice
from privacy.planning import sent_about


def make_notices(erasure, plan) -> int:
    """One task per actual recipient of what goes, with our references; returns how many are new."""
    sent = sent_about(plan.items, erasure.subject.group(), erasure.whole)
    references: dict = {}
    for disclosure in sent.select_related("recipient").order_by("at"):
        references.setdefault(disclosure.recipient, []).append(str(disclosure.pk))
    made = 0
    for recipient, keys in references.items():
        _notice, new = RecipientNotice.objects.get_or_create(
            erasure=erasure, recipient=recipient, defaults={"subject": erasure.subject, "references": keys}
        )
        made += new
    return made


@transaction.atomic
def settle_notice(notice: RecipientNotice, *, told: bool, by, reason: str = "") -> None:
    """The recipient has been told, or could not be; the latter needs a reason (ValueError otherwise)."""
    if not told and not reason.strip():
        raise ValueError("Say why the recipient could not be told; the task stays open.")
    notice.state = RecipientNotice.State.TOLD if told else RecipientNotice.State.IMPOSSIBLE
    notice.reason, notice.settled_at, notice.settled_by = reason, timezone.now(), actor_id(by)
    notice.save()
    note(f"recipient.{notice.state}", subject=notice.subject_id, record=notice, by=by)
