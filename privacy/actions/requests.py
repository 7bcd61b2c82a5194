"""Requests of persons: opened, worked on, asked about, taken back (N61, N68, L1, L4, L5)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy import words
from privacy.actions.request_answers import answer, close, close_if_ready, extend, propose_refusal, reopen
from privacy.actions.request_case import GONE, Case, RequestRefused, next_number, open_one, today, write
from privacy.actions.request_erasures import answer_by_erasure, close_moot
from privacy.actions.request_mail import channel_out, in_words, tell
from privacy.actions.request_notices import make_request_notices
from privacy.actions.request_questions import ask, prove_identity, receive_reply
from privacy.actions.trail import actor_id
from privacy.models import DataSubject, RequestMessage, SubjectRequest
from privacy.rules import requests as rules

Kind, Direction = RequestMessage.Kind, RequestMessage.Direction
# What recipients are told of when it is done at once (Art 19); an erasure makes its own tasks.
TOLD_ON = (SubjectRequest.Right.CORRECTION, SubjectRequest.Right.RESTRICTION)

__all__ = [
    "RequestRefused",
    "acknowledge",
    "answer",
    "ask",
    "close",
    "close_moot",
    "extend",
    "open_request",
    "propose_refusal",
    "prove_identity",
    "record_done",
    "receive_reply",
    "reopen",
    "take_back",
    "take_up",
]


@transaction.atomic
def open_request(
    subject,
    *,
    right: str,
    channel: str = "web",
    received_on=None,
    text: str = "",
    identity: str = "unproved",
    language: str | None = None,
    about=None,
    fields=(),
    activity: str = "",
    contact: dict | None = None,
    scan=None,
    by,
) -> SubjectRequest:
    """A case that arrived on ``received_on`` (an Oslo date, today unless given), and its receipt by mail if one goes.

    While the person has an open one of the same right that one is returned, with the text added to it. Raises
    RequestRefused for a day that has not come and for a person who is erased.
    """
    person = DataSubject.objects.select_for_update().get(pk=subject.person.pk)
    day = received_on or today()
    if day > today():
        raise RequestRefused(_("A request cannot have arrived on a day to come. Nothing was stored; check the date."))
    if person.state in GONE:
        raise RequestRefused(_("Everything about this person is being deleted, so nothing new is stored about them."))
    said_here = {"channel": channel, "contact": contact, "scan": scan, "on": day, "by": by}
    found = open_one(person, right)
    if found is not None:
        return _add(found, _with_subject_matter(text, found, about, fields, activity), **said_here)
    request = new_request(
        person, right=right, channel=channel, identity=identity, language=language, about=about, by=by
    )
    request.received_on, request.about_fields, request.activity = day, sorted(fields), activity
    case = Case(request, by=by)
    case.happened(rules.RECEIVED, on=day)
    case.save("received")
    write(request, kind=Kind.REQUEST, direction=Direction.FROM_PERSON, text=text, **said_here)
    if tell(request, "acknowledged"):
        _acknowledge(Case(request, by=None), sent=True)
    return request


def new_request(person, *, right, channel, identity, language=None, about=None, by) -> SubjectRequest:
    """A case with its number, not yet stored."""
    return SubjectRequest(
        number=next_number(today().year),
        subject=person,
        right=right,
        channel=channel,
        identity=identity,
        language=language or person.language,
        about_model=about._meta.label if about is not None else "",
        about_pk=str(about.pk) if about is not None else "",
        received_on=today(),
        registered_by=actor_id(by),
    )


def _add(request, text: str, *, channel, contact, scan, on, by) -> SubjectRequest:
    on = max(on, request.received_on)
    more = {"channel": channel, "contact": contact, "scan": scan, "on": on, "by": by}
    if write(request, kind=Kind.REQUEST, direction=Direction.FROM_PERSON, text=text, **more):
        Case(request, by=by).save("added_to")
    return request


def _with_subject_matter(text: str, request, about, fields, activity: str) -> str:
    """The text, headed by what it is about where that is something else than what the case is about already."""
    same = about is None or (about._meta.label, str(about.pk)) == (request.about_model, request.about_pk)
    if same and not set(fields) - set(request.about_fields) and activity in ("", request.activity):
        return text
    with override(request.language):
        label = about._meta.label if about is not None else ""
        heads = [words.model_title(label)] if label else []
        heads += [words.field_title(name, label) for name in sorted(fields)]
        heads += [words.activity_title(activity)] if activity else []
    return "\n".join([", ".join(heads), text]).strip()


@transaction.atomic
def record_done(
    subject,
    *,
    right: str,
    answer: str,
    by,
    identity: str = "step_up",
    copy=None,
    erasure=None,
    about=None,
    fields=(),
    activity: str = "",
    language: str | None = None,
) -> SubjectRequest:
    """What was done at once: a case that is received, answered and closed in one act, with its answer stored.

    A correction or restriction of what others have received is not closed before they are told (Art 19). One that rests
    on an erasure that is still under way stays open, and is answered by its end.
    """
    person = DataSubject.objects.select_for_update().get(pk=subject.person.pk)
    if erasure is not None and (found := open_one(person, right)) is not None:
        request = found
    else:
        request = new_request(
            person, right=right, channel="web", identity=identity, language=language, about=about, by=by
        )
        request.about_fields, request.activity = sorted(fields), activity
    case = Case(request, by=by)
    if case.is_new:
        case.happened(rules.RECEIVED)
    if erasure is not None:
        return _begin_erasure(case, erasure, answer)
    request.copy = copy
    case.reach(rules.FULFILLED)
    case.save("done_at_once")
    write(request, kind=Kind.ANSWER, direction=Direction.TO_PERSON, text=answer, by=by, on=today(), sent=True)
    if right in TOLD_ON:
        make_request_notices(request, record=about, fields=fields)
    close_if_ready(request, by=by)
    return request


def _begin_erasure(case: Case, erasure, text: str) -> SubjectRequest:
    request = case.request
    if rules.allows(case.now, rules.ACKNOWLEDGED):
        case.happened(rules.ACKNOWLEDGED)
    if rules.allows(case.now, rules.IN_PROGRESS):
        case.happened(rules.IN_PROGRESS)
    case.save("in_progress", erasure=erasure)
    write(request, kind=Kind.NOTICE, direction=Direction.TO_PERSON, text=text, by=case.by, on=today(), sent=True)
    answer_by_erasure(erasure)
    request.refresh_from_db()
    return request


@transaction.atomic
def acknowledge(request, *, by) -> SubjectRequest:
    """Confirm the receipt with number and date; by mail where one goes, otherwise by letter."""
    return _acknowledge(Case(request, by=by), sent=None)


def _acknowledge(case: Case, *, sent: bool | None) -> SubjectRequest:
    case.reach(rules.ACKNOWLEDGED)
    request = case.save("acknowledged")
    if sent is None:
        sent = tell(request, "acknowledged")
    write(
        request,
        kind=Kind.ACKNOWLEDGEMENT,
        direction=Direction.TO_PERSON,
        text=_receipt(request),
        by=case.by,
        on=today(),
        channel=channel_out(request, sent),
        sent=sent,
    )
    return request


def _receipt(request) -> str:
    with override(request.language):
        return _("We received your request on %(day)s. Its number is %(number)s. You get an answer by %(due)s.") % {
            "day": in_words(request.received_on, request.language),
            "number": request.number,
            "due": in_words(request.acts_by, request.language),
        }


@transaction.atomic
def take_up(request, *, by) -> SubjectRequest:
    """Somebody works on it now. IllegalMove for one that waits for more than that, or is answered."""
    case = Case(request, by=by)
    back = rules.back_from_question(case.now) if case.now.state in rules.PENDING else rules.IN_PROGRESS
    case.reach(back)
    return case.save(back)


@transaction.atomic
def take_back(request, *, by) -> SubjectRequest:
    """The person does not want it any more."""
    case = Case(request, by=by)
    case.reach(rules.WITHDRAWN)
    case.save(rules.WITHDRAWN)
    close_if_ready(request, by=by)
    return request
