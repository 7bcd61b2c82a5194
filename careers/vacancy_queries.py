"""What the staff pages read about vacancies: where each stands, and what closing one does to whom."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate
from django.utils import timezone

from careers import queries
from careers.kept import deleted_on
from careers.models import Application, ApplicationDraft, CareersIndexPage, Hiring, State, VacancyPage
from careers.models.application import DECIDED, LIVE
from careers.rules import adverts
from careers.rules.adverts import Standing
from careers.rules.clocks import clock_start, draft_until
from privacy.queries import active

# In the order of the list: what needs somebody comes first.
OPEN, PLANNED, DRAFT, WAITING, DECIDED_ALL, NOBODY = "open", "planned", "draft", "waiting", "decided", "nobody"
_ORDER = (OPEN, PLANNED, DRAFT, WAITING, DECIDED_ALL, NOBODY)


@dataclass(frozen=True)
class VacancyRow:
    """One vacancy in the list: `state` is one of the words above, `stages` [(label, number)] without empty ones."""

    page: VacancyPage
    state: str
    closes_at: datetime
    stages: list[tuple[str, int]]
    languages: list[str]

    @property
    def total(self) -> int:
        return sum(number for _stage, number in self.stages)


@dataclass(frozen=True)
class Going:
    """So many applications of one kind, and the days on which they are deleted: the first and the last."""

    kind: str
    number: int
    first: date
    last: date


@dataclass(frozen=True)
class ClosingPlan:
    """What closing (or having closed) a vacancy means: whose time counts from when, and the day each group goes."""

    standing: Standing
    closes_at: datetime | None
    groups: list[Going] = field(default_factory=list)
    drafts: Going | None = None

    @property
    def undecided(self) -> int:
        return sum(group.number for group in self.groups if group.kind == "undecided")

    @property
    def is_decided(self) -> bool:
        """Whether somebody has been decided: then it stays closed."""
        return any(group.kind in DECIDED for group in self.groups)


def vacancy_list(user, *, now) -> list[VacancyRow]:
    """The vacancies this member of staff may work with, those that need somebody first; never anybody's name.

    The languages of a vacancy are one row. Five queries at most, however many vacancies there are.
    """
    pages = list(queries.vacancies_for(user).select_related("locale").order_by("closes_at", "pk"))
    shown = queries.one_language(pages)
    hirings, counted = Hiring.objects.by_reference(shown), queries.stage_counts(user)
    languages: dict[str, list[str]] = {}
    for page in pages:
        languages.setdefault(queries.key_of(page), []).append(page.locale.language_code)
    rows = [
        _row(page, hirings.get(reference), counted.get(reference, {}), languages[reference], now)
        for reference, page in shown.items()
    ]
    return sorted(rows, key=lambda row: _ORDER.index(row.state))


def _row(page, hiring, stages, languages, now) -> VacancyRow:
    return VacancyRow(
        page=page,
        state=_state(adverts.standing(page, hiring, now), stages),
        closes_at=adverts.closing_moment(page, hiring),
        stages=[(State(stage).label, number) for stage, number in stages.items()],
        languages=sorted(languages, reverse=True),
    )


def _state(standing, stages) -> str:
    if standing is not Standing.CLOSED:
        return {Standing.OPEN: OPEN, Standing.PLANNED: PLANNED, Standing.DRAFT: DRAFT}[standing]
    if set(stages) & set(LIVE):
        return WAITING
    return DECIDED_ALL if stages else NOBODY


def index_for(language: str) -> CareersIndexPage | None:
    """The list of vacancies new ones are written below, in this language if there is one."""
    lists = CareersIndexPage.objects.select_related("locale").order_by("path")
    return min(lists, key=lambda page: page.locale.language_code != language, default=None)


def closing_plan(hiring, page, *, now) -> ClosingPlan:
    """What closing this vacancy now does, or what its closing has done. Whoever is restricted is not counted.

    Undecided applications count from the closing day, and never before they were sent; decided ones from their own day.
    """
    stands = adverts.standing(page, hiring, now)
    closing_day = timezone.localdate(adverts.closing_moment(page, hiring) if stands is Standing.CLOSED else now)
    rows = active(Application.objects.filter(vacancy_reference=hiring.reference).exclude(state=State.WITHDRAWN))
    groups = [*_undecided(rows, closing_day), *_decided(rows)]
    return ClosingPlan(stands, adverts.closing_moment(page, hiring), groups, _drafts(hiring, now))


def _undecided(rows, closing_day) -> list[Going]:
    sent = rows.filter(state__in=LIVE).aggregate(
        number=Count("pk"), first=Min(TruncDate("submitted_at")), last=Max(TruncDate("submitted_at"))
    )
    if not sent["number"]:
        return []
    first, last = (
        deleted_on(clock_start(closing_day=closing_day, submitted_on=sent[end])) for end in ("first", "last")
    )
    return [Going("undecided", sent["number"], first, last)]


def _decided(rows) -> list[Going]:
    counted = rows.filter(state__in=DECIDED).order_by().values("state")
    found = {
        each["state"]: Going(each["state"], each["number"], deleted_on(each["first"]), deleted_on(each["last"]))
        for each in counted.annotate(number=Count("pk"), first=Min("clock_from"), last=Max("clock_from"))
    }
    return [found[state] for state in DECIDED if state in found]


def _drafts(hiring, now) -> Going | None:
    drafts = active(ApplicationDraft.objects.filter(vacancy_reference=hiring.reference, ended_at=None))
    edited = drafts.aggregate(number=Count("pk"), first=Min("edited_at"), last=Max("edited_at"))
    if not edited["number"]:
        return None
    first, last = (draft_until(timezone.localdate(edited[end])) + timedelta(days=1) for end in ("first", "last"))
    return Going("draft", edited["number"], first, last)
