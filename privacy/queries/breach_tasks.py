"""What breaches ask of the office: the 72 hours, whom to tell, what to close (Art 33, 34; L35)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from privacy import tasks
from privacy.models import Breach
from privacy.rules import breaches as rules
from privacy.rules.deadlines import oslo_date

RIGHT = "privacy.change_breach"


@tasks.source("breaches")
def breach_tasks(day: date) -> Iterator[tasks.Task]:
    """One task for every open breach: what comes next, due at the end of the 72 hours while they run. One query."""
    for breach in Breach.objects.exclude(state=rules.CLOSED).order_by("due_at", "number"):
        title, law = _next_step(breach)
        yield tasks.Task(
            kind="breaches",
            title=title,
            url=reverse("privacy-breach", args=[breach.pk]),
            right=RIGHT,
            due_on=oslo_date(breach.due_at) if breach.state in rules.CLOCK_RUNS else None,
            law=law,
        )


def _next_step(breach: Breach) -> tuple[str, str]:
    number = {"number": breach.number, "time": f"{localtime(breach.due_at):%H:%M}"}
    if breach.state in rules.CLOCK_RUNS:
        return _("%(number)s: notify Datatilsynet or decide that it need not be, by %(time)s") % number, "Art 33(1)"
    if breach.state in (rules.AUTHORITY_NOTIFIED, rules.NOT_NOTIFIABLE):
        return _("%(number)s: tell the persons, or decide that they need not be told") % number, "Art 34"
    return _("%(number)s: close it with the reason") % number, "Art 33(5)"
