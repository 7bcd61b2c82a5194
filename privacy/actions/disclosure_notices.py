"""Article 19: those who received data are told that it was erased, and what came of telling them (L14)."""

from django.db import transaction
from django.utils import timezone

from privacy.actions.request_notices import make_request_notices as make_request_notices
from privacy.actions.trail import actor_id, note
from privacy.models import RecipientNotice, SubjectRequest
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
def settle_notice(notice: RecipientNotice, *, told: bool, by, reason: str = "", answer: str = "") -> None:
    """The recipient has been told, or could not be; the latter needs a reason (ValueError otherwise).

    ``answer`` is what the recipient said to it. The last task of an answered case closes the case.
    """
    if not told and not reason.strip():
        raise ValueError("Say why the recipient could not be told; the task stays open.")
    notice.state = RecipientNotice.State.TOLD if told else RecipientNotice.State.IMPOSSIBLE
    notice.reason, notice.answer = reason.strip(), answer.strip()
    notice.settled_at, notice.settled_by = timezone.now(), actor_id(by)
    notice.save()
    note(f"recipient.{notice.state}", subject=notice.subject_id, record=notice, by=by)
    # Not at the top: cases send mail to persons, and what knows about persons knows about erasures, which end in here.
    from privacy.actions.request_answers import close_if_ready

    for request in _cases_of(notice):
        close_if_ready(request, by=by)


def _cases_of(notice: RecipientNotice) -> list[SubjectRequest]:
    if notice.request_id is not None:
        return [notice.request]
    return list(SubjectRequest.objects.filter(erasure=notice.erasure_id))
