"""Mail of a case: to a mailbox known to be the person's, and never with anything that is held about them (L7)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from privacy import vault
from privacy.actions.mail import queue_mail
from privacy.actions.subjects import open_account
from privacy.models import SubjectIdentifier, SubjectRequest

TEMPLATES = "privacy/mail/request_"


def account_of(request: SubjectRequest):
    """The person's account, when there is one that may be signed in to."""
    users = get_user_model()._base_manager.filter(subject__in=request.subject.group(), is_active=True)
    return users.order_by("pk").first()


def address_of(request: SubjectRequest) -> str:
    """Where mail of this case goes: the account's address, a mailbox proved in it, the sender's; or nothing."""
    account = account_of(request)
    return account.email if account is not None else proved_mailbox(request) or _sender(request)


def proved_mailbox(request: SubjectRequest) -> str:
    """The newest address given in the case that the person has proved, or ""."""
    proved = SubjectIdentifier.objects.filter(subject__in=request.subject.group(), verified_at__isnull=False)
    known = set(proved.values_list("index", flat=True))
    return next((email for email in _given(request) if vault.blind_index("email", email) in known), "")


def _sender(request: SubjectRequest) -> str:
    # Who asked by e-mail is answered there; without a proof that says no more than that the mail came.
    return next(iter(_given(request)), "") if request.channel == SubjectRequest.Channel.EMAIL else ""


def _given(request: SubjectRequest) -> list[str]:
    rows = vault.unlock(request.messages.filter(direction="from_person").order_by("-at", "-pk"))
    return [row.email for row in rows if row.email]


def tell(request: SubjectRequest, what: str, **context) -> bool:
    """Put the mail ``request_WHAT`` in line; False when the person can be reached by letter only."""
    to = address_of(request)
    if not to:
        return False
    account, page = account_of(request), settings.BASE_URL + reverse("privacy:request", args=[request.number])
    queue_mail(
        to=to,
        template=f"{TEMPLATES}{what}",
        context={
            "number": request.number,
            "right": _in(request, str, request.get_right_display),
            "received_on": in_words(request.received_on, request.language),
            "acts_by": in_words(request.acts_by, request.language),
            # Who has no page yet is not sent to one; the answer alone says where to sign in.
            "url": page if account is not None else "",
            "page": page,
            **context,
        },
        language=request.language,
        subject=request.subject,
    )
    return True


def _in(request, kind, read):
    with override(request.language):
        return kind(read())


def in_words(day: date, language: str) -> str:
    """A day as it is written in this language, for a mail."""
    with override(language):
        return date_format(day, "j. F Y" if language.startswith("nb") else "j F Y")


def channel_out(request, sent: bool) -> str:
    """How a message to the person goes: on the site, by e-mail, or on paper."""
    if not sent:
        return SubjectRequest.Channel.LETTER
    return SubjectRequest.Channel.WEB if account_of(request) is not None else SubjectRequest.Channel.EMAIL


def give_page(request, *, by) -> None:
    """A page to read the answer on, for who proved a mailbox and has none; a mailbox somebody signs in with is left."""
    mailbox = "" if account_of(request) is not None else proved_mailbox(request)
    if mailbox and not get_user_model()._base_manager.filter(email__iexact=mailbox).exists():
        open_account(request.subject.person, email=mailbox, by=by)
