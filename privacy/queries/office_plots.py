"""The office in pictures: requests by month, days to an answer, tasks by kind, erasures by month. Numbers alone."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy.models import Erasure, SubjectRequest
from privacy.plots import Plot, since_the_first
from privacy.queries.worklist import Worklist
from privacy.rules.deadlines import OSLO, add_months

MONTHS = 12
REQUESTS, ERASURES = "privacy.view_subjectrequest", "privacy.view_erasure"


def office_plots(user, found: Worklist) -> list[Plot]:
    """The pictures ``user`` has the rights for, at most four, in four queries."""
    months = last_months(found.day)
    plots = [tasks_by_kind(found)]
    if user.has_perm(REQUESTS):
        plots += [requests_by_month(months), days_to_answer(months)]
    if user.has_perm(ERASURES):
        plots.append(erasures_by_month(months))
    return plots


def last_months(day: date) -> list[date]:
    """The first days of this month and the eleven before it, oldest first."""
    first = day.replace(day=1)
    return [add_months(first, -back) for back in range(MONTHS - 1, -1, -1)]


def tasks_by_kind(found: Worklist) -> Plot:
    """What waits, by the part of the office it belongs to."""
    rows = [(title, (late, number - late)) for _code, title, number, late in found.kinds]
    return Plot(_("Tasks by kind"), _("What waits today, and what of it is late."), [_("late"), _("in time")], rows)


def requests_by_month(months: list[date]) -> Plot:
    """Requests that arrived and requests that were answered."""
    received, answered = _by_month("received_on", months), _by_month("answered_on", months)
    rows = [(_title(month), (received.get(month, 0), answered.get(month, 0))) for month in months]
    return Plot(
        _("Requests by month"),
        _("How many arrived, and how many were answered."),
        [_("received"), _("answered")],
        since_the_first(rows),
        apart=True,
    )


def _by_month(column: str, months: list[date]) -> dict[date, int]:
    rows = SubjectRequest.objects.filter(**{f"{column}__gte": months[0]}).order_by()
    counted = rows.annotate(month=TruncMonth(column)).values_list("month").annotate(number=Count("pk"))
    return dict(counted)


def days_to_answer(months: list[date]) -> Plot:
    """The middle one of the days between arrival and answer, by the month of the answer: half took longer."""
    taken: dict[date, list[int]] = {}
    answered = SubjectRequest.objects.filter(answered_on__gte=months[0]).order_by()
    for received, on in answered.values_list("received_on", "answered_on").iterator(chunk_size=2000):
        taken.setdefault(on.replace(day=1), []).append((on - received).days)
    rows = [(_title(month), (_middle(taken.get(month, [])),)) for month in months]
    return Plot(
        _("Days to an answer"),
        _("From arrival to answer, the middle value of each month: half of them took longer."),
        [_("days")],
        since_the_first(rows),
    )


def _middle(numbers: list[int]) -> int:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0


def erasures_by_month(months: list[date]) -> Plot:
    """Erasures ordered for one person, by why; the nightly run's own are counted with the runs."""
    first = months[0]
    rows = Erasure.objects.filter(created_at__date__gte=first).order_by()
    by_month = rows.annotate(month=TruncMonth("created_at", tzinfo=OSLO, output_field=DateField()))
    counted = {(month, cause): n for month, cause, n in by_month.values_list("month", "cause").annotate(n=Count("pk"))}
    causes = list(Erasure.Cause)
    drawn = [(_title(month), tuple(counted.get((month, cause.value), 0) for cause in causes)) for month in months]
    return Plot(
        _("Erasures by month"),
        _("Ordered in each month, by why."),
        [str(cause.label) for cause in causes],
        since_the_first(drawn),
    )


def _title(month: date) -> str:
    return date_format(month, "M Y")
