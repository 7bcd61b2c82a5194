"""What the register of breaches says: the list, one breach whole, its draft for the authority (Art 33(3), L35)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet

from privacy.models import Breach, BreachPerson
from privacy.queries.affected import category_titles
from privacy.queries.register import controller
from privacy.rules import breaches as rules

# A mail in one of these states has told nobody.
NOT_DELIVERED = ("failed", "cancelled", "dropped")


def touched(breach: Breach) -> QuerySet:
    """The persons stored as touched: named, or found by the last computation."""
    return breach.persons.filter(Q(named=True) | Q(records__gt=0)).order_by("found_at", "pk")


def to_tell_by_hand(breach: Breach) -> QuerySet:
    """Whom no mail reached: nobody knows their mailbox, or the mail could not be delivered."""
    unreached = Q(told_at__isnull=True, unreachable=True) | Q(told_how="mail", mail__state__in=NOT_DELIVERED)
    return touched(breach).filter(unreached)


@dataclass(frozen=True)
class Progress:
    """How far the messages to persons are: told (by mail, by hand), still in line, without a known mailbox, failed."""

    persons: int
    mailed: int
    told_by_hand: int
    waiting: int
    unreachable: int
    failed: int

    @property
    def is_complete(self) -> bool:
        return self.waiting == 0 and self.unreachable == 0 and self.failed == 0


def progress(breach: Breach) -> Progress:
    """Who has been told, in one query. A mail that could not be sent has told nobody."""
    mailed, failed = Q(told_how="mail"), Q(mail__state__in=NOT_DELIVERED)
    numbers = touched(breach).aggregate(
        n_persons=Count("pk"),
        n_mailed=Count("pk", filter=mailed),
        n_failed=Count("pk", filter=mailed & failed),
        n_told_by_hand=Count("pk", filter=Q(told_how="letter")),
        n_unreachable=Count("pk", filter=Q(told_at__isnull=True, unreachable=True)),
        n_waiting=Count("pk", filter=Q(told_at__isnull=True, unreachable=False)),
    )
    found = {name.removeprefix("n_"): number for name, number in numbers.items()}
    # A mail row that its own clock has taken away was settled long before, and counts as sent.
    found["mailed"] -= found["failed"]
    return Progress(**found)


def draft_of(breach: Breach) -> dict:
    """What the authority's form asks for (Art 33(3)): plain JSON in English keys, no name of anybody touched."""
    counts = breach.counts or {"persons": 0, "records": 0, "classes": {}, "categories": {}}
    titles, contact = category_titles(), controller()
    phases = breach.events.filter(kind__in=[rules.AUTHORITY_NOTIFIED, rules.SUPPLEMENT]).order_by("at", "pk")
    reached = progress(breach)
    return {
        "number": breach.number,
        "controller": {name: contact.get(name, "") for name in ("name", "organisation_number", "address")},
        "contact_point": {name: contact.get(name, "") for name in ("email", "phone")},
        "detected_at": _moment(breach.detected_at),
        "aware_at": _moment(breach.aware_at),
        "due_at": _moment(breach.due_at),
        "nature": {
            "what_happened": breach.description,
            "types": [str(Breach.Type(each).label) for each in breach.types],
            "categories_of_data": [titles.get(code, code) for code in counts["categories"]],
            "persons": counts["persons"],
            "records": counts["records"],
            "counted_at": _moment(breach.counted_at),
        },
        "likely_consequences": breach.consequences,
        "measures": breach.measures,
        "risk": str(breach.get_risk_display()),
        "reason_for_delay": breach.delay_reason,
        "persons_told": reached.mailed + reached.told_by_hand,
        "why_persons_are_not_told": breach.subjects_reason,
        "phases": [
            {"at": _moment(each.at), "what": each.kind, "reference": each.reference, "text": each.text}
            for each in phases
        ],
    }


def digest_of(draft: dict) -> str:
    """SHA-256 of a draft as canonical JSON: what was sent can be compared with what is said today."""
    return hashlib.sha256(json.dumps(draft, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""


def breaches(*, state: str = "") -> QuerySet[Breach]:
    """The register, the newest first: every breach, notified or not; ``state`` is "" for all, "open", or one state."""
    found = Breach.objects.all()
    if state == "open":
        return found.exclude(state=Breach.State.CLOSED)
    return found.filter(state=state) if state else found


@dataclass(frozen=True)
class BreachPage:
    """One breach with everything the office works with; ``events`` carry ``who``, a colleague's name or ""."""

    breach: Breach
    events: list
    progress: Progress
    by_hand: list[BreachPerson]
    named: int
    scope_actor: str

    @property
    def unreached(self) -> int:
        """How many no mail reached."""
        return self.progress.unreachable + self.progress.failed


def breach_page(breach: Breach) -> BreachPage:
    """The page of one breach, in a number of queries that does not grow with persons or events."""
    events = list(breach.events.select_related("paper").order_by("at", "pk"))
    actors = {each.actor for each in events} | {breach.scope_actor}
    users = get_user_model()._base_manager.filter(pk__in=actors - {None})
    names = {user.pk: user.get_full_name() or user.email for user in users}
    for event in events:
        event.who = names.get(event.actor, "")
    return BreachPage(
        breach=breach,
        events=events,
        progress=progress(breach),
        by_hand=list(to_tell_by_hand(breach)[:200]),
        named=breach.persons.filter(named=True).count(),
        scope_actor=names.get(breach.scope_actor, ""),
    )
