"""What people have asked of us: one person's cases, the open ones by the date to act, and one case whole (N61, L1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from privacy import vault
from privacy.models import DataSubject, RecipientNotice, RequestEvent, RequestMessage, SubjectIdentifier, SubjectRequest
from privacy.rules import requests as rules


def requests_of(subject) -> list[SubjectRequest]:
    """Every request of this person, the newest first, with its copy and its erasure. Two queries."""
    found = SubjectRequest.objects.filter(subject__in=subject.group()).select_related("copy", "erasure")
    return list(found.order_by("-registered_at", "-number"))


def open_requests() -> QuerySet[SubjectRequest]:
    """Requests without an answer, by the legal date to act on (``acting``): the extended one where there is one."""
    found = SubjectRequest.objects.filter(state__in=rules.OPEN).select_related("subject")
    return found.annotate(acting=Coalesce("extended_due_on", "due_on")).order_by("acting", "number")


@dataclass(frozen=True)
class RequestPage:
    """One case with everything that belongs to it.

    ``messages`` holds notes of staff too (direction "internal"); ``letters`` is what went between the person and us.
    ``due_on`` is what staff act on, ``paused_due_on`` what it would be with the days we waited, or None (L46).
    ``kept`` is what an erasure left, as `PlanItem.as_json`; ``tasks`` how many recipients are still to be told.
    """

    request: SubjectRequest
    events: list[RequestEvent]
    messages: list[RequestMessage]
    notices: list[RecipientNotice]
    projection: rules.Projection

    @property
    def letters(self) -> list[RequestMessage]:
        return [each for each in self.messages if each.direction != RequestMessage.Direction.INTERNAL]

    @property
    def due_on(self) -> date:
        return self.request.acts_by

    @property
    def paused_due_on(self) -> date | None:
        return self.request.paused_due_on

    @property
    def waits_for(self) -> str:
        return rules.who_waits(self.request.state)

    @property
    def kept(self) -> list[dict]:
        erasure = self.request.erasure
        return [] if erasure is None else [item for item in erasure.kept if item["action"] == "restrict"]

    @property
    def tasks(self) -> int:
        return sum(1 for notice in self.notices if notice.state == RecipientNotice.State.DUE)

    @property
    def proposal(self) -> RequestEvent | None:
        """The refusal that waits for a colleague's approval, if there is one (L6)."""
        return rules.waiting_proposal(self.events)


def request_page(request: SubjectRequest) -> RequestPage:
    """The case with its events, words, notices and dates; as many queries for a long case as for a short one."""
    request = SubjectRequest.objects.select_related("subject", "copy", "erasure").get(pk=request.pk)
    events = list(request.events.order_by("at", "pk"))
    messages = vault.unlock(request.messages.select_related("scan", "request").order_by("at", "pk"))
    about = Q(request=request)
    if request.erasure_id is not None:
        about |= Q(erasure=request.erasure_id)
    notices = list(RecipientNotice.objects.filter(about).select_related("recipient").order_by("created_at", "pk"))
    return RequestPage(request, events, messages, notices, rules.project(events))


def address_candidates(subject, *, proved: bool = False) -> list[DataSubject]:
    """Other persons known by an address hash of this one, the oldest first; each once, claimed records as their person.

    With ``proved`` only those that proved the same mailbox, as this one did.
    """
    ids = subject.group()
    own = SubjectIdentifier.objects.filter(subject__in=ids)
    same = SubjectIdentifier.objects.exclude(subject__in=ids)
    if proved:
        own, same = own.filter(verified_at__isnull=False), same.filter(verified_at__isnull=False)
    heads = same.filter(index__in=own.values("index")).annotate(head=Coalesce("subject__proved_as", F("subject")))
    return list(DataSubject.objects.filter(pk__in=heads.values("head")).order_by("created_at", "pk"))
