"""Mail: queued with the act that causes it, delivered by the worker, emptied when it has gone (F16, T05, T17)."""

import json
import re
import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from privacy import vault
from privacy.actions.jobs import enqueue
from privacy.failpoints import failpoint
from privacy.models import OutgoingMail
from privacy.queries.subjects import may_use
from privacy.rules.deadlines import oslo_date

JOB = "privacy.mail"
# What a template cannot name: a variable never begins with an underscore.
CALENDAR = "_calendar"


@transaction.atomic
def queue_mail(
    *,
    to: str,
    template: str,
    context: dict,
    language: str,
    subject=None,
    only_if_account=False,
    purpose: str = "",
    run_after=None,
    calendar: str = "",
) -> OutgoingMail:
    """Put one mail in line. ``context`` is plain JSON; ``template`` names NAME.subject.txt and NAME.txt.

    ``calendar`` is the text of an iCalendar object with its METHOD: it goes beside the plain words as a part of its
    own, and lies sealed with them until then.

    The same work for a known and an unknown address: ``only_if_account`` is looked up at delivery (T05). A mail that
    rests on a consent names its ``purpose``, and whether the consent stands is asked again at delivery (N38, T37).
    """
    if purpose and subject is None:
        raise ValueError("A mail that rests on a consent names the person whose consent it is.")
    mail = write_mail(
        to=to,
        template=template,
        context={**context, **({CALENDAR: calendar} if calendar else {})},
        language=language,
        subject=subject,
        only_if_account=only_if_account,
        purpose=purpose,
    )
    enqueue(JOB, ref=mail.pk, run_after=run_after)
    return mail


def write_mail(
    *, to, template, context, language, subject=None, only_if_account=False, purpose="", final=False, key=None
) -> OutgoingMail:
    """Write a mail without putting it in line; a ``final`` one answers to no address index and survives a cancel."""
    mail = OutgoingMail(
        pk=key or uuid.uuid4(),
        subject=subject,
        template=template,
        language=language,
        to_index="" if final else vault.blind_index("email", to),
        only_if_account=only_if_account,
        purpose=purpose,
        final=final,
    )
    mail.to_sealed = vault.seal_for_service("mail", to.encode(), aad=_aad(mail, "to"))
    mail.context_sealed = vault.seal_for_service("mail", json.dumps(context).encode(), aad=_aad(mail, "context"))
    mail.save(force_insert=True)
    return mail


def deliver_mail(mail: OutgoingMail) -> None:
    """Send one queued mail, or drop it when its account does not exist. Errors of the server are raised for a retry.

    No mail is sent twice (I3). A worker that died while it was handing a mail over may have sent it or not: such a mail
    is not sent again but settled as one that could not be sent, in sight of the office.
    """
    if mail.state == OutgoingMail.State.SENDING:
        fail_mail(mail.pk)
        return
    if mail.state != OutgoingMail.State.QUEUED:
        return
    to, context = open_mail(mail)
    if mail.only_if_account and not get_user_model().objects.filter(email__iexact=to, is_active=True).exists():
        _settle(mail, OutgoingMail.State.DROPPED)
        return
    if mail.purpose and not may_use(mail.subject, purpose=mail.purpose, day=oslo_date(timezone.now())):
        _settle(mail, OutgoingMail.State.CANCELLED)
        return
    message = _message(mail, to, context)
    # The server is reached before the mail counts as being sent: most of what may fail or take long is then behind us.
    with get_connection() as message.connection:
        failpoint("mail.before_send")
        if _begin(mail):
            _hand_over(mail, message)


def _begin(mail: OutgoingMail) -> bool:
    """False when an erasure has cancelled the mail since the worker read it (picpeak#1593)."""
    waiting = OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.QUEUED)
    return bool(waiting.update(state=OutgoingMail.State.SENDING))


def _hand_over(mail: OutgoingMail, message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        # Not confirmed by the server, and we live to know it: it is tried again, unless it was cancelled meanwhile.
        sending = OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.SENDING)
        sending.update(state=OutgoingMail.State.QUEUED)
        raise
    failpoint("mail.after_send")
    _settle(mail, OutgoingMail.State.SENT)


def fail_mail(ref) -> None:
    """A mail that will not be tried again: nothing that it said or whom it was for is kept."""
    open_ones = (OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING)
    for mail in OutgoingMail.objects.filter(pk=ref, state__in=open_ones):
        _settle(mail, OutgoingMail.State.FAILED)


def open_mail(mail: OutgoingMail) -> tuple[str, dict]:
    """The address and the context of a mail that still waits."""
    to = vault.open_for_service("mail", bytes(mail.to_sealed), aad=_aad(mail, "to")).decode()
    context = json.loads(vault.open_for_service("mail", bytes(mail.context_sealed), aad=_aad(mail, "context")))
    return to, context


def cancel_mail_of(subject, *, purpose: str) -> int:
    """Cancel this person's mails that wait and rest on this consent (N38); returns how many."""
    waiting = OutgoingMail.objects.filter(subject__in=subject.group(), purpose=purpose)
    found = list(waiting.filter(state=OutgoingMail.State.QUEUED))
    for mail in found:
        _settle(mail, OutgoingMail.State.CANCELLED)
    return len(found)


def cancel_mail(*, subjects=(), indexes=()) -> int:
    """Cancel what still waits for these persons or addresses; returns how many (picpeak: mail after erasure)."""
    waiting = OutgoingMail.objects.filter(state__in=[OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING])
    found = waiting.filter(subject__in=subjects) | waiting.filter(to_index__in=indexes)
    return sum(1 for mail in found.distinct() if _settle(mail, OutgoingMail.State.CANCELLED) is None)


def _message(mail, to, context) -> EmailMessage:
    with translation.override(mail.language):
        title = " ".join(_render(f"{mail.template}.subject.txt", context).split())
        body = _render(f"{mail.template}.txt", context)
    # A mail that is tried again carries the same id, so that a mail server that had taken it can fold it (F16).
    headers = {"Message-ID": f"<{mail.pk}@{_mail_domain()}>"} | ({"X-CN-Final": "1"} if mail.final else {})
    message = EmailMultiAlternatives(title, body, to=[to], headers=headers)
    if calendar := context.get(CALENDAR):
        message.attach_alternative(calendar, f"text/calendar; method={_method_of(calendar)}")
    return message


def _method_of(calendar: str) -> str:
    """REQUEST, CANCEL …: a calendar acts on a mail only when its part says what the object itself says (RFC 6047)."""
    return re.search(r"^METHOD:([A-Z]+)\r?$", calendar, re.MULTILINE)[1]


def _render(name: str, context: dict) -> str:
    # Plain text: escaping would put "&#x27;" into names.
    return get_template(name).template.render(Context(context, autoescape=False))


def _mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")


def _settle(mail: OutgoingMail, state: str) -> None:
    # Address index, address and context go with the state: a sent mail remembers only that it was sent.
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=state, to_sealed=b"", context_sealed=b"", to_index="", settled_at=timezone.now()
    )


def _aad(mail: OutgoingMail, part: str) -> bytes:
    return f"privacy_outgoingmail/{mail.pk}/{part}".encode()
