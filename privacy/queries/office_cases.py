"""What the office reads about requests: the list, the numbers of the day, and one case with all that belongs to it.

None of this goes through `active()`: a request is also handled when its person is restricted or erased (L13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, IntegerField, Q, QuerySet, When
from django.db.models.functions import Coalesce

from privacy.models import (
    DataSubject,
    Objection,
    RecipientNotice,
    RequestMessage,
    Restriction,
    SubjectIdentifier,
    SubjectRequest,
)
from privacy.models.request import OPEN_STATES
from privacy.queries.requests import RequestPage, request_page
from privacy.queries.subjects import address_index

# An answer is nearly due within this many days.
SOON_DAYS = 7
ON_HOME = 5


def cases(*, state: str = "open", right: str = "", number: str = "") -> QuerySet:
    """Requests for the list: open ones by the date to act on, so that late ones come first, then the others.

    ``state`` is "open", "all", "over" or one state; ``number`` any part of a number.
    """
    found = SubjectRequest.objects.all()
    if state == "open":
        found = found.filter(state__in=OPEN_STATES)
    elif state == "over":
        found = found.exclude(state__in=OPEN_STATES)
    elif state != "all":
        found = found.filter(state=state)
    if right:
        found = found.filter(right=right)
    return _in_order(found.filter(number__icontains=number.strip()) if number.strip() else found)


def cases_of_address(email: str) -> QuerySet:
    """Requests of everybody who is known by exactly this address, by its keyed hash alone (L43)."""
    known = SubjectIdentifier.objects.filter(kind="email", index=address_index(email)).values("subject")
    heads = DataSubject.objects.filter(pk__in=known).annotate(head=Coalesce("proved_as", "pk")).values("head")
    return _in_order(SubjectRequest.objects.filter(Q(subject__in=heads) | Q(subject__proved_as__in=heads)))


def _in_order(found: QuerySet) -> QuerySet:
    is_over = Case(When(state__in=OPEN_STATES, then=0), default=1, output_field=IntegerField())
    return found.annotate(is_over=is_over, acting=Coalesce("extended_due_on", "due_on")).order_by(
        "is_over", "acting", "number"
    )


@dataclass(frozen=True)
class CaseNumbers:
    """The open requests at a glance, and the ones to act on first."""

    first: list[SubjectRequest]
    open: int
    late: int
    soon: int
    identity: int
    clarification: int
    new: int


def case_numbers(*, day: date) -> CaseNumbers:
    """What waits of requests on ``day``, in two queries whatever their number."""
    waiting = cases()
    numbers = waiting.order_by().aggregate(
        open=Count("pk"),
        late=Count("pk", filter=Q(acting__lt=day)),
        soon=Count("pk", filter=Q(acting__gte=day, acting__lte=day + timedelta(days=SOON_DAYS))),
        identity=Count("pk", filter=Q(state="identity_pending")),
        clarification=Count("pk", filter=Q(state="clarification_pending")),
        new=Count("pk", filter=Q(state="received")),
    )
    return CaseNumbers(first=list(waiting[:ON_HOME]), **numbers)


@dataclass(frozen=True)
class Contact:
    """How to reach somebody, from the newest message that says so; empty where nobody has said."""

    name: str = ""
    email: str = ""
    postal_address: str = ""


@dataclass(frozen=True)
class Moment:
    """One line of a case's history: an event, or a message with its words. ``who`` is a colleague's name, "person"
    for the person, or empty for the house itself."""

    at: datetime
    on: date
    event: str
    reason_code: str
    message: RequestMessage | None
    who: str


@dataclass(frozen=True)
class Proposal:
    """A refusal that waits for a second person: who proposed it, why, and the words that would be sent."""

    by: object
    reason_code: str
    text: str


@dataclass(frozen=True)
class CasePage:
    """One case with all the office works with; ``whole`` is what `queries.request_page` says of it."""

    request: SubjectRequest
    whole: RequestPage
    person: DataSubject
    contact: Contact
    history: list[Moment]
    notices: list[RecipientNotice]
    restrictions: list[Restriction]
    objections: list[Objection]
    proposal: Proposal | None


def case_page(request: SubjectRequest) -> CasePage:
    """The page of one case; the number of queries does not depend on how long its history is."""
    whole, ids = request_page(request), request.subject.group()
    return CasePage(
        request=request,
        whole=whole,
        person=request.subject.person,
        contact=contact_in(whole.messages),
        history=_history(whole, ids),
        notices=sorted(whole.notices, key=lambda notice: notice.state != RecipientNotice.State.DUE),
        restrictions=list(Restriction.objects.filter(subject__in=ids, lifted_at=None).order_by("opened_at")),
        objections=list(Objection.objects.filter(subject__in=ids).order_by("made_at")),
        proposal=proposal_of(whole),
    )


def contact_in(messages: list[RequestMessage]) -> Contact:
    """The newest name, address and e-mail address in these messages, each for itself."""
    known = {}
    for message in messages:
        for name in ("name", "email", "postal_address"):
            if value := getattr(message, name):
                known[name] = value
    return Contact(**known)


def _history(whole: RequestPage, ids) -> list[Moment]:
    actors = {event.actor for event in whole.events} | {message.written_by for message in whole.messages}
    names = _names(actors, ids)
    lines = [
        Moment(each.at, each.on, each.kind, each.reason_code, None, names.get(each.actor, "")) for each in whole.events
    ]
    lines += [Moment(each.at, each.on, "", "", each, names.get(each.written_by, "")) for each in whole.messages]
    return sorted(lines, key=lambda line: line.at)


def _names(actors, ids) -> dict:
    users = get_user_model().objects.filter(pk__in=actors - {None})
    return {user.pk: "person" if user.subject_id in ids else user.get_full_name() or user.email for user in users}


def proposal_of(whole: RequestPage) -> Proposal | None:
    """The refusal that waits for a second person, unless its proposer or its words are gone."""
    event = whole.proposal
    if event is None:
        return None
    notes = [each for each in whole.messages if each.kind == "note" and each.written_by == event.actor and each.text]
    proposer = get_user_model()._base_manager.filter(pk=event.actor).first()
    return Proposal(proposer, event.reason_code, notes[-1].text) if notes and proposer is not None else None
