"""What careers counts before applications go (N32, N57, L42): per year, nothing per applicant."""

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models import Application, Finding
from careers.models.advert import Occupation
from careers.models.application import DECIDED, ReceivedBy
from privacy import registry
from privacy.counting import YEAR

# What HR sees of the house's numbers, in the order of its page.
MEASURES = (
    "applications",
    "decisions",
    "days-to-decision",
    "applications-by-occupation",
    "applications-by-channel",
    "findings",
)


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


# Days from sending to the decision; the last band is open.
BANDS = {"0-14": (0, 14), "15-30": (15, 30), "31-60": (31, 60), "61-90": (61, 90), "over-90": (91, 10_000)}


@registry.statistic(
    "applications-by-occupation",
    title=_("Applications by kind of work"),
    plainly=_("How many applications came in, by the occupation the vacancy was advertised under."),
    values=lambda: dict(Occupation.choices),
    per=YEAR,
)
def by_occupation(first, last) -> dict:
    rows = Application.objects.filter(submitted_at__date__range=(first, last), vacancy__isnull=False)
    return dict(rows.order_by().values_list("vacancy__occupation").annotate(number=Count("pk")))


@registry.statistic(
    "applications-by-channel",
    title=_("Applications by the way they came"),
    plainly=_("How many applications came in by the form, by mail, by post, by phone and by hand."),
    values=lambda: {each.value: each.label for each in ReceivedBy},
    per=YEAR,
)
def by_channel(first, last) -> dict:
    rows = Application.objects.filter(submitted_at__date__range=(first, last))
    return dict(rows.order_by().values_list("received_by").annotate(number=Count("pk")))


@registry.statistic(
    "days-to-decision",
    title=_("Days until a decision"),
    plainly=_("How long applicants waited for a decision, from sending to the day somebody decided."),
    values=lambda: {
        "0-14": _("up to 14 days"),
        "15-30": _("15 to 30 days"),
        "31-60": _("31 to 60 days"),
        "61-90": _("61 to 90 days"),
        "over-90": _("more than 90 days"),
    },
    per=YEAR,
)
def days_to_decision(first, last) -> dict:
    found = dict.fromkeys(BANDS, 0)
    rows = Application.objects.filter(decided_on__range=(first, last), state__in=DECIDED)
    for decided_on, submitted_at in rows.values_list("decided_on", "submitted_at"):
        found[band_of((decided_on - timezone.localdate(submitted_at)).days)] += 1
    return found


def band_of(days: int) -> str:
    """The band a number of days falls into; a letter registered late was decided on its first day at the earliest."""
    return next(band for band, (_first, last) in BANDS.items() if days <= last)
