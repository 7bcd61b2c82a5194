"""What the notice asks of the office, for the worklist (N64, N66)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from privacy import tasks
from privacy.models import NoticeMail, NoticeVersion
from privacy.queries.notice_versions import draft_version, notice_drift

SEE, DRAFT, DECIDE = "privacy.view_noticeversion", "privacy.add_noticeversion", "privacy.change_noticeversion"


@tasks.source("notice")
def notice_tasks(day: date) -> Iterator[tasks.Task]:
    """Where register and notice differ, a draft that waits, a telling under way, a version about to apply."""
    drift, draft = notice_drift(), draft_version()
    if drift and draft is None:
        title = ngettext(
            "Bring the privacy notice in step with the register: it differs in one place",
            "Bring the privacy notice in step with the register: it differs in %(count)s places",
            len(drift),
        )
        yield _task(title % {"count": len(drift)}, reverse("privacy-notice"), DRAFT)
    if draft is not None:
        title = _("Approve the draft of the privacy notice") if draft.material else _("Publish the privacy notice")
        yield _task(title, _page(draft), DECIDE, due_on=draft.wanted_from)
    for version in NoticeVersion.objects.filter(state=NoticeVersion.State.TELLING):
        waiting = version.mails.filter(state=NoticeMail.State.QUEUED).count()
        title = _("Version %(number)s of the privacy notice is being told: %(waiting)s messages wait")
        yield _task(title % {"number": version.number, "waiting": waiting}, _page(version), SEE)
    for version in NoticeVersion.objects.filter(state=NoticeVersion.State.SCHEDULED, effective_from__gt=day):
        title = _("Version %(number)s of the privacy notice begins to apply by itself")
        yield _task(title % {"number": version.number}, _page(version), SEE, due_on=version.effective_from)


def _page(version: NoticeVersion) -> str:
    return reverse("privacy-notice-version", args=[version.pk])


def _task(title: str, url: str, right: str, due_on: date | None = None) -> tasks.Task:
    return tasks.Task(kind="notice", title=title, url=url, right=right, due_on=due_on, law="GDPR Art 13(3)")
