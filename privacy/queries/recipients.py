"""The register of recipients as the office reads it: who, with what agreement, and what went there (N46, L32)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy.declare import Activity
from privacy.models import Disclosure, OfficeDocument, Recipient
from privacy.plots import Plot
from privacy.rules.deadlines import OSLO, add_months, oslo_date

SENT, RECEIVED = Disclosure.Direction.SENT, Disclosure.Direction.RECEIVED
MONTHS = 12


def recipients() -> QuerySet[Recipient]:
    """Everybody in the register, those who wait for somebody first; with how often and when last they received."""
    sent = Q(disclosures__direction=SENT)
    rows = Recipient.objects.annotate(
        hand_overs=Count("disclosures", filter=sent), last_at=Max("disclosures__at", filter=sent)
    )
    return rows.order_by("name", "pk")


def waiting_for_approval() -> list[Recipient]:
    """Proposed recipients, and others with a change that somebody else must agree to."""
    proposed = Q(state=Recipient.State.PROPOSED)
    return list(Recipient.objects.filter(proposed | Q(change_at__isnull=False)).order_by("name"))


def partners_in_force() -> list[Recipient]:
    """Everybody who has not ended, by name."""
    return list(Recipient.objects.exclude(state=Recipient.State.ENDED).order_by("name"))


def of_activity(activity: Activity, partners: list[Recipient]) -> list[Recipient]:
    """Those of these partners who may receive data for this activity, or are named in its declaration."""
    return [row for row in partners if row.code in activity.recipients or activity.code in row.activities]


def papers_of(recipient: Recipient) -> list[tuple[OfficeDocument, str, date | None]]:
    """(paper, "current" | "proposed" | "past", its last day) of every agreement, the one in force first."""
    found = []
    if recipient.agreement_id:
        found.append((str(recipient.agreement_id), "current", recipient.agreement_expires_on))
    if "agreement" in recipient.proposed_change:
        found.append((recipient.proposed_change["agreement"], "proposed", None))
    for past in reversed(recipient.past_agreements):
        until = date.fromisoformat(past["until"]) if past["until"] else None
        found.append((past["paper"], "past", until))
    papers = {str(row.pk): row for row in OfficeDocument.objects.filter(pk__in=[key for key, *_rest in found])}
    return [(papers[key], kind, until) for key, kind, until in found if key in papers]


def plot_of(recipient: Recipient, *, day: date) -> Plot:
    """Hand-overs per month, this one and the eleven before it."""
    first = add_months(day.replace(day=1), 1 - MONTHS)
    start = datetime(first.year, first.month, 1, tzinfo=OSLO)
    rows = Disclosure.objects.filter(recipient=recipient, at__gte=start).values_list("at", "direction")
    found = Counter((oslo_date(at).replace(day=1), direction) for at, direction in rows.iterator())
    months = [add_months(first, number) for number in range(MONTHS)]
    return Plot(
        _("Hand-overs per month"),
        _("How often data went to this recipient, or came from it, in the last twelve months."),
        [str(SENT.label), str(RECEIVED.label)],
        [(date_format(month, "M Y"), (found[month, SENT], found[month, RECEIVED])) for month in months],
    )
