"""What is late, told once a day to those who keep the promises: a list nobody opens must not stay silent."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from privacy import tasks
from privacy.actions.breach_mails import office_and_managers
from privacy.actions.mail import queue_mail
from privacy.actions.request_mail import in_words
from privacy.models import OfficeDigest
from privacy.rules.deadlines import oslo_date

TEMPLATE = "privacy/mail/office_digest"
# What has mails of its own when it is late: nobody is told of the same thing twice.
WITH_OWN_MAILS = frozenset({"requests", "breaches"})
MOST_LINES = 20


def tell_what_is_late(*, as_of: datetime, dry_run: bool = False) -> dict:
    """One mail to everybody of both groups about all tasks that are late for them, at most one a day (L35).

    Whoever lacks the right to a task is not told of it; titles of tasks name no person. Returns {"late", "told"}: how
    many tasks are late and how many people were written to.
    """
    day = oslo_date(as_of)
    late = _late(day, "en")
    if dry_run or not late or not _claim(day, len(late), as_of):
        return {"late": len(late), "told": 0}
    # A source words its tasks in the language that is active when it is asked.
    late_in = lru_cache(lambda language: _late(day, language))
    told = [_tell(member, late_in(member.language)) for member in office_and_managers()]
    return {"late": len(late), "told": sum(told)}


def _late(day: date, language: str) -> list[tasks.Task]:
    with override(language):
        return [task for task in tasks.open_tasks(day=day) if task.is_late(day) and task.kind not in WITH_OWN_MAILS]


def _claim(day: date, late: int, as_of: datetime) -> bool:
    try:
        with transaction.atomic():
            OfficeDigest.objects.create(on=day, late=late, sent_at=as_of)
    except IntegrityError:
        return False
    return True


def _tell(member, late: list[tasks.Task]) -> bool:
    own = [task for task in late if member.has_perm(task.right)]
    if not own:
        return False
    lines = [
        {"due": in_words(task.due_on, member.language), "title": str(task.title), "law": str(task.law)}
        for task in own[:MOST_LINES]
    ]
    queue_mail(
        to=member.email,
        template=TEMPLATE,
        context={
            "count": len(own),
            "tasks": lines,
            "more": max(len(own) - MOST_LINES, 0),
            "url": settings.BASE_URL + reverse("privacy-office"),
        },
        language=member.language,
        subject=member.subject,
    )
    return True
