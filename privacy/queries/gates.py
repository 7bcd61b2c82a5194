"""What the office reads about demands and deals: lists, one case with all that belongs to it, numbers, what waits."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from privacy.models import AuthorityCase, DataSubject, DealCase, DealPerson, DealRead, SubjectIdentifier
from privacy.plots import Plot
from privacy.queries.gate_facts import access_of, demand_of
from privacy.queries.subjects import address_index
from privacy.rules import gates

GONE = (DataSubject.State.ERASING, DataSubject.State.ERASED)
OPEN = (gates.DRAFT, gates.SUBMITTED, gates.APPROVED, gates.HANDED_OVER)
# An access that ends within these days is worth a word beforehand.
SOON = timedelta(days=7)
_NUMBER = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class Step:
    """One step of the bar above a case: what it is called, whether it is behind, here or refused."""

    label: str
    state: str  # done | now | stop | next


@dataclass(frozen=True)
class HistoryLine:
    """One event in words, with the name of who did it as far as they are still known."""

    label: str
    at: object
    who: str
    reason: str


def demands(*, state: str = "open") -> QuerySet:
    """Demands for the list, the newest first; ``state`` is "open", "all" or one state."""
    return _of_state(AuthorityCase.objects.annotate(people=Count("persons")).order_by("-received_on", "-number"), state)


def deals(*, state: str = "open") -> QuerySet:
    """Deals for the list, the newest first; ``state`` is "open", "all" or one state."""
    return _of_state(DealCase.objects.annotate(people=Count("persons")).order_by("-starts_on", "-number"), state)


def _of_state(rows: QuerySet, state: str) -> QuerySet:
    if state == "all":
        return rows
    return rows.filter(state__in=OPEN) if state == "open" else rows.filter(state=state)


def refused_demands() -> QuerySet:
    """Demands that were refused, for the register of hand-overs: no data left the house (N50)."""
    return AuthorityCase.objects.exclude(decision_code="").order_by("-decided_on", "-number")


def find_people(*, address: str = "", number: str = "") -> list[DataSubject]:
    """Persons known by exactly this address, or by the first eight characters of their key, each once, by head.

    Several are several: nobody is joined, and what was typed is stored nowhere (T31, L43).
    """
    found = DataSubject.objects.none()
    if address.strip():
        known = SubjectIdentifier.objects.filter(kind="email", index=address_index(address)).values("subject")
        found = DataSubject.objects.filter(pk__in=known)
    elif _NUMBER.fullmatch(number.strip().lower()):
        start = number.strip().lower()
        found = DataSubject.objects.filter(pk__gte=UUID(f"{start}{'0' * 24}"), pk__lte=UUID(f"{start}{'f' * 24}"))
    heads = {row.person.pk: row.person for row in found.select_related("proved_as").order_by("created_at", "pk")}
    return [person for person in heads.values() if person.state not in GONE]


def history(case) -> list[HistoryLine]:
    """Everything that happened in a case, the newest first."""
    events = list(case.events.order_by("-at", "-pk"))
    names = names_of(event.actor for event in events)
    return [
        HistoryLine(
            str(gates.EVENT_LABELS[event.kind]),
            event.at,
            names.get(event.actor, ""),
            str(gates.REFUSAL_REASONS.get(event.reason_code, "")),
        )
        for event in events
    ]


def names_of(keys) -> dict:
    """{key: name} of these accounts, as far as there are any."""
    users = get_user_model()._base_manager.filter(pk__in={key for key in keys if key is not None})
    return {user.pk: user.get_full_name() or user.email for user in users}


def steps(state: str, way: tuple[str, ...], *, refused: bool = False) -> list[Step]:
    """The bar above a case. A refused one ends where it was refused."""
    if refused:
        way = (gates.DRAFT, gates.REFUSED, gates.CLOSED)
    here = way.index(state)
    return [
        Step(
            str(gates.EVENT_LABELS[each]),
            "stop" if each == gates.REFUSED and place <= here else _place(place, here, each),
        )
        for place, each in enumerate(way)
    ]


def _place(place: int, here: int, state: str) -> str:
    if place < here or (place == here and state == gates.CLOSED):
        return "done"
    return "now" if place == here else "next"


def missing_in_demand(case: AuthorityCase) -> list[str]:
    """What is missing before this demand can be approved, in sentences."""
    return gates.missing_in_demand(demand_of(case))


def access_words(person: DealPerson, day: date) -> str:
    """Why this outsider may not look on ``day``; "" when they may."""
    return gates.why_no_access(access_of(person), day)


def looks_at(deal: DealCase) -> QuerySet:
    """Every look of every outsider of a deal, the newest first."""
    return DealRead.objects.filter(person__case=deal).select_related("person").order_by("-at", "pk")


def cases_per_year(kind: str) -> Plot:
    """Demands ("authority") or deals ("deal") per year, by what became of them."""
    if kind == "authority":
        rows = AuthorityCase.objects.values_list("received_on__year", "handed_over_on", "decision_code")
        sorted_ = Counter((year, _fate(handed is not None, bool(code))) for year, handed, code in rows)
        return _plot(_("Demands of authorities per year"), _("By the day they were received."), sorted_)
    rows = DealCase.objects.values_list("starts_on__year", "state", "control_changed")
    sorted_ = Counter(
        (year, _fate(state == gates.APPROVED or changed is not None, state == gates.REFUSED))
        for year, state, changed in rows
    )
    return _plot(_("Deals per year"), _("By the first day of access."), sorted_)


def _fate(let_through: bool, refused: bool) -> int:
    return 0 if let_through else 1 if refused else 2


def _plot(title: str, description: str, numbers: Counter) -> Plot:
    years = sorted({year for year, _kind in numbers}, reverse=True)
    rows = [(str(year), tuple(numbers[year, kind] for kind in range(3))) for year in years]
    return Plot(title, description, [_("let through"), _("refused"), _("not decided")], rows)
