"""The weekly report of looks at records that were others' to look after, and the task to go through it (T38)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy import tasks
from privacy.models import ReadReview, StaffRead
from privacy.rules.deadlines import oslo_date

WEEK = timedelta(days=7)
# A week nobody went through stays a task for this long; the looks themselves are kept for twelve months.
WEEKS_BACK = 8
MOST_LOOKS = 500
OUTSIDE = Q(assigned=False)


@dataclass(frozen=True)
class ReadLine:
    """What one colleague looked at in one week: how many records, and how many of them were others' to look after."""

    actor: object
    name: str
    role: str
    reads: int
    outside: int


@dataclass(frozen=True)
class WeekReport:
    """One week from Monday to Sunday; ``looks`` are those outside one's own work, at most 500, newest first."""

    week: date
    lines: list[ReadLine]
    looks: list[StaffRead]
    review: ReadReview | None
    is_over: bool

    @property
    def last_day(self) -> date:
        return self.week + WEEK - timedelta(days=1)

    @property
    def reads(self) -> int:
        return sum(line.reads for line in self.lines)

    @property
    def outside(self) -> int:
        return sum(line.outside for line in self.lines)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_report(week: date) -> WeekReport:
    """The looks of the week that begins on Monday ``week``, by colleague; most outside first. Four queries."""
    rows = StaffRead.objects.filter(on__gte=week, on__lt=week + WEEK)
    counted = rows.order_by().values("actor").annotate(reads=Count("pk"), outside=Count("pk", filter=OUTSIDE))
    roles = dict(rows.order_by("first_at").values_list("actor", "role"))
    users = get_user_model()._base_manager.filter(pk__in=roles)
    names = {user.pk: user.get_full_name() or user.email for user in users}
    lines = [
        ReadLine(each["actor"], names.get(each["actor"], ""), roles[each["actor"]], each["reads"], each["outside"])
        for each in counted
    ]
    return WeekReport(
        week=week,
        lines=sorted(lines, key=lambda line: (-line.outside, -line.reads, line.name)),
        looks=list(rows.filter(OUTSIDE).order_by("-first_at", "-pk")[:MOST_LOOKS]),
        review=ReadReview.objects.filter(week=week).first(),
        is_over=week + WEEK <= oslo_date(timezone.now()),
    )


@tasks.source("reads")
def read_tasks(day: date) -> Iterator[tasks.Task]:
    """One task for each week that is over, had looks outside one's work, and nobody has gone through. Two queries."""
    first = monday_of(day) - WEEKS_BACK * WEEK
    days = StaffRead.objects.filter(OUTSIDE, on__gte=first, on__lt=monday_of(day)).order_by()
    settled = set(ReadReview.objects.filter(week__gte=first).values_list("week", flat=True))
    weeks = {monday_of(on) for on in days.values_list("on", flat=True).distinct()} - settled
    for week in sorted(weeks):
        yield tasks.Task(
            kind="reads",
            title=_("Go through the looks at others' records in the week from %(day)s")
            % {"day": date_format(week, "SHORT_DATE_FORMAT")},
            url=f"{reverse('privacy-reads')}?week={week.isoformat()}",
            right="privacy.add_readreview",
            due_on=week + 2 * WEEK - timedelta(days=1),
            law="Art 32",
        )
