"""What HR still has to do about people who were hired: put the file into the personnel system before it goes here."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from careers import kept
from careers.models import Application, State
from privacy import tasks
from privacy.queries import active


@tasks.source("careers.hired")
def files_to_move(day: date):
    """One task for each person who was hired and not moved yet, due on their first day at work, else when it goes."""
    rows = Application.objects.filter(state=State.HIRED, moved_on__isnull=True)
    for row in active(rows).order_by("starts_on", "clock_from", "pk"):
        number = str(row.pk)[:4].upper()
        yield tasks.Task(
            kind="careers.hired",
            title=_("Put the file of applicant %(number)s into the personnel system") % {"number": number},
            url=reverse("careers_applications:inspect", args=[row.pk]),
            right="careers.change_application",
            due_on=row.starts_on or kept.kept_until(row.clock_from),
            law="N32",
        )
