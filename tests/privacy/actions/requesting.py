"""What tests of requests share: a case under way, the mails in line, what its events say."""

from privacy import vault
from privacy.actions import open_request, prove_identity, register_letter, register_subject
from privacy.actions.mail import open_mail
from privacy.actions.request_case import today
from privacy.models import OutgoingMail, RecipientNotice


def opened(person, **more):
    """A case of this person of the toy house, who has no account."""
    return open_request(person.subject, **{"right": "access", "by": None, **more})


def requester(email="eva@post.example", **more):
    """Somebody who proved a mailbox in the form, and their case."""
    subject = register_subject(role="requester", email=email, verified=True, by=None)
    defaults = {"right": "access", "identity": "mailbox", "text": "Hva har dere?", "by": None}
    return open_request(subject, **{**defaults, "contact": {"name": "Eva Post", "email": email}, **more})


def kinds(request):
    """What happened in a case, in order."""
    return [event.kind for event in request.events.order_by("at", "pk")]


def written(request):
    """(kind, direction, text) of everything written in a case, in order."""
    rows = vault.unlock(request.messages.order_by("at", "pk"))
    return [(row.kind, row.direction, row.text) for row in rows]


def mails(what):
    """(address, context) of the mails of this template, oldest first."""
    found = OutgoingMail.objects.filter(template=f"privacy/mail/request_{what}").order_by("queued_at", "pk")
    return [open_mail(mail) for mail in found]


def proved(someone, right, *, by=None, **more):
    """A case of this person of the toy house, of whom the office knows who it is."""
    return prove_identity(opened(someone, right=right, **more), method="call_back", by=by)


def on_paper(right, *, subject=None, **more):
    """A letter from somebody who has a postal address and nothing else; the office knows who it is."""
    contact = {"name": "Pål Papir", "postal_address": "Kaigata 1, 8310 Kabelvåg"}
    facts = {"channel": "letter", "received_on": today(), "text": "Hei.", "contact": contact, "by": None, **more}
    return prove_identity(register_letter(right=right, subject=subject, **facts), method="known_address", by=None)


def answers(request):
    return [text for kind, _direction, text in written(request) if kind == "answer"]


def notices(request):
    return [text for kind, _direction, text in written(request) if kind == "notice"]


def tasks(request):
    return RecipientNotice.objects.filter(request=request)
