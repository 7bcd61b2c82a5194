"""The worklist: every task of every part of the office that somebody may see, counted and in order (L1, L14, L35).

The sources of the engine's oldest parts stand here too: requests, recipients to be told, erasures that wait, runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy import registry, tasks
from privacy.models import Erasure, RetentionRun
from privacy.queries.requests import open_requests
from privacy.queries.subjects import notices_due

THIS_WEEK = timedelta(days=7)
# A run that ended like this needs somebody to look; one that waits for an answer is a task of the retention.
BROKEN_RUNS = ("failed", "died")
KINDS = {
    "requests": gettext_lazy("Requests of persons"),
    "recipients": gettext_lazy("Recipients to be told"),
    "erasures": gettext_lazy("Erasures under way"),
    "runs": gettext_lazy("Nightly runs"),
    "breaches": gettext_lazy("Breaches"),
    "reads": gettext_lazy("Looks at records"),
    "art14": gettext_lazy("Contacts to be informed"),
    "retention": gettext_lazy("Retention"),
    "holds": gettext_lazy("Holds"),
    "authorities": gettext_lazy("Authorities"),
    "deals": gettext_lazy("Deals"),
    "notice": gettext_lazy("Notice"),
    "trail": gettext_lazy("Trail"),
    "backups": gettext_lazy("Backups"),
    "information": gettext_lazy("Persons a partner told us about"),
    "recipient-approvals": gettext_lazy("Recipients to be approved"),
    "agreements": gettext_lazy("Agreements that end"),
    "hand-overs": gettext_lazy("Hand-overs that wait"),
    "assessments": gettext_lazy("Assessments"),
}


@dataclass(frozen=True)
class Worklist:
    """What one member of staff has to do on a day. ``shown`` are those of the kind asked for, late ones first.

    ``kinds`` is [(code, title, number, late)] of all kinds with tasks; late, this week and later add up to ``all``
    together with ``undated``.
    """

    day: date
    kind: str
    shown: list[tasks.Task]
    all: int
    late: int
    week: int
    undated: int
    kinds: list[tuple[str, str, int, int]]


def kind_title(kind: str) -> str:
    """A kind of tasks in words: what this part of the office is called, or what its owner says."""
    return str(KINDS.get(kind) or registry.said(f"tasks.{kind}") or kind.replace("-", " ").capitalize())


def worklist(user, *, day: date, kind: str = "") -> Worklist:
    """The open tasks ``user`` has the right for. As many queries for thirty tasks as for one."""
    own = [task for task in tasks.open_tasks(day=day) if user.has_perm(task.right)]
    counted: dict[str, list[int]] = {}
    for task in own:
        line = counted.setdefault(task.kind, [0, 0])
        line[0] += 1
        line[1] += task.is_late(day)
    chosen = kind if kind in counted else ""
    return Worklist(
        day=day,
        kind=chosen,
        shown=[task for task in own if not chosen or task.kind == chosen],
        all=len(own),
        late=sum(task.is_late(day) for task in own),
        week=sum(task.due_on is not None and day <= task.due_on <= day + THIS_WEEK for task in own),
        undated=sum(task.due_on is None for task in own),
        kinds=sorted((code, kind_title(code), number, late) for code, (number, late) in counted.items()),
    )


@tasks.source("requests")
def request_tasks(day: date) -> Iterator[tasks.Task]:
    """Every open request, by the unpaused date (L46). One query."""
    for request in open_requests():
        yield tasks.Task(
            kind="requests",
            title=f"{request.number}: {request.get_right_display()}",
            url=reverse("privacy-request", args=[request.pk]),
            right="privacy.view_subjectrequest",
            due_on=request.acts_by,
            law="Art 12(3)",
        )


@tasks.source("recipients")
def recipient_tasks(day: date) -> Iterator[tasks.Task]:
    """Partners that are still to be told (L14). The law sets no day, only "without undue delay". One query."""
    for notice in notices_due():
        yield tasks.Task(
            kind="recipients",
            title=_("Tell %(partner)s: %(what)s")
            % {"partner": notice.recipient.name, "what": notice.get_about_display()},
            url=f"{reverse('privacy-office')}#notices",
            right="privacy.view_recipientnotice",
            law="Art 19",
        )


@tasks.source("erasures")
def erasure_tasks(day: date) -> Iterator[tasks.Task]:
    """Erasures that were begun and are not at their end; one that waits for a law is no task. One query."""
    stuck = Erasure.objects.exclude(state__in=[Erasure.State.DONE, Erasure.State.WAITING]).order_by("created_at", "pk")
    for erasure in stuck:
        yield tasks.Task(
            kind="erasures",
            title=_("Erasure %(number)s is not at its end: see whether the background work runs")
            % {"number": str(erasure.pk)[:8]},
            url=f"{reverse('privacy-office')}#waiting",
            right="privacy.view_erasure",
            law="Art 17",
        )


@tasks.source("runs")
def run_tasks(day: date) -> Iterator[tasks.Task]:
    """The newest nightly run, when it broke off or left something. One query."""
    run = RetentionRun.objects.filter(mode=RetentionRun.Mode.REAL).order_by("-started_at").first()
    if run is not None and run.state in BROKEN_RUNS:
        yield tasks.Task(
            kind="runs",
            title=_("The nightly run did not come to its end: look why, and start it again"),
            url=f"{reverse('privacy-office')}#runs",
            right="privacy.view_retentionrun",
            due_on=run.as_of,
            law="Art 5(1)(e)",
        )
