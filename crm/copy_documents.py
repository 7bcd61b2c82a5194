"""What a person has talked about and ordered, in shapes other systems read: schema.org's Order and Invoice (L15).

Everything comes from the records of the copy, so what is withheld there is withheld here; no colleague is named.
"""

from __future__ import annotations

from crm.models import Delivery, Interaction, Invoice, Order, OrderLine
from privacy import registry

SCHEMA = "https://schema.org"
# The words of schema.org for the states of an order.
ORDER_STATUS = {
    Order.State.OPEN: "OrderProcessing",
    Order.State.CONFIRMED: "OrderProcessing",
    Order.State.DELIVERED: "OrderDelivered",
    Order.State.CANCELLED: "OrderCancelled",
}


@registry.documents("interactions")
def interactions(about):
    """interactions.json: every conversation, oldest first."""
    if about.of(Interaction) is not None:
        yield "interactions.json", (_interaction(row, record) for row, record in about.rows(Interaction))


@registry.documents("orders")
def orders(about):
    """orders.json: orders with their lines and deliveries, then invoices and credit notes."""
    if about.of(Order) is not None or about.of(Invoice) is not None or about.of(Delivery) is not None:
        yield "orders.json", _orders_and_invoices(about)


def _interaction(row, record) -> dict:
    said = _values(record)
    return {
        "@context": SCHEMA,
        "@type": "CommunicateAction",
        "identifier": record.key,
        "startTime": row.happened_on.isoformat(),
        "additionalType": row.kind,
        "name": said["kind"],
        "description": said["text"],
        "about": said["product"] or None,
        "organization": said["organisation"],
    }


def _orders_and_invoices(about):
    for chunk in about.chunks(Order):
        keys = [row.pk for row, _record in chunk]
        lines, deliveries = _by_order(about, OrderLine, keys), _by_order(about, Delivery, keys)
        for row, record in chunk:
            yield _order(row, record, lines.get(row.pk, ()), deliveries.get(row.pk, ()))
    for row, record in about.rows(Delivery):
        if row.order_id is None:
            yield {"@context": SCHEMA, **_delivery(row, record)}
    for row, record in about.rows(Invoice):
        yield _invoice(row, record)


def _by_order(about, model, keys) -> dict:
    found: dict = {}
    for row, record in about.rows(model, order=keys):
        found.setdefault(row.order_id, []).append((row, record))
    return found


def _order(row, record, lines, deliveries) -> dict:
    said = _values(record)
    return {
        "@context": SCHEMA,
        "@type": "Order",
        "orderNumber": said["number"],
        "orderDate": said["ordered_on"],
        "orderStatus": f"{SCHEMA}/{ORDER_STATUS[row.state]}",
        "confirmationNumber": said["reference"] or None,
        "customer": {"@type": "Organization", "name": said["organisation"]},
        "orderedItem": [_line(inner) for _row, inner in lines],
        "orderDelivery": [_delivery(parcel, inner) for parcel, inner in deliveries],
    }


def _line(record) -> dict:
    said = _values(record)
    return {
        "@type": "OrderItem",
        "orderedItem": {"@type": "Product", "name": said["product"]},
        "orderQuantity": said["quantity"],
        "price": said["unit_price"],
        "priceCurrency": "NOK",
    }


def _delivery(row, record) -> dict:
    said = _values(record)
    street = ", ".join(filter(None, (said["address_line_1"], said["address_line_2"])))
    return {
        "@type": "ParcelDelivery",
        "provider": {"@type": "Organization", "name": said["carrier"]},
        "trackingNumber": said["shipment_reference"] or None,
        "expectedArrivalFrom": said["planned_on"],
        "deliveryStatus": row.state,
        "deliveryAddress": {
            "@type": "PostalAddress",
            "name": said["receiver_name"],
            "streetAddress": street,
            "postalCode": said["postcode"],
            "addressLocality": said["city"],
            "addressCountry": said["country"],
            "telephone": said["phone"] or None,
            "email": said["email"] or None,
        },
    }


def _invoice(row, record) -> dict:
    said = _values(record)
    return {
        "@context": SCHEMA,
        "@type": "Invoice",
        "additionalType": row.kind,
        "identifier": said["number"],
        "referencesOrder": {"@type": "Order", "orderNumber": said["order_number"]},
        "corrects": said["corrects_number"],
        "dateIssued": said["issued_on"],
        "paymentDueDate": said["due_on"],
        "customer": {
            "@type": "Organization",
            "name": said["buyer_name"],
            "identifier": said["buyer_number"] or None,
            "contactPoint": said["buyer_attention"] or None,
            "address": said["billing_address"],
        },
        "items": said["lines"],
        "subtotal": said["net"],
        "tax": said["vat"],
        "totalPaymentDue": {"@type": "MonetaryAmount", "value": said["total"], "currency": said["currency"]},
    }


def _values(record) -> dict:
    return {value.name: value.value for value in record.values}
