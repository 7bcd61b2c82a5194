"""What the screens read. Applicants reach their own rows through their person, staff through what is shared."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import get_language

from careers import blindness
from careers.blindness import is_blind as is_blind
from careers.models import Answer, Application, Hiring, Question, State, TalentPoolEntry, VacancyPage, VacancyShare
from careers.models.application import DECIDED
from careers.rules import adverts
from careers.withholding import is_withheld as is_withheld
from careers.withholding import readable as readable
from privacy.queries import active
from privacy.screens.scoping import unlock

ON_HOME = 8


def own_applications(user):
    """The applications of the person signed in, the newest first, without withdrawn ones: they are on their way out."""
    own = Application.objects.filter(subject__in=user.subject.group()).exclude(state=State.WITHDRAWN)
    return own.select_related("subject", "vacancy").order_by("-submitted_at")


def own_pool_entries(user):
    """The talent pool entries of the person signed in."""
    return TalentPoolEntry.objects.filter(subject__in=user.subject.group()).select_related("subject")


def readable_by(queryset, user):
    """Of these applications those a member of staff may read: all for HR, shared vacancies for a hiring leader (N31).

    A share is for a vacancy in all its languages and includes its last day. Withdrawn applications are nobody's. Each
    row says itself whether a blind review hides from this reader who applied (`blindness`).
    """
    queryset = blindness.marked(queryset.exclude(state=State.WITHDRAWN), user)
    if user.has_perm("careers.read_every_application"):
        return queryset
    shared = VacancyShare.objects.filter(user=user, until__gte=timezone.localdate())
    return queryset.filter(vacancy_reference__in=shared.values("vacancy__reference"))


def shown_name(row, user) -> str:
    """What this reader may call the applicant: the name, or a number in a blind review and where there is none left."""
    return blindness.number_of(row) if is_blind(row, user) else row.full_name or blindness.number_of(row)


@dataclass(frozen=True)
class VacancyNumbers:
    """One vacancy in numbers: how many applications stand in each stage, empty stages left out."""

    page: VacancyPage
    is_open: bool
    stages: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(number for _stage, number in self.stages)


def vacancy_numbers(user, *, now) -> list[VacancyNumbers]:
    """Open vacancies and closed ones with undecided applications, the first to close first; never anybody's name.

    A hiring leader gets the vacancies that are shared with them. The languages of a vacancy are one. Four queries
    at most, however many vacancies there are.
    """
    counted = stage_counts(user)
    waiting = {reference for reference, stages in counted.items() if set(stages) - set(DECIDED)}
    pages = one_language(vacancies_for(user).select_related("locale").order_by("closes_at", "pk"))
    hirings = Hiring.objects.by_reference(pages)
    is_open = {reference: adverts.is_open(page, hirings.get(reference), now) for reference, page in pages.items()}
    return [
        VacancyNumbers(page, is_open[reference], [(State(s).label, n) for s, n in counted.get(reference, {}).items()])
        for reference, page in pages.items()
        if is_open[reference] or reference in waiting
    ]


def new_applications(user) -> list[Application]:
    """The newest applications nobody has begun to read, at most eight, with all their keys fetched at once."""
    waiting = readable_by(active(Application.objects.filter(state=State.SUBMITTED)), user)
    return unlock(waiting.order_by("-submitted_at", "pk")[:ON_HOME])


def vacancies_for(user):
    """The vacancy pages, in all their languages, this member of staff may work with."""
    if user.has_perm("careers.read_every_application"):
        return VacancyPage.objects.all()
    shared = VacancyShare.objects.filter(user=user, until__gte=timezone.localdate())
    return VacancyPage.objects.filter(reference__in=shared.values("vacancy__reference"))


def vacancy_for(user, reference: str) -> VacancyPage | None:
    """The page of one vacancy this member of staff may work with, in their language if there is one; else None."""
    pages = vacancies_for(user).filter(reference=reference).select_related("locale").order_by("pk")
    return one_language(pages).get(reference)


def stage_counts(user) -> dict[str, dict[str, int]]:
    """{reference: {stage: number}}, the stages in the order in which they follow one another."""
    rows = readable_by(active(Application.objects.order_by()), user)
    found = {}
    numbers = rows.values_list("vacancy_reference", "state").annotate(number=Count("pk"))
    for reference, state, number in sorted(numbers, key=lambda row: State.values.index(row[1])):
        found.setdefault(reference, {})[state] = number
    return found


def key_of(page) -> str:
    """What its languages are found together by: the reference, or the page itself while it has none."""
    return page.reference or f"draft {page.pk}"


def one_language(pages) -> dict[str, VacancyPage]:
    """{reference: page}: the page in the reader's language where there is one; a draft may have no reference yet."""
    found = {}
    for page in pages:
        key = key_of(page)
        if key not in found or page.locale.language_code == get_language():
            found[key] = page
    return found


def questions_of(reference: str) -> list[Question]:
    """What is asked of everybody who applies for a vacancy, in its order."""
    return list(Question.objects.filter(hiring__reference=reference))


def answers_of(application, *, for_staff: bool = False) -> list[tuple[str, str]]:
    """(question, answer) as they were asked and given, in the application's language; only what was answered.

    Staff do not get an answer that was closed off.
    """
    rows = active(Answer.objects.filter(application=application.pk).select_related("application"))
    found = unlock(readable(rows) if for_staff else rows)
    return [(row.question_text, row.text) for row in found if row.text]
