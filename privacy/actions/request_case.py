"""One case while something happens in it: locked, with its events, and what they add up to written beside them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions.trail import actor_id, note
from privacy.models import DataSubject, RequestEvent, RequestMessage, RequestSeries, SubjectRequest
from privacy.rules import requests as rules
from privacy.rules.deadlines import oslo_date

PROJECTED = (
    "state",
    "outcome",
    "due_on",
    "extended_due_on",
    "paused_due_on",
    "answered_on",
    "closed_on",
    "reason_code",
    "reminded_days",
)
GONE = (DataSubject.State.ERASING, DataSubject.State.ERASED)


class RequestRefused(Exception):
    """Something that cannot be done in a case; the sentence says what is missing. Nothing was changed."""


def today() -> date:
    """The Oslo date now."""
    return oslo_date(timezone.now())


def projected(now: rules.Projection) -> dict:
    """The columns of a case that follow from its events."""
    return {name: getattr(now, name) for name in PROJECTED}


class Case:
    """A case and what happens in it in one act. Inside a transaction; nothing is written before `save`."""

    def __init__(self, request: SubjectRequest, *, by):
        self.request, self.by, self.new = request, by, []
        self.is_new = request._state.adding
        self.now, self._last = rules.Projection(), None
        if not self.is_new:
            # Two members of staff in one case: the second waits, and then meets the case as the first left it.
            SubjectRequest.objects.select_for_update().get(pk=request.pk)
            events = list(request.events.order_by("at", "pk"))
            self.now, self._last = rules.project(events), events[-1].at

    def happened(self, kind: str, *, on: date | None = None, reason_code: str = "", by=None) -> None:
        """One more event; IllegalMove when it cannot follow."""
        event = RequestEvent(
            request=self.request,
            kind=kind,
            on=on or today(),
            at=self._moment(),
            reason_code=reason_code,
            actor=actor_id(by or self.by),
        )
        self.now = rules.follow(self.now, event)
        self.new.append(event)

    def reach(self, state: str, *, on: date | None = None, reason_code: str = "") -> None:
        """Go to this state, confirming receipt and taking up on the way where that is missing."""
        *steps, last = rules.way(self.now, state)
        for step in steps:
            self.happened(step, on=on)
        self.happened(last, on=on, reason_code=reason_code)

    def legal_day(self, on: date | None) -> date:
        """The day an event counts from: today, or one between the arrival and today. RequestRefused otherwise."""
        day = on or today()
        if day > today():
            raise RequestRefused(_("This day has not come yet. Nothing was changed; give the day it happened."))
        if self.now.counted_from and day < self.now.counted_from:
            raise RequestRefused(_("The request had not arrived on that day. Nothing was changed; check the date."))
        return day

    def save(self, act: str, **columns) -> SubjectRequest:
        """Write the case, its new events and the trail row of this act."""
        for name, value in (projected(self.now) | columns).items():
            setattr(self.request, name, value)
        if self.is_new:
            self.request.save(force_insert=True)
        else:
            self.request.save(update_fields=[*PROJECTED, *columns])
        RequestEvent.objects.bulk_create(self.new)
        self.is_new, self.new = False, []
        note(f"request.{act}", subject=self.request.subject_id, record=self.request, by=self.by, reason=self._why())
        return self.request

    def _why(self) -> str:
        return self.request.right

    def _moment(self) -> datetime:
        # Two events of one case never share a moment, so that their order can always be told.
        self._last = _after(self._last)
        return self._last


def _after(last: datetime | None) -> datetime:
    now = timezone.now()
    return now if last is None else max(now, last + timedelta(microseconds=1))


def next_number(year: int) -> str:
    """SR-YYYY-NNNNNN, without gaps: the series is locked until the transaction that takes a number ends."""
    RequestSeries.objects.get_or_create(year=year)
    series = RequestSeries.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"SR-{year}-{series.last:06d}"


def open_one(person, right: str) -> SubjectRequest | None:
    """The person's open case of this right, if there is one: the oldest."""
    found = SubjectRequest.objects.filter(subject__in=person.group(), right=right, state__in=rules.OPEN)
    return found.select_related("subject").order_by("received_on", "number").first()


def write(
    request: SubjectRequest,
    *,
    kind: str,
    direction: str,
    text: str,
    by,
    on: date,
    channel: str = "web",
    contact: dict | None = None,
    scan=None,
    sent: bool = False,
) -> RequestMessage | None:
    """Keep what was written in a case, sealed with the person's key; None when there is nothing, or nobody any more.

    Nothing new is stored about a person who is erased: their case keeps dates and codes.
    """
    contact = {name: (value or "").strip() for name, value in (contact or {}).items()}
    if request.subject.state in GONE or not (text.strip() or any(contact.values()) or scan is not None):
        return None
    return RequestMessage.objects.create(
        request=request,
        subject_id=request.subject_id,
        kind=kind,
        direction=direction,
        channel=channel,
        text=text.strip(),
        name=contact.get("name", ""),
        email=contact.get("email", ""),
        postal_address=contact.get("postal_address", ""),
        scan=scan,
        on=on,
        # As with events: which was written first can always be told.
        at=_after(request.messages.aggregate(last=Max("at"))["last"]),
        sent_at=timezone.now() if sent else None,
        written_by=actor_id(by),
    )


def said(text: str, sentence: str) -> str:
    """The text without its edges; RequestRefused with this sentence when nothing is left."""
    if not text.strip():
        raise RequestRefused(sentence)
    return text.strip()
