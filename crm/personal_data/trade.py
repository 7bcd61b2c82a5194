"""Orders, invoices and deliveries, as far as they are about a person."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm import rules
from crm.models import Delivery, Invoice, Order, OrderLine
from crm.personal_data.activities import ACCOUNTING, DELIVERIES, ENTERED, KEY, ORDERS, STILL_NEEDED
from privacy import registry
from privacy.declare import (
    ABOUT,
    KEEP,
    OBSERVED,
    Actor,
    Category,
    Field,
    Held,
    KeepFor,
    KeepWith,
    PersonalData,
)

PURCHASE_CLOCK = {"months": rules.PURCHASE_MONTHS, "source": "N58"}


@registry.holds(Order)
class OrderData(PersonalData):
    title = _("Orders")
    activity = ORDERS
    keep = KeepFor(since="ordered_on", **PURCHASE_CLOCK)
    found_by = ("number",)
    source = _("ordered by you")
    order = "ordered_on"
    fields = {
        "id": KEY,
        "number": Field(Category.PURCHASE),
        "organisation": Field(Category.EMPLOYMENT),
        "contact": KEY,
        "subject": KEY,
        "ordered_on": Field(Category.PURCHASE),
        "state": Field(Category.PURCHASE, scope=ABOUT),
        "reference": Field(Category.PURCHASE),
        "created_at": ENTERED,
    }
    held_by = (
        Held(
            "order-under-way",
            Q(state__in=["open", "confirmed"]),
            reason=_("the order is under way"),
            law=STILL_NEEDED,
        ),
    )

    @classmethod
    def label(cls, row):
        return str(row)


@registry.holds(OrderLine)
class OrderLineData(PersonalData):
    title = _("What you ordered")
    subject = "order__subject"
    activity = ORDERS
    keep = KeepWith("order", source="N58")
    fields = {
        "id": KEY,
        "order": KEY,
        "product": Field(Category.PURCHASE),
        "quantity": Field(Category.PURCHASE),
        "unit_price": Field(Category.PURCHASE),
    }


@registry.holds(Invoice)
class InvoiceData(PersonalData):
    title = _("Invoices")
    activity = ACCOUNTING
    keep = KeepFor(
        months=12 * rules.ACCOUNTING_YEARS,
        since="issued_on",
        anchor=rules.accounting_anchor(settings.ACCOUNTING_YEAR_LAST_MONTH),
        source="N59",
    )
    statutory = (rules.ACCOUNTING_LAW,)
    found_by = ("number",)
    source = _("made by us from the order")
    order = "number"
    fields = {
        "id": KEY,
        "kind": Field(Category.PAYMENT, on_erase=KEEP),
        "number": Field(Category.PAYMENT, on_erase=KEEP),
        "order": KEY,
        "order_number": Field(Category.PURCHASE, on_erase=KEEP),
        "corrects": KEY,
        "corrects_number": Field(Category.PAYMENT, on_erase=KEEP),
        "subject": KEY,
        "issued_on": Field(Category.PAYMENT, on_erase=KEEP),
        "due_on": Field(Category.PAYMENT, on_erase=KEEP),
        "buyer_name": Field(Category.PAYMENT, on_erase=KEEP),
        "buyer_number": Field(Category.PAYMENT, on_erase=KEEP),
        "buyer_attention": Field(Category.NAME, on_erase=KEEP),
        "billing_address": Field(Category.PAYMENT, on_erase=KEEP),
        "lines": Field(Category.PURCHASE, on_erase=KEEP),
        "slips": Field(Category.PURCHASE, on_erase=KEEP),
        "net": Field(Category.PAYMENT, on_erase=KEEP),
        "vat": Field(Category.PAYMENT, on_erase=KEEP),
        "total": Field(Category.PAYMENT, on_erase=KEEP),
        "currency": Field(Category.PAYMENT, on_erase=KEEP),
        "issued_by": Actor(),
        "created_at": ENTERED,
    }

    @classmethod
    def label(cls, row):
        return str(row)


@registry.holds(Delivery)
class DeliveryData(PersonalData):
    title = _("Deliveries")
    activity = DELIVERIES
    keep = KeepFor(since="planned_on", **PURCHASE_CLOCK)
    # What is kept of a packing slip when the purchase has left the account: what went where, and not how to call whom.
    statutory = (rules.ACCOUNTING_LAW,)
    found_by = ("shipment_reference", "order_number")
    source = _("your contact details, or what you asked for with the order")
    order = "planned_on"
    fields = {
        "id": KEY,
        "order": KEY,
        "subject": KEY,
        "carrier": Field(Category.DISCLOSURE, scope=OBSERVED, on_erase=KEEP),
        "planned_on": Field(Category.PURCHASE, scope=OBSERVED, on_erase=KEEP),
        "order_number": Field(Category.PURCHASE, scope=OBSERVED, on_erase=KEEP),
        "slip": Field(Category.PURCHASE, scope=OBSERVED, on_erase=KEEP),
        "receiver_name": Field(Category.NAME, on_erase=KEEP),
        "address_line_1": Field(Category.POSTAL_ADDRESS, on_erase=KEEP),
        "address_line_2": Field(Category.POSTAL_ADDRESS, on_erase=KEEP),
        "postcode": Field(Category.POSTAL_ADDRESS, on_erase=KEEP),
        "city": Field(Category.POSTAL_ADDRESS, on_erase=KEEP),
        "country": Field(Category.POSTAL_ADDRESS, on_erase=KEEP),
        "phone": Field(Category.PHONE),
        "email": Field(Category.EMAIL),
        "shipment_reference": Field(Category.PURCHASE, scope=OBSERVED, on_erase=KEEP),
        "state": Field(Category.PURCHASE, scope=OBSERVED, on_erase=KEEP),
        "booked_at": Field(Category.DISCLOSURE, scope=OBSERVED, on_erase=KEEP),
        "booked_by": Actor(),
        "created_at": ENTERED,
    }
    held_by = (
        Held(
            "delivery-under-way",
            Q(state__in=["planned", "booked"], order__state__in=["open", "confirmed"]),
            reason=_("the goods are on their way to you"),
            law=STILL_NEEDED,
        ),
    )
