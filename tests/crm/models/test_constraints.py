"""The database refuses nonsense by name, also from code that goes round the acts."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm import actions
from crm.models import Contact, Delivery, Employment, Interaction, Invoice, NumberSeries, Order, OrderLine, Organisation
from tests.crm import factories

pytestmark = pytest.mark.django_db


def refused(rows, **change):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)


def test_an_organisation_needs_a_name_a_whole_number_and_a_country():
    rows = Organisation.objects.filter(pk=factories.organisation(org_number="100000008").pk)
    assert rows.update(org_number="100000016", country="SE") == 1
    for change in ({"name": ""}, {"org_number": "12345678"}, {"org_number": "12345678a"}, {"country": "no"}):
        refused(rows, **change)


def test_two_organisations_share_no_number_but_may_have_none():
    factories.organisation(org_number="100000008")
    rows = Organisation.objects.filter(pk=factories.organisation().pk)
    factories.organisation()
    refused(rows, org_number="100000008")


def test_a_contact_needs_name_ground_and_source():
    rows = Contact.objects.filter(pk=factories.contact().pk)
    assert rows.update(ground="prospect") == 1
    for change in (
        {"full_name": ""},
        {"ground": "friend"},
        {"source_channel": "rumour"},
        {"source_channel": "network", "source_note": ""},
    ):
        refused(rows, **change)


def test_an_address_is_one_contact_s_and_any_number_of_enquiries():
    factories.contact(email="ase@kunde.example")
    rows = Contact.objects.filter(pk=factories.contact(ground="enquiry", email="ase@kunde.example").pk)
    refused(rows, ground="prospect")


def test_an_employment_does_not_end_before_it_starts():
    made = actions.add_employment(
        factories.contact(), organisation=factories.organisation(), started_on=date(2026, 1, 2), by=None
    )
    rows = Employment.objects.filter(pk=made.pk)
    assert rows.update(ended_on=date(2026, 1, 2)) == 1
    refused(rows, ended_on=date(2026, 1, 1))


def test_nobody_has_two_open_employments_at_one_place():
    made = actions.add_employment(factories.contact(), organisation=factories.organisation(), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.create(contact=made.contact, organisation=made.organisation)


def test_states_and_kinds_are_the_known_ones():
    placed = factories.order()
    talk = actions.record_interaction(placed.contact, kind="call", happened_on=factories.DAY, text="Hei", by=None)
    refused(Order.objects.filter(pk=placed.pk), state="lost")
    refused(Order.objects.filter(pk=placed.pk), number="")
    refused(Order.objects.filter(pk=placed.pk), subject=None)
    refused(Interaction.objects.filter(pk=talk.pk), kind="rumour")
    refused(NumberSeries.objects.filter(code="order"), code="")


def test_lines_have_a_quantity_and_no_negative_price():
    rows = OrderLine.objects.filter(order=factories.order())
    refused(rows, quantity=0)
    refused(rows, unit_price=-1)


def test_a_booked_delivery_has_a_day_and_a_reference():
    rows = Delivery.objects.filter(pk=factories.delivery().pk)
    now = timezone.now()
    for change in (
        {"state": "lost"},
        {"state": "booked"},
        {"state": "booked", "booked_at": now},
        {"booked_at": now},
        {"country": "no"},
    ):
        refused(rows, **change)
    assert rows.update(state="booked", booked_at=now, shipment_reference="CN1") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "gift"},
        {"due_on": date(2026, 3, 9)},
        {"kind": "credit_note"},
        {"corrects_number": 5},
        {"total": -1},
        {"number": 0},
        {"number": 20001},
        {"order_id": "same"},
    ],
)
def test_a_document_that_cannot_be_is_not_filed(change):
    first = actions.issue_invoice(factories.order(), by=None, issued_on=factories.DAY)
    order = first.order if change.get("order_id") == "same" else None
    names = ("buyer_name", "billing_address", "lines", "net", "vat", "total", "issued_on", "due_on", "order_number")
    facts = {name: getattr(first, name) for name in names} | {"number": 20002, "order": order}
    facts |= {name: value for name, value in change.items() if name != "order_id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.create(**facts)


def test_no_row_says_a_name_when_printed():
    placed = factories.order()
    contact = placed.contact
    talk = actions.record_interaction(contact, kind="call", happened_on=factories.DAY, text="Hei", by=None)
    work = actions.add_employment(contact, organisation=placed.organisation, by=None)
    rows = (contact, talk, work, placed, placed.lines.first(), factories.delivery(placed=placed))
    for row in (*rows, actions.issue_invoice(placed, by=None), NumberSeries.objects.first()):
        assert str(row) and contact.full_name not in str(row) and contact.email not in str(row)
