"""What careers counts before applications go (N32, N57, L42): per year, nothing per applicant."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from careers.models import Application, Finding
from careers.models.application import DECIDED
from privacy import registry
from privacy.counting import YEAR


@registry.statistic(
    "applications",
    title=_("Applications"),
    plainly=_("How many applications came in, all vacancies together."),
    per=YEAR,
)
def applications(first, last) -> dict:
    return {"": Application.objects.filter(submitted_at__date__range=(first, last)).count()}


@registry.statistic(
    "decisions",
    title=_("Decisions about applications"),
    plainly=_("How applications ended, all vacancies together. One that was taken back is deleted and counts nowhere."),
    values=lambda: {state.value: state.label for state in DECIDED},
    per=YEAR,
)
def decisions(first, last) -> dict:
    rows = Application.objects.filter(decided_on__range=(first, last), state__in=DECIDED)
    return dict(rows.order_by().values_list("state").annotate(number=Count("pk")))


@registry.statistic(
    "findings",
    title=_("Sensitive content closed off"),
    plainly=_("How often something was found in an application that should not stand there; never what or whose."),
    per=YEAR,
)
def findings(first, last) -> dict:
    return {"": Finding.objects.filter(found_at__date__range=(first, last)).count()}
