"""Hearing of new versions of the notice: a code to the mailbox, the code typed here, and a way out in every mail (N65).

The same answer and the same work for a known and an unknown address. Whoever follows is a new person with this mailbox
and nothing else, joined to nobody (T31), and is gone when they leave.
"""

from __future__ import annotations

import secrets
import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from privacy import throttle, vault
from privacy.actions.erasure import request_erasure
from privacy.actions.mail import queue_mail
from privacy.actions.mailbox_proofs import WrongCode
from privacy.actions.subjects import register_subject
from privacy.actions.trail import note
from privacy.models import FollowerProof, NoticeFollower

ROLE = "follower"
TEMPLATE = "privacy/mail/notice_code"
DIGITS = 6
LIVES, KEPT = timedelta(minutes=10), timedelta(days=1)
TRIES = 5
PER_MAILBOX = ((3, timedelta(hours=6)), (5, timedelta(days=1)))
IN_ALL = ((300, timedelta(hours=1)),)
PER_VISITOR, VISITOR_SECONDS = 5, 60 * 60


def start_following(*, email: str, language: str, visitor: str = "") -> uuid.UUID:
    """Mail a code to the mailbox typed; the UUID of the proof, always. Above the limits nothing is kept or sent."""
    proof = FollowerProof(language=language, email_index=vault.blind_index("email", email))
    if visitor and not throttle.allows("follow", who=visitor, most=PER_VISITOR, seconds=VISITOR_SECONDS):
        return proof.pk
    with _one_at_a_time():
        expire_follower_proofs(as_of=timezone.now())
        if not _is_flooded(proof):
            _send(proof, email)
    return proof.pk


def finish_following(proof_id: uuid.UUID, *, code: str) -> NoticeFollower:
    """The code came back: this mailbox follows the notice. Works once; one that follows already stays one row.

    Raises WrongCode. Each call is counted before the code is looked at.
    """
    with _one_at_a_time():
        proof = _redeem(proof_id, code)
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
    old = FollowerProof.objects.filter(created_at__lte=as_of - KEPT)
    late = FollowerProof.objects.filter(created_at__lte=as_of - LIVES).exclude(email_sealed=b"")
    if dry_run:
        return {"emptied": late.count(), "deleted": old.count()}
    deleted, _by_model = old.delete()
    return {"emptied": late.update(email_sealed=b""), "deleted": deleted}


@contextmanager
def _one_at_a_time():
    # Count and insert are one step, and two codes of one mailbox never make two followers. SQLite's transactions are
    # one at a time already.
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE privacy_followerproof IN SHARE ROW EXCLUSIVE MODE")
        yield


def _is_flooded(proof: FollowerProof) -> bool:
    same = FollowerProof.objects.filter(email_index=proof.email_index)
    counted = [(same, *limit) for limit in PER_MAILBOX] + [(FollowerProof.objects.all(), *limit) for limit in IN_ALL]
    now = timezone.now()
    return any(rows.filter(created_at__gt=now - within).count() >= most for rows, most, within in counted)


def _send(proof: FollowerProof, email: str) -> None:
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    proof.email_sealed = vault.seal_for_service("proof", email.encode(), aad=_aad(proof))
    proof.code_hash = _code_hash(proof.pk, code)
    proof.save(force_insert=True)
    queue_mail(
        to=email,
        template=TEMPLATE,
        context={
            "code": f"{code[:3]} {code[3:]}",
            "minutes": int(LIVES.total_seconds() // 60),
            "url": settings.BASE_URL + reverse("privacy:notice-follow-code", args=[proof.language, proof.pk]),
        },
        language=proof.language,
    )


def _redeem(proof_id, code: str) -> FollowerProof | None:
    live = FollowerProof.objects.filter(pk=proof_id, used_at__isnull=True, created_at__gt=timezone.now() - LIVES)
    if not live.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        return None
    proof = live.get()
    typed = "".join(character for character in code if character.isdigit())
    if not constant_time_compare(proof.code_hash, _code_hash(proof.pk, typed)):
        return None
    return proof if live.update(used_at=timezone.now()) else None


def _follow(proof: FollowerProof) -> NoticeFollower:
    email = vault.open_for_service("proof", bytes(proof.email_sealed), aad=_aad(proof)).decode()
    follower = NoticeFollower.objects.filter(email_index=proof.email_index).first()
    if follower is None:
        subject = register_subject(role=ROLE, language=proof.language, email=email, verified=True, by=None)
        follower = NoticeFollower(subject=subject, email=email, email_index=proof.email_index, language=proof.language)
        follower.save(force_insert=True)
        note("notice.followed", subject=subject, record=follower, by=None)
    proof.delete()
    return follower


def _code_hash(proof_id, code: str) -> str:
    # The key outside the database is what keeps a copy of the table from being a way to test guesses.
    return salted_hmac("privacy.follower_proof", f"{proof_id}:{code}", algorithm="sha256").hexdigest()


def _aad(proof: FollowerProof) -> bytes:
    return f"privacy_followerproof/{proof.pk}".encode()
