"""Requests and the erasure of everything: what it answers at once, and what its end answers (N56, L12)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from privacy import words
from privacy.actions.request_answers import close_if_ready
from privacy.actions.request_case import GONE, Case, today, write
from privacy.actions.request_mail import account_of, channel_out, in_words, tell
from privacy.models import Erasure, RequestMessage, SubjectRequest
from privacy.rules import requests as rules
from privacy.rules.request_reasons import ERASED, HELD


def _open_ones(**which):
    found = SubjectRequest.objects.filter(state__in=rules.OPEN, **which)
    return list(found.select_related("subject__proved_as", "erasure").order_by("number"))


@transaction.atomic
def close_moot(subject, *, by) -> int:
    """Everything of this person is being erased: open cases are answered by that. Returns how many.

    One that asks for just that goes on as the case of the erasure, and is answered when it is carried out.
    """
    person = subject.person
    erasure = Erasure.objects.filter(subject=person, whole=True).order_by("-created_at").first()
    by_person = erasure is not None and erasure.cause == Erasure.Cause.REQUEST
    found = _open_ones(subject__in=person.group())
    for request in found:
        case = Case(request, by=by)
        if erasure is not None and request.right == SubjectRequest.Right.ERASURE:
            if rules.allows(case.now, rules.IN_PROGRESS) or case.now.state == rules.RECEIVED:
                case.reach(rules.IN_PROGRESS)
            case.save(rules.IN_PROGRESS, erasure=erasure)
            continue
        outcome = rules.outcome_of_erasure(request.right, by_person=by_person)
        case.reach(outcome, reason_code=ERASED)
        case.save(outcome)
        close_if_ready(request, by=by)
    return len(found)


@transaction.atomic
def answer_by_erasure(erasure) -> None:
    """An erasure has come to its end, or to what a law keeps: the cases that rest on it are answered.

    They are closed when every recipient has been told. What stays, until when and why lies in ``erasure.kept``.
    """
    if erasure.state not in (Erasure.State.WAITING, Erasure.State.DONE):
        return
    if erasure.whole:
        # After a restore the cases are open again, and nobody ordered anew.
        close_moot(erasure.subject, by=None)
    is_whole = erasure.state == Erasure.State.DONE
    for request in _open_ones(erasure=erasure):
        case = Case(request, by=None)
        outcome = rules.FULFILLED if is_whole else rules.PARTLY_FULFILLED
        case.reach(outcome, reason_code=ERASED if is_whole else HELD)
        case.save(outcome)
        _tell(request, erasure)
        close_if_ready(request, by=None)


def _tell(request, erasure) -> None:
    request.subject.refresh_from_db()
    if request.subject.state in GONE:
        # Who was erased has had the last mail, with the number of the erasure; there is no other address any more.
        return
    sent = tell(request, "answered", text="") if account_of(request) is not None else False
    write(
        request,
        kind=RequestMessage.Kind.ANSWER,
        direction=RequestMessage.Direction.TO_PERSON,
        text=what_was_done(erasure, request.language),
        by=None,
        on=today(),
        channel=channel_out(request, sent),
        sent=sent,
    )


def what_was_done(erasure, language: str) -> str:
    """What an erasure of some rows took and what stays, line by line, with the law and the last day if one is known."""
    with override(language):
        lines = [_("What you asked to have deleted is deleted."), *what_stays(erasure.kept, language)]
    return "\n".join(lines)


def what_stays(kept: list[dict], language: str) -> list[str]:
    """A line for each kind of rows an erasure leaves (`PlanItem.as_json`), in this language."""
    lines = []
    with override(language):
        for item in kept:
            until = in_words(date.fromisoformat(item["until"]), language) if item["until"] else _("the reason ends")
            lines.append(
                _("This stays, locked away, until %(until)s: %(what)s (%(count)d), %(law)s.")
                % {"until": until, "what": words.model_title(item["model"]), "count": item["count"], "law": item["law"]}
            )
    return lines
