"""What hiring owes by a day: applicants who have asked who was hired get an answer (ldl § 31, L42)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from careers.models import HireQuestion
from careers.rules.assessments import answer_due
from privacy import tasks
from privacy.queries import active

LAW = "likestillings- og diskrimineringsloven § 31"


@tasks.source("who-was-hired")
def questions_to_answer(day: date) -> Iterator[tasks.Task]:
    """One task for each vacancy somebody has asked about. One query."""
    waiting = active(HireQuestion.objects.filter(answered_on__isnull=True))
    first = waiting.order_by().values_list("application__vacancy_reference").annotate(first=Min("asked_on"))
    for reference, asked_on in sorted(first, key=lambda row: (row[1], row[0])):
        yield tasks.Task(
            kind="who-was-hired",
            title=_("Answer who was hired: %(reference)s") % {"reference": reference},
            url=reverse("careers_pack", args=[reference]),
            right="careers.add_decisionrecord",
            due_on=answer_due(asked_on),
            law=LAW,
        )
