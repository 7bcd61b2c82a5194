"""What the customer side holds about people, why, and for how long (N4, N17 to N25, N33 to N35, N54 to N59).

A contact runs on one clock, 24 months since the last dealings (N55). Who has left a company goes 90 days later (T11):
`clock_starts_on` is then set back by `rules.contact_clock_start`, so that one clock tells both. What the company itself
buys or asks never makes a person's own dealings younger.

Orders and deliveries leave the account 42 months after the purchase (N58). The invoice carries copies of all it must
say and stays alone, in the restricted archive, until five years after its accounting year (L38, T12 to T14).
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm import rules
from crm.models import (
    Contact,
    Delivery,
    Employment,
    Interaction,
    Invoice,
    NumberSeries,
    Order,
    OrderLine,
    Organisation,
)
from privacy import registry
from privacy.declare import (
    ABOUT,
    KEEP,
    OBSERVED,
    Activity,
    Actor,
    Basis,
    Category,
    Field,
    Held,
    KeepFor,
    KeepWith,
    NotPersonal,
    PersonalData,
)

CUSTOMER_RELATIONS = registry.activity(
    Activity(
        code="customer-relations",
        title=_("Looking after customers"),
        plainly=_("To know whom we deal with at our customers, and to reach the right person."),
        purpose="dpv:CustomerRelationshipManagement",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_(
            "We must know who speaks for a customer. We hold work details only, they go 24 months after we last dealt "
            "with each other, and you may object at any time."
        ),
        notice=("N17", "N18", "N35", "N42", "N55"),
        subjects=("customers' employees", "prospects", "sole traders"),
        review=_("Marketing is another activity and needs consent (N36, L22)."),
    )
)
ENQUIRIES = registry.activity(
    Activity(
        code="enquiries",
        title=_("Questions and conversations"),
        plainly=_("To answer what you asked, and to remember what we agreed."),
        purpose="dpv:CustomerCare",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_("Whoever asks us something expects an answer from somebody who knows what was said before."),
        notice=("N7", "N17", "N21"),
        subjects=("customers' employees", "people who write to us"),
    )
)
ORDERS = registry.activity(
    Activity(
        code="orders",
        title=_("Orders"),
        plainly=_("To carry out what was ordered, and to know who ordered it."),
        purpose="dpv:CustomerOrderManagement",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_(
            "The contract is with your employer; to fulfil it we must know who placed the order and asks for it."
        ),
        notice=("N19", "N25", "N33", "N34", "N35", "N58"),
        subjects=("customers' employees", "sole traders"),
        review=_(
            "GDPR Art 6(1)(b) covers only a person who is party to the contract (T4). Orders of sole traders could "
            "rest on it; one activity has one basis, so they rest on the same legitimate interest, and get the same "
            "portable copy."
        ),
    )
)
ACCOUNTING = registry.activity(
    Activity(
        code="accounting",
        title=_("Accounting"),
        plainly=_("To keep invoices as long as the Bookkeeping Act says."),
        purpose="dpv:FulfilmentOfObligation",
        basis=Basis.LEGAL_DUTY,
        law=rules.ACCOUNTING_LAW,
        notice=("N25", "N59"),
        subjects=("customers' employees", "sole traders"),
        review=_(
            "The notice names the Public Administration Act; the periods are those of the Bookkeeping Act, which is "
            "what binds us (T13)."
        ),
    )
)
DELIVERIES = registry.activity(
    Activity(
        code="deliveries",
        title=_("Deliveries"),
        plainly=_("To get the goods to you with a carrier, who is told only what the delivery needs."),
        purpose="dpv:DeliveryOfGoods",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_(
            "Goods reach the right person only if the carrier knows the name, the address and a number to call."
        ),
        notice=("N20", "N46", "N47", "N48", "N49"),
        recipients=("bring", "tnt", "ramberg"),
        subjects=("customers' employees", "sole traders"),
    )
)

KEY = NotPersonal("a random key")
ENTERED = NotPersonal("when the row was entered")
PURCHASE_CLOCK = {"months": rules.PURCHASE_MONTHS, "source": "N58"}
STILL_NEEDED = "GDPR Art 17(1)(a)"

registry.excuse(Organisation, because="a company, with the company's own address and switchboard; people are contacts")
registry.excuse(NumberSeries, because="the last number given out, nothing about anybody")


@registry.holds(Contact)
class ContactData(PersonalData):
    title = _("Contact details")
    activity = CUSTOMER_RELATIONS
    keep = KeepFor(months=rules.CONTACT_MONTHS, since="clock_starts_on", source="N55")
    source = "source_channel"
    order = "created_at"
    fields = {
        "id": KEY,
        "subject": KEY,
        "full_name": Field(Category.NAME, editable_by_subject=True),
        "email": Field(Category.EMAIL),
        "phone": Field(Category.PHONE, editable_by_subject=True),
        "title": Field(Category.EMPLOYMENT, editable_by_subject=True),
        "language": Field(Category.LANGUAGE, editable_by_subject=True),
        "interests": Field(Category.INTEREST),
        "ground": Field(Category.DEALINGS, scope=ABOUT),
        "source_channel": Field(Category.DEALINGS, scope=OBSERVED),
        "source_note": Field(Category.DEALINGS, scope=OBSERVED),
        "collected_on": Field(Category.DEALINGS, scope=OBSERVED),
        "collected_by": Actor(),
        "informed_on": Field(Category.DEALINGS, scope=OBSERVED),
        "owner": Actor(),
        "last_dealt_with_on": Field(Category.DEALINGS, scope=OBSERVED),
        "left_company_on": Field(Category.EMPLOYMENT, scope=ABOUT),
        "clock_starts_on": Field(Category.DEALINGS, scope=OBSERVED, shown=False),
        "created_at": ENTERED,
        "search": Field(Category.NAME, scope=OBSERVED, shown=False),
    }
    held_by = (
        Held(
            "order-under-way",
            Q(orders__state__in=["open", "confirmed"]),
            reason=_("an order you placed is under way"),
            law=STILL_NEEDED,
        ),
    )


@registry.holds(Employment)
class EmploymentData(PersonalData):
    title = _("Where you work")
    subject = "contact__subject"
    activity = CUSTOMER_RELATIONS
    keep = KeepWith("contact", source="N55")
    fields = {
        "id": KEY,
        "contact": KEY,
        "organisation": Field(Category.EMPLOYMENT),
        "role": Field(Category.EMPLOYMENT),
        "started_on": Field(Category.EMPLOYMENT),
        "ended_on": Field(Category.EMPLOYMENT),
    }


@registry.holds(Interaction)
class InteractionData(PersonalData):
    title = _("What we have talked about")
    activity = ENQUIRIES
    keep = KeepFor(months=rules.CONTACT_MONTHS, since="happened_on", source="N55")
    source = _("what you said or wrote, as our staff noted it")
    order = "happened_on"
    fields = {
        "id": KEY,
        "contact": KEY,
        "subject": KEY,
        "organisation": Field(Category.EMPLOYMENT, scope=OBSERVED),
        "kind": Field(Category.DEALINGS, scope=OBSERVED),
        "happened_on": Field(Category.DEALINGS, scope=OBSERVED),
        "text": Field(Category.FEEDBACK, scope=ABOUT),
        "product": Field(Category.FEEDBACK),
        "author": Actor(),
        "created_at": ENTERED,
    }


@registry.holds(Order)
class OrderData(PersonalData):
    title = _("Orders")
    activity = ORDERS
    keep = KeepFor(since="ordered_on", **PURCHASE_CLOCK)
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
    keep = KeepFor(months=12 * rules.ACCOUNTING_YEARS, since="issued_on", anchor="accounting_year", source="N59")
    statutory = (rules.ACCOUNTING_LAW,)
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
    source = _("your contact details, or what you asked for with the order")
    order = "planned_on"
    fields = {
        "id": KEY,
        "order": KEY,
        "subject": KEY,
        "carrier": Field(Category.DISCLOSURE, scope=OBSERVED),
        "planned_on": Field(Category.PURCHASE, scope=OBSERVED),
        "receiver_name": Field(Category.NAME),
        "address_line_1": Field(Category.POSTAL_ADDRESS),
        "address_line_2": Field(Category.POSTAL_ADDRESS),
        "postcode": Field(Category.POSTAL_ADDRESS),
        "city": Field(Category.POSTAL_ADDRESS),
        "country": Field(Category.POSTAL_ADDRESS),
        "phone": Field(Category.PHONE),
        "email": Field(Category.EMAIL),
        "shipment_reference": Field(Category.PURCHASE, scope=OBSERVED),
        "state": Field(Category.PURCHASE, scope=OBSERVED),
        "booked_at": Field(Category.DISCLOSURE, scope=OBSERVED),
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
