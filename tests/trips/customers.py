"""A customer with a history that is settled: every order delivered and invoiced. Everybody is invented."""

from datetime import timedelta

from django.utils import timezone

from cn_portal.demo.names import org_number
from crm import actions
from crm.models import Order

LINES = [{"product": "Blåseapparat 60 liter", "quantity": 1, "unit_price": 54500}]
STREET = {"address_line_1": "Kaigata 7", "postcode": "8310", "city": "Kabelvåg"}


def make_customer(name, mailbox, *, by, number=1, phone="+47 42 33 44 55", known_since=None):
    """One person at one organisation; returns the contact."""
    since = known_since or timezone.localdate() - timedelta(days=200)
    organisation = actions.create_organisation(
        name=f"Prøveverft {number} AS", org_number=org_number(number), visiting_address="Kaigata 7",
        postcode="8310", city="Kabelvåg", by=by,
    )  # fmt: skip
    contact = actions.create_contact(
        full_name=name,
        email=f"{mailbox}@kunde.example",
        phone=phone,
        title="Innkjøper",
        ground="customer_employee",
        source_channel="visit",
        collected_on=since,
        owner=by,
        by=by,
    )
    actions.add_employment(contact, organisation=organisation, role="Innkjøper", started_on=since, by=by)
    return contact


def make_order(contact, *, by, ordered_on=None):
    """A confirmed order that waits for its delivery."""
    day = ordered_on or timezone.localdate() - timedelta(days=20)
    place = contact.employments.get().organisation
    order = actions.place_order(place, lines=LINES, ordered_on=day, contact=contact, reference="PO-77", by=by)
    return actions.move_order(order, state=Order.State.CONFIRMED, by=by)


def settle(order, *, by, issued_on=None):
    """Delivered and invoiced; returns the invoice."""
    order.refresh_from_db()
    actions.move_order(order, state=Order.State.DELIVERED, by=by)
    return actions.issue_invoice(order, issued_on=issued_on or order.ordered_on, by=by)


def deliver(order, contact, *, carrier, by):
    """Planned, booked with the carrier of this code, arrived."""
    chosen = next(each for each in actions.ensure_carriers() if each.code == carrier)
    delivery = actions.plan_delivery(order, contact=contact, carrier=chosen, **STREET, by=by)
    return actions.confirm_delivered(actions.book_delivery(delivery, by=by), by=by)
