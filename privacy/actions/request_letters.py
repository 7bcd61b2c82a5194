"""Requests on paper: registered when somebody opens the envelope, counted from the day it arrived (N68)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.files import files_follow_transaction, store_file
from privacy.actions.request_answers import close_if_ready
from privacy.actions.request_case import Case, RequestRefused
from privacy.actions.requests import open_request
from privacy.actions.subjects import register_subject
from privacy.models import RequestMessage, SubjectRequest
from privacy.rules import requests as rules

ROLE = "requester"


def register_letter(
    *,
    right: str,
    channel: str,
    received_on: date,
    text: str,
    contact: dict,
    scan=None,
    subject=None,
    language: str = "nb",
    by,
) -> SubjectRequest:
    """A request that came by letter, e-mail, phone or in person, from the day it arrived, whenever it is registered.

    Without ``subject`` it is a new person's, whatever address is written in it (T31). ``scan`` is what `check_scan`
    made of an upload, or None. RequestRefused without any way to reach the person, and for a day that has not come.
    """
    if subject is None and not any((contact.get(way) or "").strip() for way in ("email", "postal_address")):
        raise RequestRefused(_("Give an address to answer to, by post or by e-mail. Nothing was stored."))
    # The stored object goes again when the case cannot be written.
    with files_follow_transaction(), transaction.atomic():
        if subject is None:
            subject = register_subject(
                role=ROLE, language=language, email=(contact.get("email") or "").strip() or None, by=by
            )
        request = open_request(
            subject,
            right=right,
            channel=channel,
            received_on=received_on,
            text=text,
            language=language,
            contact=contact,
            scan=_stored(subject.person, scan, by),
            by=by,
        )
    return request


def _stored(person, scan, by):
    if scan is None:
        return None
    return store_file(person, stream=scan.stream, display_name=scan.display_name, media_type=scan.media_type, by=by)


@transaction.atomic
def letter_printed(request, *, by) -> SubjectRequest:
    """What waits in this case was printed and posted today; an answer that leaves nothing to do closes the case."""
    waiting = request.messages.filter(direction=RequestMessage.Direction.TO_PERSON, sent_at__isnull=True)
    if not waiting.update(sent_at=timezone.now()):
        raise RequestRefused(_("There is no letter to post in this case. Nothing was changed."))
    case = Case(request, by=by)
    case.happened(rules.LETTER_PRINTED)
    case.save(rules.LETTER_PRINTED)
    close_if_ready(request, by=by)
    return request
