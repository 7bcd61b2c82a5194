"""Hearing of new versions of the notice: a code to the mailbox, the code typed here, and a way out in every mail (N65).

The same answer and the same work for a known and an unknown address. Whoever follows is a new person with this mailbox
and nothing else, joined to nobody (T31), and is gone when they leave.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from privacy import throttle, vault
from privacy.actions import mailbox_codes
from privacy.actions.erasure import request_erasure
from privacy.actions.mail import queue_mail
from privacy.actions.mailbox_codes import VISITOR, WrongCode, proof_aad
from privacy.actions.subjects import register_subject
from privacy.actions.trail import note
from privacy.models import FollowerProof, NoticeFollower

ROLE = "follower"
TEMPLATE = "privacy/mail/notice_code"


def start_following(*, email: str, language: str, visitor: str = "") -> uuid.UUID:
    """Mail a code to the mailbox typed; the UUID of the proof, always. Above the limits nothing is kept or sent."""
    proof = FollowerProof(language=language, email_index=vault.blind_index("email", email))
    if visitor and not throttle.allows("follow", who=visitor, **VISITOR):
        return proof.pk
    with mailbox_codes.one_at_a_time(FollowerProof):
        expire_follower_proofs(as_of=timezone.now())
        if not mailbox_codes.is_flooded(proof):
            _send(proof, email)
    return proof.pk


def finish_following(proof_id: uuid.UUID, *, code: str) -> NoticeFollower:
    """The code came back: this mailbox follows the notice. Works once; one that follows already stays one row.

    Raises WrongCode. Each call is counted before the code is looked at.
    """
    with mailbox_codes.one_at_a_time(FollowerProof):
        proof = mailbox_codes.redeem(FollowerProof, proof_id, code=code)
        follower = _follow(proof) if proof is not None else None
    if follower is None:
        raise WrongCode
    return follower


@transaction.atomic
def leave_notice(follower_id: uuid.UUID) -> bool:
    """No more mail about the notice: the row goes now, and a person who was nothing else to us with it.

    False when nobody follows under this key any more, which is told in the same words.
    """
    follower = NoticeFollower.objects.filter(pk=follower_id).select_related("subject").first()
    if follower is None:
        return False
    subject = follower.subject
    note("notice.left", subject=subject, record=follower, by=None)
    follower.delete()
    if subject.roles == [ROLE] and subject.group() == [subject.pk]:
        request_erasure(subject, cause="withdrawal", by=None)
    return True


def expire_follower_proofs(*, as_of, dry_run: bool = False) -> dict:
    """Addresses typed go after ten minutes, the rows after a day: {"emptied", "deleted"}."""
    return mailbox_codes.expire(FollowerProof, sealed="email_sealed", as_of=as_of, dry_run=dry_run)


def _send(proof: FollowerProof, email: str) -> None:
    proof.email_sealed = vault.seal_for_service("proof", email.encode(), aad=proof_aad(proof))
    said = mailbox_codes.new_code(proof)
    url = settings.BASE_URL + reverse("privacy:notice-follow-code", args=[proof.language, proof.pk])
    proof.save(force_insert=True)
    queue_mail(to=email, template=TEMPLATE, context=said | {"url": url}, language=proof.language)


def _follow(proof: FollowerProof) -> NoticeFollower:
    email = vault.open_for_service("proof", bytes(proof.email_sealed), aad=proof_aad(proof)).decode()
    follower = NoticeFollower.objects.filter(email_index=proof.email_index).first()
    if follower is None:
        subject = register_subject(role=ROLE, language=proof.language, email=email, verified=True, by=None)
        follower = NoticeFollower(subject=subject, email=email, email_index=proof.email_index, language=proof.language)
        follower.save(force_insert=True)
        note("notice.followed", subject=subject, record=follower, by=None)
    proof.delete()
    return follower
