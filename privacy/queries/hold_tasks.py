"""What holds ask of the office: a second person for what was proposed, and a look at what has no end (N54)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from privacy import tasks
from privacy.models import LegalHold
from privacy.rules import holds as rules
from privacy.rules.deadlines import oslo_date

RIGHT = "privacy.change_legalhold"
# So long before its day a review is on the list.
AHEAD = timedelta(days=30)


@tasks.source("holds")
def hold_tasks(day: date) -> Iterator[tasks.Task]:
    """One task for every decision that waits for approval, and one for every review that is near. Two queries."""
    waiting = LegalHold.objects.filter(state=LegalHold.State.PROPOSED)
    for first, number in _decisions(waiting):
        yield _task(
            first,
            ngettext(
                "Approve or refuse: %(n)d record is to stay", "Approve or refuse: %(n)d records are to stay", number
            )
            % {"n": number},
            rules.lapses_after(oslo_date(first.opened_at)),
        )
    near = LegalHold.objects.filter(state=LegalHold.State.ACTIVE, until__isnull=True, review_on__lte=day + AHEAD)
    for first, number in _decisions(near):
        title = ngettext(
            "Look again whether %(n)d record must still stay",
            "Look again whether %(n)d records must still stay",
            number,
        )
        yield _task(first, title % {"n": number}, first.review_on)


def _decisions(found) -> list[tuple[LegalHold, int]]:
    decisions: dict = {}
    for hold in found.order_by("opened_at", "pk"):
        first, number = decisions.get(hold.batch or hold.pk, (hold, 0))
        decisions[hold.batch or hold.pk] = (first, number + 1)
    return list(decisions.values())


def _task(hold: LegalHold, title: str, due_on: date) -> tasks.Task:
    url = reverse("privacy-hold", args=[hold.pk])
    return tasks.Task(kind="holds", title=title, url=url, right=RIGHT, due_on=due_on, law=hold.law)
