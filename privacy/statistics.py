"""What the engine itself counts: answers to questions of consent, and rights that were used (N57)."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.counting import YEAR
from privacy.models import ConsentEvent, ConsentKind, SubjectRequest


def purposes() -> dict:
    """Every question of consent by its title."""
    return {purpose.code: purpose.title for purpose in registry.purposes()}


def _answers(kinds, first, last) -> dict:
    events = ConsentEvent.objects.filter(kind__in=kinds, at__date__range=(first, last), purpose__in=purposes())
    return dict(events.order_by().values_list("purpose").annotate(number=Count("pk")))


@registry.statistic(
    "consents-given",
    title=_("Consents given"),
    plainly=_("Each yes, by what was asked; a yes that was renewed counts again."),
    values=purposes,
)
def consents_given(first, last) -> dict:
    return _answers([ConsentKind.GIVEN, ConsentKind.RENEWED], first, last)


@registry.statistic(
    "consents-withdrawn",
    title=_("Consents taken back"),
    plainly=_("Each yes that was taken back, by what had been asked."),
    values=purposes,
)
def consents_withdrawn(first, last) -> dict:
    return _answers([ConsentKind.WITHDRAWN], first, last)


@registry.statistic(
    "rights-used",
    title=_("Rights used"),
    plainly=_("Requests to see, correct, delete or stop, by right."),
    values=lambda: dict(SubjectRequest._meta.get_field("right").choices),
    per=YEAR,
)
def rights_used(first, last) -> dict:
    cases = SubjectRequest.objects.filter(received_on__range=(first, last))
    return dict(cases.order_by().values_list("right").annotate(number=Count("pk")))
