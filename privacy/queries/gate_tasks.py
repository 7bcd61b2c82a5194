"""What waits at the gates, for the worklist: decisions, reviews, statements, accesses that end (T24, N52, N53)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from privacy import tasks
from privacy.models import AuthorityCase, DealCase, DealPerson
from privacy.queries.gates import SOON
from privacy.rules import gates

DEMAND_RIGHT = "privacy.change_authoritycase"
DEAL_RIGHT = "privacy.change_dealcase"


@tasks.source("authorities")
def authority_tasks(day: date) -> Iterator[tasks.Task]:
    """Demands that wait for a decision, for the hand-over, for the review of an urgent one, or to be closed."""
    titles = {
        gates.DRAFT: _("Prepare the demand %(number)s"),
        gates.SUBMITTED: _("Decide on the demand %(number)s"),
        gates.APPROVED: _("Hand over what %(number)s orders"),
        gates.HANDED_OVER: _("Close the demand %(number)s"),
    }
    for case in AuthorityCase.objects.filter(state__in=titles).order_by("number"):
        title, due = titles[case.state], case.answer_by
        if case.state == gates.HANDED_OVER:
            due = None
        if case.review_due_on and not case.review:
            title, due = _("Review the urgent hand-over %(number)s"), case.review_due_on
        yield tasks.Task(
            kind="authorities",
            title=title % {"number": case.number},
            url=reverse("privacy-authority", args=[case.pk]),
            right=DEMAND_RIGHT,
            due_on=due,
            law="GDPR Art 6(1)(c)",
        )


@tasks.source("deals")
def deal_tasks(day: date) -> Iterator[tasks.Task]:
    """Deals that wait for a decision or have run out, statements that are missing, accesses and names to decide on."""
    for deal in DealCase.objects.filter(state__in=(gates.DRAFT, gates.SUBMITTED, gates.APPROVED)).order_by("number"):
        if deal.state == gates.SUBMITTED:
            yield _task(deal, _("Decide on the deal %(number)s"), deal.starts_on)
        if deal.ends_on < day:
            yield _task(deal, _("Close the deal %(number)s: its last day has passed"), deal.ends_on)
        elif deal.state == gates.APPROVED and deal.ends_on <= day + SOON:
            yield _task(deal, _("The access of %(number)s ends soon"), deal.ends_on)
    open_ones = DealPerson.objects.filter(case__state=gates.APPROVED, case__ends_on__gte=day).select_related("case")
    for person in open_ones.order_by("case__number", "added_at", "pk"):
        if person.statement_id is None or person.withdrawn_at is not None:
            yield _task(person.case, _("A confidentiality statement is missing in %(number)s"), person.case.starts_on)
        elif person.granted_at is None:
            yield _task(person.case, _("Give or deny access in %(number)s"), person.case.starts_on)
        if person.names_reason and person.names_approved_at is None:
            yield _task(person.case, _("Decide on names in %(number)s"), None)


def _task(deal: DealCase, title: str, due: date | None) -> tasks.Task:
    return tasks.Task(
        kind="deals",
        title=title % {"number": deal.number},
        url=reverse("privacy-deal", args=[deal.pk]),
        right=DEAL_RIGHT,
        due_on=due,
        law="N52, N53",
    )
