"""What HR has to do by a day: closed-off content to settle, guardians to talk to, answers about times to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from careers.models import Application, Finding, Interview
from careers.models.application import LIVE
from privacy import tasks
from privacy.queries import active


@tasks.source("findings")
def findings_to_settle(day: date) -> Iterator[tasks.Task]:
    """Sensitive content that is closed off, by the day on which the clock removes it."""
    for row in active(Finding.objects.filter(state=Finding.State.OPEN)).order_by("due_on", "pk"):
        yield tasks.Task(
            kind="findings",
            title=_("Settle what is closed off in application %(number)s") % {"number": str(row.application_id)[:8]},
            url=reverse("careers_applications:finding", args=[row.application_id]) + f"?finding={row.pk}",
            right="careers.change_finding",
            due_on=row.due_on,
            law="GDPR Art 9",
        )


@tasks.source("guardians")
def guardians_to_talk_to(day: date) -> Iterator[tasks.Task]:
    """Applicants under 18 whose guardian nobody has talked to; no date, but nothing moves on before."""
    waiting = Application.objects.filter(minor=True, state__in=LIVE, guardian_check__isnull=True)
    for row in active(waiting).order_by("submitted_at", "pk"):
        yield tasks.Task(
            kind="guardians",
            title=_("Talk to a guardian: application %(number)s is from somebody under 18")
            % {"number": str(row.pk)[:8]},
            url=reverse("careers_applications:guardian", args=[row.pk]),
            right="careers.add_guardiancheck",
            law="GDPR Art 8",
        )


@tasks.source("interview-answers")
def answers_to_read(day: date) -> Iterator[tasks.Task]:
    """Applicants for whom no offered time fits, or who cannot come."""
    waiting = Interview.objects.filter(state=Interview.State.NO_TIME, application__state__in=LIVE)
    for row in active(waiting).order_by("answered_at", "pk"):
        yield tasks.Task(
            kind="interview-answers",
            title=_("Offer other interview times for application %(number)s") % {"number": str(row.application_id)[:8]},
            url=reverse("careers_interviews:inspect", args=[row.pk]),
            right="careers.change_interview",
        )
