"""What partners and assessments ask of the office, as tasks of the worklist (L14, L32, L36, N48, F28)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from privacy import tasks
from privacy.models import Recipient
from privacy.queries import disclosures, screenings
from privacy.queries.recipients import waiting_for_approval
from privacy.rules.recipients import reminder
from privacy.tasks import Task

RECIPIENT, SCREENING = "privacy.change_recipient", "privacy.change_screening"


@tasks.source("recipient-approvals")
def recipients_to_decide(day):
    """Recipients, and changes of them, that wait for a second person."""
    for row in waiting_for_approval():
        is_new = row.state == Recipient.State.PROPOSED
        sentence = _("Approve %(name)s as a recipient") if is_new else _("Approve a change of %(name)s")
        yield Task("recipient-approvals", sentence % {"name": row.name}, _page(row), RECIPIENT, law="GDPR Art 28")


@tasks.source("agreements")
def agreements_that_end(day):
    """Agreements in the last 60, 30 and 7 days, and those that have run out, which stops every hand-over."""
    rows = Recipient.objects.filter(
        state__in=(Recipient.State.ACTIVE, Recipient.State.SUSPENDED), agreement_expires_on__isnull=False
    )
    for row in rows.order_by("agreement_expires_on", "name"):
        left = reminder(row.agreement_expires_on, day)
        if left is None:
            continue
        facts = {"name": row.name, "days": left}
        sentence = (
            _("The agreement with %(name)s ends in %(days)s days or less")
            if left
            else _("The agreement with %(name)s has run out: nothing is handed over")
        )
        yield Task("agreements", sentence % facts, _page(row), RECIPIENT, row.agreement_expires_on, "GDPR Art 28")


@tasks.source("assessments")
def assessments_to_do(day):
    """Assessments that are missing, wait for a second person, or are due for review."""
    for each in screenings.standings():
        facts = {"kind": each.kind_title, "activity": each.activity.title}
        url, law, due = reverse("privacy-screenings"), "GDPR Art 6(1)(f), 35", None
        if each.draft is not None:
            url = reverse("privacy-screening", args=[each.draft.pk])
        if each.is_due:
            sentence, due = _("Review the %(kind)s: %(activity)s"), each.in_force.next_review_on
        elif each.draft is not None:
            sentence = _("Approve the %(kind)s: %(activity)s")
        elif each.is_missing:
            sentence = _("Write the %(kind)s: %(activity)s. Until then it does not begin")
        else:
            continue
        yield Task("assessments", sentence % facts, url, SCREENING, due, law)


@tasks.source("information")
def people_to_be_told(day):
    """People a partner told us about: a month to say so (Art 14)."""
    url = reverse("privacy-disclosures") + "#tell"
    for duty in disclosures.people_to_tell():
        sentence = _("Tell a person that %(name)s gave us data about them")
        name = {"name": duty.disclosure.recipient.name}
        yield Task("information", sentence % name, url, "privacy.change_informationduty", duty.due_on, "GDPR Art 14")


@tasks.source("hand-overs")
def hand_overs_that_wait(day):
    """What a partner did not take."""
    url = reverse("privacy-disclosures") + "#waiting"
    for row in disclosures.waiting():
        sentence = _("%(name)s did not take a hand-over: try again, or call it off") % {"name": row.recipient.name}
        yield Task("hand-overs", sentence, url, "privacy.change_pendinghandover", law="GDPR Art 5(2)")


def _page(row: Recipient) -> str:
    return reverse("privacy-recipient", args=[row.code])
