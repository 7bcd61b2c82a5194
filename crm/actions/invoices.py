"""Invoices: issued once, held by law, corrected by a credit note (N25, N59, L38)."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm import rules
from crm.actions.numbers import next_number
from crm.actions.packing_slips import keep_document, make_primary, slips_of
from crm.actions.refusal import Refused
from crm.models import Invoice, Order
from privacy.actions import note

VAT = Decimal("0.25")
ORE = Decimal("0.01")
FIRST_NUMBER = 20001


@transaction.atomic
def issue_invoice(order, *, by, issued_on=None) -> Invoice:
    """Invoice an order once. The document takes a copy of everything it must say, and a hold of its own by law."""
    order = Order.objects.select_for_update().select_related("organisation").get(pk=order.pk)
    if order.state == Order.State.CANCELLED:
        raise Refused(_("This order is cancelled: there is nothing to invoice."))
    if order.invoices.filter(kind=Invoice.Kind.INVOICE).exists():
        raise Refused(_("This order has its invoice already. Make a credit note to correct it."))
    issued_on = issued_on or timezone.localdate()
    lines = [_line(line) for line in order.lines.all()]
    net = sum((Decimal(line["amount"]) for line in lines), Decimal("0.00"))
    vat = (net * VAT).quantize(ORE)
    contact = order.contact
    slips = slips_of(order)
    invoice = Invoice.objects.create(
        number=next_number("invoice", first=FIRST_NUMBER),
        order=order,
        order_number=order.number,
        subject_id=order.subject_id,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=rules.PAYMENT_DAYS),
        buyer_name=order.organisation.name,
        buyer_number=order.organisation.org_number,
        buyer_attention=contact.full_name if contact else "",
        billing_address=_address(order.organisation),
        lines=lines,
        slips=[slip.shipment_reference for slip in slips],
        net=net,
        vat=vat,
        total=net + vat,
        issued_by=by,
    )
    for slip in slips:
        make_primary(slip, issued_on=issued_on, by=by)
    return _filed(invoice, "invoice.issued", by)


@transaction.atomic
def credit_invoice(invoice, *, by, issued_on=None) -> Invoice:
    """Take back a whole invoice by a document of its own; the invoice stays as it was sent. Once only."""
    invoice = Invoice.objects.select_for_update().get(pk=invoice.pk)
    if invoice.kind != Invoice.Kind.INVOICE:
        raise Refused(_("This is a credit note itself and is not credited."))
    if Invoice.objects.filter(corrects_number=invoice.number).exists():
        raise Refused(_("This invoice has been credited already."))
    issued_on = issued_on or timezone.localdate()
    if issued_on < invoice.issued_on:
        raise Refused(_("A credit note is not older than its invoice."), field="issued_on")
    copied = ("order_id", "order_number", "subject_id", "buyer_name", "buyer_number", "buyer_attention")
    copied += ("billing_address", "currency")
    note_of_credit = Invoice.objects.create(
        kind=Invoice.Kind.CREDIT_NOTE,
        number=next_number("invoice", first=FIRST_NUMBER),
        corrects=invoice,
        corrects_number=invoice.number,
        issued_on=issued_on,
        due_on=issued_on,
        lines=[line | {"amount": f"-{line['amount']}"} for line in invoice.lines],
        net=-invoice.net,
        vat=-invoice.vat,
        total=-invoice.total,
        issued_by=by,
        **{name: getattr(invoice, name) for name in copied},
    )
    return _filed(note_of_credit, "invoice.credited", by)


def _filed(invoice, action: str, by) -> Invoice:
    note(action, subject=invoice.subject_id, record=invoice, by=by)
    # A document that names nobody needs no hold: only a person's erasure could take it before its time.
    if invoice.subject_id:
        keep_document(invoice, issued_on=invoice.issued_on, reason="accounting-document", by=by)
    return invoice


def _line(line) -> dict:
    return {
        "product": line.product,
        "quantity": line.quantity,
        "unit_price": str(line.unit_price),
        "amount": str(line.amount),
    }


def _address(organisation) -> str:
    street = organisation.postal_address or organisation.visiting_address
    town = f"{organisation.postcode} {organisation.city}".strip()
    return ", ".join(part for part in (street, town, organisation.country) if part)
