"""What a customer's contact gets in shapes that other systems read."""

from decimal import Decimal

import pytest

from crm import actions
from crm.models import Invoice, Order
from tests.crm import factories
from tests.crm.factories import DAY
from tests.privacy.bags import contents, document


@pytest.fixture
def buyer(db):
    """A contact with a delivered order, its consignment and its invoice."""
    placed = factories.order(reference="Hall 4")
    factories.delivery(placed=placed)
    return placed.contact


@pytest.fixture
def neighbour(db):
    """Somebody who has bought as much."""
    placed = factories.order(contact=factories.contact(full_name="Nabo Nilsen", email="nabo@kunde.example"))
    factories.delivery(placed=placed)
    return placed.contact


def test_an_order_is_one_of_schema_org_with_its_lines_and_its_consignment(buyer, neighbour):
    (order,) = document(buyer, "orders.json")
    placed = Order.objects.get(contact=buyer)
    assert (order["@context"], order["@type"]) == ("https://schema.org", "Order")
    assert (order["orderNumber"], order["orderDate"]) == (placed.number, DAY.isoformat())
    assert order["orderStatus"] == "https://schema.org/OrderProcessing" and order["confirmationNumber"] == "Hall 4"
    assert order["customer"]["name"] == placed.organisation.name
    lines = {line["orderedItem"]["name"]: (line["orderQuantity"], line["price"]) for line in order["orderedItem"]}
    assert lines == {"Blast pot 200 l": (2, "18500.00"), "Steel grit G25": (40, "249.50")}
    (parcel,) = order["orderDelivery"]
    assert parcel["provider"]["name"] == "Bring" and parcel["deliveryStatus"] == "planned"
    assert parcel["deliveryAddress"]["streetAddress"] == "Kaiveien 1"
    assert parcel["deliveryAddress"]["postalCode"] == "5003"
    assert b"Nabo Nilsen" not in b"".join(contents(buyer).values())


def test_an_invoice_stands_beside_its_order_and_stays_when_that_has_gone(buyer):
    placed = Order.objects.get(contact=buyer)
    for state in ("confirmed", "delivered"):
        actions.move_order(placed, state=state, by=None)
    invoice = actions.issue_invoice(placed, issued_on=DAY, by=None)
    _order, told = document(buyer, "orders.json")
    assert (told["@type"], told["identifier"]) == ("Invoice", invoice.number)
    assert told["referencesOrder"]["orderNumber"] == placed.number
    assert Decimal(told["totalPaymentDue"]["value"]) == invoice.total and told["totalPaymentDue"]["currency"] == "NOK"
    assert told["customer"]["contactPoint"] == buyer.full_name and told["corrects"] is None
    assert len(told["items"]) == 2 and Invoice.objects.count() == 1


def test_a_consignment_whose_order_has_gone_is_still_told(buyer):
    Order.objects.get(contact=buyer).deliveries.update(order=None)
    order, parcel = document(buyer, "orders.json")
    assert order["orderDelivery"] == [] and parcel["@type"] == "ParcelDelivery"


def test_conversations_are_told_without_the_colleague_who_noted_them(buyer, staff):
    colleague = staff()
    noted = actions.record_interaction(
        buyer, kind="call", happened_on=DAY, text="Ønsker ny blåsepotte", product="Blast pot", by=colleague
    )
    files = contents(buyer)
    (told,) = document(buyer, "interactions.json")
    assert (told["@type"], told["startTime"], told["additionalType"]) == (
        "CommunicateAction", DAY.isoformat(), "call",
    )  # fmt: skip
    assert (told["description"], told["about"], told["identifier"]) == (
        "Ønsker ny blåsepotte", "Blast pot", str(noted.pk),
    )  # fmt: skip
    everything = b"".join(files.values())
    assert colleague.email.encode() not in everything and str(colleague.pk).encode() not in everything


def test_who_has_bought_and_said_nothing_has_neither_document(db):
    files = contents(factories.contact())
    assert not {"data/orders.json", "data/interactions.json"} & set(files)
    assert {"orders", "interactions"} <= set(document(factories.contact(), "export.json")["notHeld"])
