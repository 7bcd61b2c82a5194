"""A request from somebody without an account: the mailbox first, then a new person and a case (N61, L4, T31).

Nothing here looks an address up before the code has come back, so a known and an unknown one mean the same work.
"""

import json
import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from privacy import throttle, vault
from privacy.actions import mailbox_codes
from privacy.actions.jobs import enqueue
from privacy.actions.mail import queue_mail
from privacy.actions.mailbox_codes import LIVES, VISITOR, WrongCode, proof_aad
from privacy.actions.requests import open_request
from privacy.actions.subjects import open_account, register_subject
from privacy.models import DataSubject, MailboxProof
from privacy.rules.deadlines import oslo_date

ROLE = "requester"
JOB = "privacy.proof-over"
TEMPLATE = "privacy/mail/proof_code"


def start_proof(*, right: str, email: str, text: str = "", name: str = "", language: str = "nb", visitor: str = ""):
    """Keep what was typed for ten minutes and mail a code to the mailbox typed. Returns the UUID of the proof, always.

    Above the limits nothing is kept or sent and the UUID leads nowhere; the caller cannot tell, and codes that are on
    their way keep working (T05, T16, T17). ``visitor`` is what `throttle.visitor` makes of a request.
    """
    proof = MailboxProof(right=right, language=language, email_index=vault.blind_index("email", email))
    if visitor and not throttle.allows("request", who=visitor, **VISITOR):
        return proof.pk
    with mailbox_codes.one_at_a_time(MailboxProof):
        expire_proofs(as_of=timezone.now())
        if not mailbox_codes.is_flooded(proof):
            _send(proof, email=email, text=text, name=name)
    return proof.pk


def finish_proof(proof_id: uuid.UUID, *, code: str):
    """The code came back: the mailbox is proved, and the case is open. Returns the SubjectRequest; raises WrongCode.

    Works once. Each call is counted before it is checked, so tries made at the same moment cannot pass the limit.
    The case counts from the day the form was sent. It belongs to a new person, or to the one an earlier request by
    this way made for the same mailbox, and never to anybody else (T31).
    """
    with mailbox_codes.one_at_a_time(MailboxProof):
        proof = mailbox_codes.redeem(MailboxProof, proof_id, code=code)
        request = _open_case(proof) if proof is not None else None
    if request is None:
        raise WrongCode
    return request


def empty_proof(ref) -> None:
    """What was typed in this proof goes; the row stays for a day, so that a flood can be counted."""
    MailboxProof.objects.filter(pk=ref).update(content_sealed=b"")


def expire_proofs(*, as_of, dry_run: bool = False) -> dict:
    """What was typed goes after ten minutes, and the row after a day: {"emptied", "deleted"}."""
    return mailbox_codes.expire(MailboxProof, sealed="content_sealed", as_of=as_of, dry_run=dry_run)


def _send(proof: MailboxProof, *, email: str, text: str, name: str) -> None:
    content = json.dumps({"email": email, "text": text, "name": name}).encode()
    proof.content_sealed = vault.seal_for_service("proof", content, aad=proof_aad(proof))
    said = mailbox_codes.new_code(proof) | {"url": settings.BASE_URL + reverse("privacy:request-code")}
    proof.save(force_insert=True)
    enqueue(JOB, ref=proof.pk, run_after=proof.created_at + LIVES)
    queue_mail(to=email, template=TEMPLATE, context=said, language=proof.language)


def _open_case(proof: MailboxProof):
    said = json.loads(vault.open_for_service("proof", bytes(proof.content_sealed), aad=proof_aad(proof)))
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
