"""A request from somebody without an account: the mailbox first, then a new person and a case (N61, L4, T31).

Nothing here looks an address up before the code has come back, so a known and an unknown one mean the same work.
"""

import json
import secrets
import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from privacy import throttle, vault
from privacy.actions.jobs import enqueue
from privacy.actions.mail import queue_mail
from privacy.actions.requests import open_request
from privacy.actions.subjects import open_account, register_subject
from privacy.models import DataSubject, MailboxProof
from privacy.rules.deadlines import oslo_date

ROLE = "requester"
JOB = "privacy.proof-over"
TEMPLATE = "privacy/mail/proof_code"
DIGITS = 6
LIVES = timedelta(minutes=10)
TRIES = 5
KEPT = timedelta(days=1)
# (how many, within): unproved requests for one mailbox, and for all of them, so that no flood fills the table (T16).
PER_MAILBOX = ((3, timedelta(hours=6)), (5, timedelta(days=1)))
IN_ALL = ((300, timedelta(hours=1)),)
PER_VISITOR, VISITOR_SECONDS = 5, 60 * 60


class WrongCode(Exception):
    """The code does not open this request: mistyped, used, too old, or tried too often. Which one is not said."""


def start_proof(*, right: str, email: str, text: str = "", name: str = "", language: str = "nb", visitor: str = ""):
    """Keep what was typed for ten minutes and mail a code to the mailbox typed. Returns the UUID of the proof, always.

    Above the limits nothing is kept or sent and the UUID leads nowhere; the caller cannot tell, and codes that are on
    their way keep working (T05, T16, T17). ``visitor`` is what `throttle.visitor` makes of a request.
    """
    proof = MailboxProof(right=right, language=language, email_index=vault.blind_index("email", email))
    if visitor and not throttle.allows("request", who=visitor, most=PER_VISITOR, seconds=VISITOR_SECONDS):
        return proof.pk
    with _one_at_a_time():
        expire_proofs(as_of=timezone.now())
        if not _is_flooded(proof):
            _send(proof, email=email, text=text, name=name)
    return proof.pk


def finish_proof(proof_id: uuid.UUID, *, code: str):
    """The code came back: the mailbox is proved, and the case is open. Returns the SubjectRequest; raises WrongCode.

    Works once. Each call is counted before it is checked, so tries made at the same moment cannot pass the limit.
    The case counts from the day the form was sent. It belongs to a new person, or to the one an earlier request by
    this way made for the same mailbox, and never to anybody else (T31).
    """
    with _one_at_a_time():
        proof = _redeem(proof_id, code)
        request = _open_case(proof) if proof is not None else None
    if request is None:
        raise WrongCode
    return request


def empty_proof(ref) -> None:
    """What was typed in this proof goes; the row stays for a day, so that a flood can be counted."""
    MailboxProof.objects.filter(pk=ref).update(content_sealed=b"")


def expire_proofs(*, as_of, dry_run: bool = False) -> dict:
    """What was typed goes after ten minutes, and the row after a day: {"emptied", "deleted"}."""
    old = MailboxProof.objects.filter(created_at__lte=as_of - KEPT)
    late = MailboxProof.objects.filter(created_at__lte=as_of - LIVES).exclude(content_sealed=b"")
    if dry_run:
        return {"emptied": late.count(), "deleted": old.count()}
    deleted, _by_model = old.delete()
    return {"emptied": late.update(content_sealed=b""), "deleted": deleted}


@contextmanager
def _one_at_a_time():
    # Count and insert are one step, and two codes of one mailbox never make two persons. SQLite's transactions are
    # one at a time already.
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE privacy_mailboxproof IN SHARE ROW EXCLUSIVE MODE")
        yield


def _is_flooded(proof: MailboxProof) -> bool:
    same = MailboxProof.objects.filter(email_index=proof.email_index)
    counted = [(same, *limit) for limit in PER_MAILBOX] + [(MailboxProof.objects.all(), *limit) for limit in IN_ALL]
    now = timezone.now()
    return any(rows.filter(created_at__gt=now - within).count() >= most for rows, most, within in counted)


def _send(proof: MailboxProof, *, email: str, text: str, name: str) -> None:
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    content = json.dumps({"email": email, "text": text, "name": name}).encode()
    proof.content_sealed = vault.seal_for_service("proof", content, aad=_aad(proof))
    proof.code_hash = _code_hash(proof.pk, code)
    proof.save(force_insert=True)
    enqueue(JOB, ref=proof.pk, run_after=proof.created_at + LIVES)
    queue_mail(
        to=email,
        template=TEMPLATE,
        context={
            "code": f"{code[:3]} {code[3:]}",
            "minutes": int(LIVES.total_seconds() // 60),
            "url": settings.BASE_URL + reverse("privacy:request-code"),
        },
        language=proof.language,
    )


def _redeem(proof_id, code: str) -> MailboxProof | None:
    live = MailboxProof.objects.filter(pk=proof_id, used_at__isnull=True, created_at__gt=timezone.now() - LIVES)
    if not live.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        return None
    proof = live.get()
    typed = "".join(character for character in code if character.isdigit())
    if not constant_time_compare(proof.code_hash, _code_hash(proof.pk, typed)):
        return None
    return proof if live.update(used_at=timezone.now()) else None


def _open_case(proof: MailboxProof):
    said = json.loads(vault.open_for_service("proof", bytes(proof.content_sealed), aad=_aad(proof)))
    subject = _requester(proof, said["email"])
    # An account that has this address stays as it is: its owner is asked «was that you?» on their own page.
    if not get_user_model().objects.filter(email__iexact=vault.normalise(said["email"])).exists():
        open_account(subject, email=said["email"], by=None)
    request = open_request(
        subject,
        right=proof.right,
        channel="web",
        received_on=oslo_date(proof.created_at),
        text=said["text"],
        identity="mailbox",
        language=proof.language,
        contact={"name": said["name"], "email": said["email"]},
        by=None,
    )
    proof.delete()
    return request


def _requester(proof: MailboxProof, email: str) -> DataSubject:
    made_so = DataSubject.objects.filter(
        identifiers__index=proof.email_index,
        identifiers__verified_at__isnull=False,
        requests__channel="web",
        requests__identity="mailbox",
        proved_as__isnull=True,
        state__in=[DataSubject.State.ACTIVE, DataSubject.State.RESTRICTED],
    )
    for subject in made_so.distinct().order_by("created_at"):
        # Whoever has become more than this since, or joined others, is not found by a mailbox alone.
        if subject.roles == [ROLE] and subject.group() == [subject.pk]:
            return subject
    return register_subject(role=ROLE, language=proof.language, email=email, verified=True, by=None)


def _code_hash(proof_id, code: str) -> str:
    # The key outside the database is what keeps a copy of the table from being a way to test guesses.
    return salted_hmac("privacy.mailbox_proof", f"{proof_id}:{code}", algorithm="sha256").hexdigest()


def _aad(proof: MailboxProof) -> bytes:
    return f"privacy_mailboxproof/{proof.pk}".encode()
