"""Questions in a case, their answers, and how the office made sure who it is (L4, L5, L46)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from privacy.actions.request_answers import reopen
from privacy.actions.request_case import Case, RequestRefused, said, today, write
from privacy.actions.request_mail import account_of, channel_out, tell
from privacy.models import RequestMessage, SubjectRequest
from privacy.rules import requests as rules

Kind, Direction = RequestMessage.Kind, RequestMessage.Direction
QUESTIONS = {"identity": rules.IDENTITY_PENDING, "clarification": rules.CLARIFICATION_PENDING}


@transaction.atomic
def ask(request, *, what: str, text: str, by, on=None) -> SubjectRequest:
    """Ask the person who they are ("identity") or what they mean ("clarification").

    The days until the answer are counted apart. A question without its text is refused, and so is a second one while
    the first waits (L4, L46).
    """
    text = said(text, _("Write the question: time only counts apart when something was asked. Nothing was changed."))
    case = Case(request, by=by)
    day = case.legal_day(on)
    if case.now.question_on:
        raise RequestRefused(_("An earlier question still waits for its answer. Nothing was sent."))
    *steps, pending = rules.way(case.now, QUESTIONS[what])
    for step in steps:
        case.happened(step, on=day)
    case.happened(rules.QUESTION_ASKED, on=day, reason_code=what)
    case.happened(pending, on=day)
    case.save("question_asked")
    sent = tell(request, "question", text=text, has_account=account_of(request) is not None)
    write(
        request,
        kind=Kind.QUESTION,
        direction=Direction.TO_PERSON,
        text=text,
        by=by,
        on=day,
        channel=channel_out(request, sent),
        sent=sent,
    )
    return request


@transaction.atomic
def receive_reply(request, *, text: str, by, on=None, channel: str = "web") -> SubjectRequest:
    """What the person wrote, from the day it arrived: it answers the question that waits, if one does.

    A case that was given up because nobody could tell whose data is meant opens again by it (L5).
    """
    text = said(text, _("Write what the person answered. Nothing was changed."))
    case = Case(request, by=by)
    day = case.legal_day(on)
    if case.now.outcome == rules.UNIDENTIFIABLE:
        return reopen(request, text=text, by=by, on=day, channel=channel)
    if case.now.state not in rules.OPEN:
        raise RequestRefused(_("This request is answered. Make a new one, or open this one again if it was refused."))
    if case.now.question_on and day < case.now.question_on:
        raise RequestRefused(_("The answer cannot have come before the question. Nothing was changed; check the date."))
    answers(case, on=day)
    case.save(rules.QUESTION_ANSWERED)
    write(request, kind=Kind.REPLY, direction=Direction.FROM_PERSON, text=text, by=by, on=day, channel=channel)
    return request


def answers(case: Case, *, on) -> None:
    """The question that waits, if one does, is answered: the case goes on with the time it had."""
    if case.now.question_on:
        case.happened(rules.QUESTION_ANSWERED, on=on)
    if case.now.state in rules.PENDING:
        case.happened(rules.back_from_question(case.now), on=on)


@transaction.atomic
def prove_identity(request, *, method: str, by) -> SubjectRequest:
    """How the office made sure who it is (L4). Ends a wait for that; takes no document."""
    if method not in SubjectRequest.Identity.values or method == SubjectRequest.Identity.UNPROVED:
        raise RequestRefused(_("Choose how you made sure who it is. Nothing was changed."))
    case = Case(request, by=by)
    case.happened(rules.IDENTITY_PROVED, reason_code=method)
    if case.now.state == rules.IDENTITY_PENDING:
        answers(case, on=today())
    return case.save("identity_proved", identity=method)
