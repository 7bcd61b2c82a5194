"""What the declarations promise, asked of the engine."""

from datetime import date

import pytest
from django.core.management import call_command

from crm import actions
from crm.models import Contact, Delivery, Invoice, Order
from crm.personal_data import activities
from privacy import registry
from privacy.actions import carry_out, plan_erasure, request_erasure
from tests.crm import factories

pytestmark = pytest.mark.django_db


def test_every_activity_has_a_class_and_is_what_the_notice_says():
    ours = {activities.CUSTOMER_RELATIONS, activities.ENQUIRIES, activities.ORDERS, activities.ACCOUNTING}
    ours |= {activities.DELIVERIES}
    used = {declaration.activity for declaration in registry.declarations() if declaration.name().startswith("crm.")}
    assert used == ours
    bases = {activity.code: activity.basis.article[-3:] for activity in ours}
    assert bases == {
        "customer-relations": "(f)",
        "enquiries": "(f)",
        "orders": "(f)",
        "accounting": "(c)",
        "deliveries": "(f)",
    }


def test_the_gate_has_nothing_to_say():
    call_command("check", fail_level="WARNING")


def test_a_finished_order_and_contact_go_and_the_neighbour_stays():
    neighbour = factories.order()
    placed = factories.order()
    for state in ("confirmed", "delivered"):
        actions.move_order(placed, state=state, by=None)
    plan = plan_erasure(placed.subject, day=factories.DAY)
    going = {item.model for item in plan.going}
    assert {"crm.Contact", "crm.Order", "crm.OrderLine"} <= going and not plan.held
    assert {item.model for item in plan_erasure(neighbour.subject, day=factories.DAY).held} >= {
        "crm.Contact",
        "crm.Order",
        "crm.OrderLine",
    }


@pytest.mark.parametrize(("day", "held"), [(date(2031, 12, 31), True), (date(2032, 1, 1), False)])
def test_an_invoice_of_march_2026_is_held_through_2031(day, held):
    placed = factories.order()
    for state in ("confirmed", "delivered"):
        actions.move_order(placed, state=state, by=None)
    actions.issue_invoice(placed, by=None, issued_on=date(2026, 3, 10))
    plan = plan_erasure(placed.subject, day=day)
    kept = {item.model: (item.law, item.until) for item in plan.held}
    assert kept == ({"crm.Invoice": ("bokføringsloven § 13", date(2031, 12, 31))} if held else {})


@pytest.mark.django_db(transaction=True)
def test_an_erasure_takes_all_but_the_held_invoice():
    placed, neighbour = factories.order(), factories.order()
    sent = factories.delivery(placed=placed)
    booked = actions.book_delivery(sent, by=None)
    actions.confirm_delivered(booked, by=None)
    for state in ("confirmed", "delivered"):
        actions.move_order(placed, state=state, by=None)
    actions.issue_invoice(placed, by=None, issued_on=date(2026, 3, 10))
    carry_out(request_erasure(placed.subject, cause="request", by=None), day=date(2026, 6, 1))
    assert not Contact.objects.filter(subject=placed.subject).exists()
    assert Delivery.objects.get(subject=placed.subject).email == ""
    assert list(Order.objects.all()) == [neighbour]
    assert Invoice.objects.get().subject == placed.subject
