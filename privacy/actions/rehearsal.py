"""What an act would send, found by carrying it out and undoing it: what the preview shows is what is sent (L2, L3)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from privacy import vault
from privacy.actions.mail import open_mail
from privacy.models import OutgoingMail, RequestMessage


@dataclass(frozen=True)
class Rehearsal:
    """The mail (empty when none goes) and the words that are stored for the person (empty when there are none)."""

    subject: str = ""
    body: str = ""
    words: str = ""

    @property
    def is_mailed(self) -> bool:
        return bool(self.body)

    @property
    def says_more(self) -> bool:
        """Whether the stored words are not in the mail, and are read elsewhere."""
        return bool(self.words) and self.words not in self.body


class _Undo(Exception):
    pass


def rehearse(request, act) -> Rehearsal:
    """Call ``act()`` on a case, read what it would send, and leave everything as it was. Its refusals are raised."""
    mails, written = set(_mails(request)), set(_written(request))
    shown = Rehearsal()
    try:
        with transaction.atomic():
            act()
            shown = _read(
                [pk for pk in _mails(request) if pk not in mails],
                [pk for pk in _written(request) if pk not in written],
            )
            raise _Undo
    except _Undo:
        return shown


def _mails(request):
    return OutgoingMail.objects.filter(subject__in=request.subject.group()).values_list("pk", flat=True)


def _written(request):
    return request.messages.filter(direction="to_person").order_by("at").values_list("pk", flat=True)


def _read(mails, written) -> Rehearsal:
    subject = body = words = ""
    # An act may confirm the receipt on its way; what it is about comes last.
    for mail in OutgoingMail.objects.filter(pk__in=mails).order_by("queued_at"):
        subject, body = _rendered(mail)
    for message in vault.unlock(RequestMessage.objects.filter(pk__in=written).order_by("at")):
        words = message.text
    return Rehearsal(subject, body, words)


def _rendered(mail) -> tuple[str, str]:
    _to, context = open_mail(mail)
    with override(mail.language):
        title, text = (
            get_template(f"{mail.template}{ending}").template.render(Context(context, autoescape=False))
            for ending in (".subject.txt", ".txt")
        )
    return " ".join(title.split()), text.strip()
