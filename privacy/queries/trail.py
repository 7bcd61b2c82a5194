"""The trail as the office sees it: entries without names, months in numbers, checks, purges and redactions (T33)."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy.models import (
    Backup,
    RedactionProposal,
    RestoreDrill,
    TrailCheckpoint,
    TrailEntry,
    TrailLoss,
    TrailPurge,
    TrailRedaction,
    Verification,
)
from privacy.plots import Plot
from privacy.rules.deadlines import OSLO, add_months

ON_PAGE = 50
MONTHS = 12


def entries(*, act: str = "", record: str = "", person: str = "", day: date | None = None, before: int | None = None):
    """Up to ON_PAGE + 1 entries, the newest first. ``record`` and ``person`` are keys in full, ``act`` a code or its
    beginning, ``before`` the key of an entry: older ones only. Never counts the whole table."""
    found = TrailEntry.objects.order_by("-pk")
    if act:
        found = found.filter(action__startswith=act)
    if record:
        found = found.filter(object_pk=record)
    if person:
        found = found.filter(subject=_key(person)) if _key(person) else found.none()
    if day:
        begin = datetime.combine(day, datetime.min.time(), tzinfo=OSLO)
        found = found.filter(at__gte=begin, at__lt=begin + timedelta(days=1))
    if before:
        found = found.filter(pk__lt=before)
    return list(found[: ON_PAGE + 1])


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def acts_by_month(day: date) -> Plot:
    """How many acts were noted in each of the last twelve months. One query."""
    first = [add_months(day.replace(day=1), -back) for back in reversed(range(MONTHS))]
    begin = datetime.combine(first[0], datetime.min.time(), tzinfo=OSLO)
    month = TruncMonth("at", tzinfo=OSLO, output_field=DateField())
    counted = TrailEntry.objects.filter(at__gte=begin).annotate(month=month).order_by().values_list("month")
    numbers = dict(counted.annotate(Count("pk")))
    rows = [(date_format(each, "F Y"), (numbers.get(each, 0),)) for each in first]
    return Plot(_("Acts by month"), _("How many acts the trail has noted in each month."), [_("acts")], rows)


def state_of_the_trail() -> dict:
    """The last finished check, one that waits, the newest checkpoint, and how the ledger's own rows stand."""
    checks = Verification.objects.order_by("-asked_at")
    return {
        "last": checks.exclude(state=Verification.State.WAITING).first(),
        "waiting": checks.filter(state=Verification.State.WAITING).first(),
        "checkpoint": TrailCheckpoint.objects.order_by("-number").first(),
        "proposals": list(RedactionProposal.objects.filter(state="proposed").order_by("asked_at")),
        "redactions": list(TrailRedaction.objects.order_by("-at")[:ON_PAGE]),
        "purges": list(TrailPurge.objects.order_by("-last_seal")[:ON_PAGE]),
        "losses": list(TrailLoss.objects.order_by("-at")[:ON_PAGE]),
        "backups": list(Backup.objects.order_by("-made_at")[:10]),
        "drills": list(RestoreDrill.objects.order_by("-at")[:10]),
    }
