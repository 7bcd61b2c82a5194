"""What the clocks have taken and will take, for the office: counts, plans and periods, and never a name (N54)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy import periods, registry, words
from privacy.actions.retention_clock import clock_doubt
from privacy.actions.retention_plan import Item, clocked, retention_plan
from privacy.declare import BLANK
from privacy.models import LegalHold, RetentionRule, RetentionRun
from privacy.plots import Plot
from privacy.queries.held import rule_text
from privacy.reach import Declaration
from privacy.rules.deadlines import add_months

MONTHS = 12
ENDED = ("done", "failed")
ACTIONS = {
    "delete": gettext_lazy("is deleted"),
    "blank": gettext_lazy("is made anonymous"),
    "held": gettext_lazy("stays: held"),
    "restricted": gettext_lazy("stays: its use is paused"),
    "failed": gettext_lazy("stays: its file could not be removed"),
}


@dataclass(frozen=True)
class Coming:
    """Due rows of one class: overdue today, then those of each of the next twelve months."""

    model: str
    title: str
    rule: str
    overdue: int
    months: list[int]

    @property
    def total(self) -> int:
        return self.overdue + sum(self.months)


def month_starts(day: date) -> list[date]:
    """The first days of this month and the twelve after it."""
    return [add_months(day.replace(day=1), ahead) for ahead in range(MONTHS + 1)]


def coming(day: date) -> list[Coming]:
    """What falls due in this month and the eleven after it, by class; one query a class. Holds are not looked at."""
    with periods.read_once():
        found = [_coming(declaration, day) for declaration in clocked()]
    return sorted((each for each in found if each.total), key=lambda each: (-each.total, each.title))


def _coming(declaration: Declaration, day: date) -> Coming:
    # A row is due on the day after its last one: the last day of a month is the last on which it falls due in it.
    ends = [day, *(start - timedelta(days=1) for start in month_starts(day)[1:])]
    counts = {f"until_{index}": Count("pk", filter=_due_on(declaration, end)) for index, end in enumerate(ends)}
    rows = declaration.model._base_manager.filter(_due_on(declaration, ends[-1]))
    reached = list(rows.aggregate(**counts).values())
    months = [later - earlier for earlier, later in zip(reached, reached[1:], strict=False)]
    return Coming(declaration.name(), str(declaration.title), rule_text(declaration), reached[0], months)


def _due_on(declaration: Declaration, day: date) -> Q:
    """The rows a run on ``day`` would look at, as a clause, so that one query counts many days."""
    due = periods.due_on(declaration.model, periods.keep_of(declaration, day), day)
    if declaration.on_erase is BLANK:
        due &= Q(**{f"{declaration.subject.split('__')[0]}__isnull": False})
    return due


def coming_plot(found: list[Coming], day: date) -> Plot:
    """All classes together: one bar a month."""
    starts = month_starts(day)[:-1]
    sums = [sum(each.months[index] for each in found) for index in range(MONTHS)]
    rows = [(date_format(start, "F Y"), (number,)) for start, number in zip(starts, sums, strict=True)]
    return Plot(
        _("What falls due, month by month"),
        _("Rows whose time is up in each of the next twelve months. What a hold keeps is still counted here."),
        [_("rows due")],
        rows,
    )


def gone_plot(day: date) -> Plot:
    """What really went in the last twelve months, from what the runs wrote down."""
    starts = [add_months(day.replace(day=1), -back) for back in range(MONTHS - 1, -1, -1)]
    sums = {(start.year, start.month): Counter() for start in starts}
    runs = RetentionRun.objects.filter(mode=RetentionRun.Mode.REAL, state__in=ENDED, as_of__gte=starts[0])
    for as_of, classes in runs.values_list("as_of", "classes"):
        for each in classes:
            sums.get((as_of.year, as_of.month), Counter()).update({n: each.get(n, 0) for n in ("deleted", "blanked")})
    rows = [(date_format(s, "F Y"), tuple(sums[s.year, s.month][n] for n in ("deleted", "blanked"))) for s in starts]
    return Plot(
        _("What went, month by month"),
        _("Rows that the nightly runs deleted or made anonymous. These numbers are kept for ever."),
        [_("deleted"), _("made anonymous")],
        rows,
    )


@dataclass(frozen=True)
class Desk:
    """What the first page says needs somebody: a question about the clock, a stopped plan, a backlog, proposals."""

    clock: str
    stopped: RetentionRun | None
    backlog: int
    newest: RetentionRun | None
    proposed: list[RetentionRule]


def desk() -> Desk:
    newest = RetentionRun.objects.filter(mode=RetentionRun.Mode.REAL).order_by("-started_at").first()
    return Desk(
        clock=clock_doubt(),
        stopped=waiting_plan(),
        backlog=newest.backlog if newest is not None else 0,
        newest=newest,
        proposed=list(RetentionRule.objects.filter(state=RetentionRule.State.DRAFT).order_by("proposed_at")),
    )


def waiting_plan() -> RetentionRun | None:
    """The newest plan the brake stopped and nobody has allowed, unless a run has gone through since."""
    stopped = RetentionRun.objects.filter(state="stopped").order_by("-started_at").first()
    if stopped is None or stopped.allowed_at is not None:
        return None
    later = RetentionRun.objects.filter(mode=RetentionRun.Mode.REAL, state__in=ENDED)
    return None if later.filter(started_at__gt=stopped.started_at).exists() else stopped


@dataclass(frozen=True)
class RunPage:
    """One run with its classes in words: (title, counts)."""

    run: RetentionRun
    classes: list[tuple[str, dict]]
    sums: dict

    @property
    def due(self) -> int:
        return self.sums.get("due", 0)

    @property
    def gone(self) -> int:
        return self.sums.get("deleted", 0) + self.sums.get("blanked", 0)

    @property
    def stayed(self) -> int:
        return self.sums.get("held", 0) + self.sums.get("restricted", 0)

    @property
    def failed(self) -> int:
        return self.sums.get("failed", 0)

    @property
    def rules(self) -> list[str]:
        """The periods that were set by rules, by class: "Contact details v2"."""
        named = (rule.rpartition(" ") for rule in self.run.rules)
        return [f"{words.class_title(label)} {version}" for label, _blank, version in named]

    @property
    def stopped_by(self) -> list[str]:
        return [words.class_title(label) for label in self.run.stopped_by]


def run_page(run: RetentionRun) -> RunPage:
    sums: Counter = Counter()
    for each in run.classes:
        sums.update({name: number for name, number in each.items() if name != "model"})
    titled = sorted(((words.class_title(each["model"]), each) for each in run.classes), key=lambda pair: pair[0])
    return RunPage(run, titled, dict(sums))


@dataclass(frozen=True)
class ShownItem:
    """One row of a plan: which one by our reference, what becomes of it, why, until when, and the hold behind it."""

    reference: str
    action: str
    goes: bool
    reason: str
    law: str
    until: date | None
    hold: LegalHold | None


def items(label: str, day: date, *, start: int, most: int, only: str = "") -> list[ShownItem]:
    """Up to ``most`` rows of one class of the plan of ``day``, from the ``start``th on; ``only`` goes or stays."""
    declaration = registry.declaration_of(label)
    with periods.read_once():
        wanted = islice(_chosen(retention_plan(day).of(declaration).items, only), start, start + most)
        found = list(wanted)
    stays = [str(item.pk) for item in found if not item.goes]
    holds = {}
    for hold in LegalHold.objects.filter(model=label, object_pk__in=stays, released_at__isnull=True).order_by("until"):
        holds[hold.object_pk] = hold
    return [
        ShownItem(
            f"{words.model_title(label)} {str(item.pk)[:8]}",
            str(ACTIONS[item.action]),
            item.goes,
            str(item.reason),
            item.law,
            item.until,
            holds.get(str(item.pk)),
        )
        for item in found
    ]


def _chosen(found: Iterator[Item], only: str) -> Iterator[Item]:
    return (item for item in found if only not in ("goes", "stays") or item.goes == (only == "goes"))


def runs_on_a_clock(label: str) -> bool:
    """Whether rows of this class go by a clock of their own."""
    return label in {declaration.name() for declaration in clocked()}
