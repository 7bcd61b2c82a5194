"""Every hand-over as the office reads it: filtered, drawn, exported with a purpose (N49, L9, L44)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry
from privacy.models import Disclosure, InformationDuty, PendingHandOver
from privacy.plots import Plot
from privacy.rules.deadlines import OSLO, add_months

SENT, RECEIVED = Disclosure.Direction.SENT, Disclosure.Direction.RECEIVED
COLUMNS = ("id", "at", "recipient", "direction", "activity", "purpose", "basis", "fields", "about", "case", "sha256")
# What a spreadsheet would read as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def disclosures(
    *, recipient: str = "", month: date | None = None, activity: str = "", direction: str = ""
) -> QuerySet[Disclosure]:
    """The hand-overs of one recipient (its code), month (its first day), activity and direction, newest first."""
    rows = Disclosure.objects.select_related("recipient").order_by("-at", "pk")
    if recipient:
        rows = rows.filter(recipient__code=recipient)
    if month:
        rows = rows.filter(at__gte=_starts(month), at__lt=_starts(add_months(month, 1)))
    if activity:
        rows = rows.filter(activity=activity)
    return rows.filter(direction=direction) if direction else rows


def _starts(month: date) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=OSLO)


def plot_of(rows: QuerySet[Disclosure]) -> Plot:
    """Hand-overs per partner, the busiest first."""
    counted = (
        rows.order_by()
        .values_list("recipient__name")
        .annotate(sent=Count("pk", filter=Q(direction=SENT)), got=Count("pk", filter=Q(direction=RECEIVED)))
    )
    found = sorted(counted, key=lambda row: (-(row[1] + row[2]), row[0]))
    return Plot(
        _("Hand-overs by partner"),
        _("How often data went to each partner, and came from it, in what is shown below."),
        [str(SENT.label), str(RECEIVED.label)],
        [(name, (sent, got)) for name, sent, got in found],
    )


def activities_used() -> list[str]:
    """Codes of the activities anything was ever handed over for."""
    return sorted(set(Disclosure.objects.order_by().values_list("activity", flat=True).distinct()))


def months_used() -> list[date]:
    """The months, as their first days, in which anything was handed over, newest first."""
    month = TruncMonth("at", tzinfo=OSLO, output_field=models.DateTimeField())
    found = Disclosure.objects.order_by().annotate(month=month).values_list("month", flat=True).distinct()
    return sorted({timezone.localtime(each, OSLO).date() for each in found}, reverse=True)


def purpose_of(row: Disclosure) -> str:
    """The DPV purpose it was made for; rows older than the column take their activity's."""
    known = {activity.code: activity.purpose for activity in registry.activities()}
    return row.purpose or known.get(row.activity, "")


def waiting() -> QuerySet[PendingHandOver]:
    """Hand-overs a partner did not take, oldest first."""
    rows = PendingHandOver.objects.filter(state=PendingHandOver.State.PENDING)
    return rows.select_related("recipient").order_by("first_tried_at")


def people_to_tell() -> QuerySet[InformationDuty]:
    """People who are to be told where data about them came from, by the last day to do so."""
    rows = InformationDuty.objects.filter(settled_on__isnull=True)
    return rows.select_related("disclosure__recipient").order_by("due_on", "pk")


def lines(rows: QuerySet[Disclosure]) -> Iterator[list[str]]:
    """The export: a line of headings, then one per hand-over; keys and names of fields, nobody's data."""
    yield list(COLUMNS)
    for row in rows.iterator(500):
        yield [
            safe(value)
            for value in (
                str(row.pk),
                row.at.isoformat(),
                row.recipient.name,
                row.direction,
                row.activity,
                purpose_of(row),
                row.basis,
                " ".join(row.field_names),
                f"{row.about_model} {row.about_pk}".strip(),
                str(row.case or ""),
                row.payload_digest,
            )
        ]


def safe(value: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def write_csv(target, rows: QuerySet[Disclosure]) -> None:
    """Write the export to a file-like target."""
    csv.writer(target).writerows(lines(rows))
