"""What the notice promises of customers' records, by the nightly run: the last day, and the day after (F19, N54)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from crm import actions
from crm.models import Contact, Interaction, Invoice, Order
from privacy.actions import rehearse, run_retention
from privacy.actions.holds import place_hold
from privacy.rules.deadlines import OSLO
from tests.crm import factories

BOUGHT = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def on_the_day_of_the_purchase(db, frozen_day):
    frozen_day(BOUGHT.isoformat())


def night(day):
    moment = datetime.combine(day, datetime.min.time(), tzinfo=OSLO) + timedelta(hours=4)
    return run_retention(as_of=moment, allow_large=True)


def test_a_purchase_is_there_on_its_last_day_and_gone_the_day_after():
    """N58: 42 months from the day of the order."""
    bought = factories.order(ordered_on=BOUGHT)
    Order.objects.filter(pk=bought.pk).update(state="delivered")
    night(date(2029, 9, 10))
    assert Order.objects.filter(pk=bought.pk).exists()
    night(date(2029, 9, 11))
    assert not Order.objects.filter(pk=bought.pk).exists()


def test_an_invoice_is_there_through_the_fifth_year_and_gone_on_new_years_day():
    """N59, T12, T14: and the longer of the two clocks does not bring the purchase back."""
    bought = factories.order(ordered_on=BOUGHT)
    invoice = actions.issue_invoice(bought, issued_on=BOUGHT, by=None)
    Order.objects.filter(pk=bought.pk).update(state="delivered")
    night(date(2029, 9, 11))
    assert not Order.objects.filter(pk=bought.pk).exists() and Invoice.objects.filter(pk=invoice.pk).exists()
    (told,) = [each for each in rehearse(date(2031, 12, 31)).classes if each.model == "crm.Invoice"]
    assert told.due == 0
    night(date(2031, 12, 31))
    assert Invoice.objects.filter(pk=invoice.pk).exists()
    night(date(2032, 1, 1))
    assert not Invoice.objects.filter(pk=invoice.pk).exists()


def test_a_hold_that_lasts_longer_than_the_period_keeps_it_and_it_goes_when_the_hold_ends():
    bought = factories.order(ordered_on=BOUGHT)
    Order.objects.filter(pk=bought.pk).update(state="delivered")
    place_hold(
        bought,
        subject=bought.subject,
        ground="claim",
        law="tvisteloven",
        reason="a dispute",
        until=date(2030, 1, 31),
        by=None,
    )
    night(date(2030, 1, 31))
    assert Order.objects.filter(pk=bought.pk).exists()
    night(date(2030, 2, 1))
    assert not Order.objects.filter(pk=bought.pk).exists()


@pytest.mark.parametrize(
    ("left", "last", "gone"),
    [
        # N55, T11: 24 months after the contact's own last dealing; 90 days after the contact left the company.
        (None, date(2028, 3, 10), date(2028, 3, 11)),
        (BOUGHT, date(2026, 6, 8), date(2026, 6, 9)),
    ],
)
def test_a_contact_goes_with_what_was_said_when_the_time_is_over(left, last, gone):
    somebody = factories.contact(last_dealt_with_on=BOUGHT) if left is None else factories.contact()
    if left:
        job = actions.add_employment(somebody, organisation=factories.organisation(), by=None)
        actions.leave_company(job, left_on=left, by=None)
    neighbour = factories.contact()
    Contact.objects.filter(pk=neighbour.pk).update(
        last_dealt_with_on=date(2029, 1, 1), clock_starts_on=date(2029, 1, 1)
    )
    night(last)
    assert Contact.objects.filter(pk=somebody.pk).exists()
    night(gone)
    assert list(Contact.objects.all()) == [neighbour]
    assert not Interaction.objects.filter(contact=somebody.pk).exists() and timezone.localdate() == BOUGHT
