"""Whose request it is: the office says that two persons are one, and how it made sure (T31, L4)."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from privacy import vault
from privacy.actions.request_answers import close_if_ready
from privacy.actions.request_case import GONE, Case, RequestRefused, open_one, today, write
from privacy.actions.request_mail import give_page
from privacy.actions.request_questions import answers
from privacy.actions.subjects import project
from privacy.actions.trail import note
from privacy.models import DataSubject, RequestMessage, SubjectRequest
from privacy.queries.requests import address_candidates
from privacy.rules import requests as rules
from privacy.rules.request_reasons import JOINED

Identity = SubjectRequest.Identity
# Ways to make sure that say something about the person themselves, and not about who reads a mailbox.
IN_PERSON = frozenset({Identity.CALL_BACK, Identity.KNOWN_ADDRESS, Identity.IN_PERSON})


def candidates_for(request) -> list[DataSubject]:
    """Persons who carry the same address hash as the one of this case, the oldest first. Nobody is joined by it."""
    return address_candidates(request.subject)


@transaction.atomic
def match_request(request, *, subject, method: str, by) -> SubjectRequest:
    """The office says that who asks is this person, and how it made sure; the case is theirs from now on.

    The mailbox alone is enough only for the one person who proved the same one; where several did, ask first
    (`ask(what="identity")`). RequestRefused otherwise, and for somebody who has a page of their own: they say
    themselves that a record is theirs. Opens a page for a proved mailbox where there is none.
    """
    asking = DataSubject.objects.select_for_update().get(pk=request.subject_id)
    person = subject.person
    _refuse_unless_sure(request, asking, person, method)
    asking.proved_as = person
    asking.save(update_fields=["proved_as"])
    person.roles = sorted({*person.roles, *asking.roles})
    person.save(update_fields=["roles"])
    note("subject.claimed", subject=person, record=asking, by=by, reason=method)
    # A pause that one of the two asked for is a pause of the person.
    project(person)
    request.subject = asking
    case = Case(request, by=by)
    case.happened(rules.MATCHED, reason_code=method)
    if case.now.state == rules.IDENTITY_PENDING:
        answers(case, on=today())
    case.save(rules.MATCHED, identity=method)
    give_page(request, by=by)
    _join_with_older(request, person, by=by)
    return request


def _refuse_unless_sure(request, asking, person, method: str) -> None:
    if method not in {*IN_PERSON, Identity.MAILBOX}:
        raise RequestRefused(_("Choose how you made sure who it is. Nothing was changed."))
    if person.pk in asking.group() or asking.proved_as_id is not None:
        raise RequestRefused(_("This request belongs to a known person already. Nothing was changed."))
    if person.state in GONE:
        raise RequestRefused(_("Everything about this person is being deleted. Nothing was changed."))
    if get_user_model()._base_manager.filter(subject=asking).exists() or asking.claimed.exists():
        raise RequestRefused(_("Who asks has a page of their own: they can say there that the other record is theirs."))
    if method == Identity.MAILBOX and not _is_the_only_one(asking, person):
        raise RequestRefused(
            _("The mailbox does not tell which person it is. Ask who they are first. Nothing was changed.")
        )


def _is_the_only_one(asking, person) -> bool:
    proved = [each for each in address_candidates(asking, proved=True) if each.state not in GONE]
    return proved == [person]


def _join_with_older(request, person, *, by) -> None:
    """One person has one open case of a right: the one that came later goes on in the older one."""
    case = Case(request, by=by)
    older = open_one(person, request.right)
    if case.now.state not in rules.OPEN or older is None or older.pk == request.pk:
        return
    for message in vault.unlock(request.messages.filter(kind__in=["request", "reply"]).order_by("at", "pk")):
        write(
            older,
            kind=message.kind,
            direction=message.direction,
            text=message.text or "",
            by=by,
            on=max(message.on, older.received_on),
            channel=message.channel,
        )
    Case(older, by=by).save("added_to")
    case.reach(rules.FULFILLED, reason_code=JOINED)
    case.save(rules.FULFILLED)
    write(
        request,
        kind=RequestMessage.Kind.NOTE,
        direction=RequestMessage.Direction.INTERNAL,
        text=older.number,
        by=by,
        on=today(),
    )
    close_if_ready(request, by=by)
