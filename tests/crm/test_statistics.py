"""What the customer side counts: both ends of a month, by closed codes, nothing per customer (N57)."""

from datetime import date

import pytest
from django.apps import apps

from crm.models import Delivery, Interaction, Order, Organisation
from crm.statistics import carriers, conversations, deliveries, orders

FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))
DAYS = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]


@pytest.fixture
def subject(db):
    return apps.get_model("privacy", "DataSubject").objects.create()


def test_orders_of_a_month(db):
    company = Organisation.objects.create(name="Verft AS")
    for number, day in enumerate(DAYS):
        Order.objects.create(number=f"O-{number}", organisation=company, ordered_on=day)
    assert orders(*FEBRUARY) == {"": 2}


def test_conversations_by_kind(subject):
    contact = apps.get_model("crm", "Contact").objects.create(
        subject=subject,
        full_name="Åse Bjørnøy",
        ground="customer_employee",
        source_channel="visit",
        collected_on=DAYS[0],
        last_dealt_with_on=DAYS[0],
    )
    for kind in ("call", "call", "enquiry"):
        for day in DAYS[1:3]:
            Interaction.objects.create(contact=contact, subject=subject, kind=kind, happened_on=day, text="x")
    Interaction.objects.create(contact=contact, subject=subject, kind="visit", happened_on=DAYS[3], text="x")
    assert conversations(*FEBRUARY) == {"call": 4, "enquiry": 2}


def test_deliveries_by_carrier_once_they_have_left(subject):
    recipients = apps.get_model("privacy", "Recipient").objects
    bring, tnt = (recipients.get(code=code) for code in ("bring", "tnt"))
    facts = {"subject": subject, "receiver_name": "Åse", "address_line_1": "Kaiveien 1", "postcode": "5003"}
    left = {"state": "booked", "booked_at": "2026-02-01T12:00Z", "shipment_reference": "S1"}
    for carrier, day, state in ((bring, DAYS[1], left), (bring, DAYS[2], left), (tnt, DAYS[2], left)):
        Delivery.objects.create(carrier=carrier, planned_on=day, city="Bergen", **facts, **state)
    Delivery.objects.create(carrier=bring, planned_on=DAYS[2], city="Bergen", **facts)
    Delivery.objects.create(carrier=bring, planned_on=DAYS[3], city="Bergen", **facts, **left)
    assert deliveries(*FEBRUARY) == {"bring": 2, "tnt": 1}
    assert {"bring", "tnt", "ramberg"} <= set(carriers())
