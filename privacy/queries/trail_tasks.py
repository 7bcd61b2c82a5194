"""What trail and backups ask of the office: a check that found something, a redaction to decide, a backup or a drill
that is missing (T33, L39, F25)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from privacy import tasks
from privacy.models import Backup, RedactionProposal, RestoreDrill, Verification
from privacy.rules.deadlines import oslo_date

SEE = "privacy.view_trailentry"
DECIDE = "privacy.change_redactionproposal"
BACKUP_EVERY = timedelta(days=1)
DRILL_EVERY = timedelta(days=90)


@tasks.source("trail")
def trail_tasks(day: date) -> Iterator[tasks.Task]:
    """At most one task for the last check, and one for each redaction that waits."""
    last = Verification.objects.exclude(state=Verification.State.WAITING).order_by("-asked_at").first()
    if last is not None and last.state == Verification.State.BAD:
        title = _("The trail does not verify: find out what was changed, and by whom")
        yield _task("trail", title, SEE, oslo_date(last.asked_at), "Art 32")
    for proposal in RedactionProposal.objects.filter(state=RedactionProposal.State.PROPOSED).order_by("asked_at"):
        title = _("Decide whether the words of trail entry %(entry)s are taken out") % {"entry": proposal.entry}
        url = reverse("privacy-trail-decide", args=[proposal.pk])
        yield tasks.Task(kind="trail", title=title, url=url, right=DECIDE, law="Art 5(1)(c)")


@tasks.source("backups")
def backup_tasks(day: date) -> Iterator[tasks.Task]:
    """A backup older than a day, a drill older than 90 days. Nothing where no backup was ever made, but in production,
    where that itself is the task."""
    newest = Backup.objects.order_by("-made_at").first()
    if newest is None:
        if settings.PRODUCTION:
            yield _task("backups", _("Set up the nightly backup: there is none yet"), SEE, day, "Art 32(1)(c)")
        return
    due = oslo_date(newest.made_at) + BACKUP_EVERY
    if due < day:
        yield _task("backups", _("Find out why no backup was made since"), SEE, due, "Art 32(1)(c)")
    first = Backup.objects.order_by("made_at").first()
    drill = RestoreDrill.objects.filter(is_good=True).order_by("-at").first()
    due = oslo_date(drill.at if drill else first.made_at) + DRILL_EVERY
    if due <= day + tasks.SOON:
        yield _task("backups", _("Rehearse a restore: restore_drill"), SEE, due, "Art 32(1)(d)")


def _task(kind: str, title: str, right: str, due_on: date, law: str) -> tasks.Task:
    return tasks.Task(kind=kind, title=title, url=reverse("privacy-trail"), right=right, due_on=due_on, law=law)
