"""Orders: placed, moved along, and left alone once an invoice stands on them."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm import rules
from crm.actions.clocks import customers_were_active, dealt_with
from crm.actions.numbers import next_number
from crm.actions.refusal import Refused, changed_fields, refuse_future
from crm.models import Order, OrderLine
from privacy.actions import note

MOVES = {
    Order.State.OPEN: (Order.State.CONFIRMED, Order.State.CANCELLED),
    Order.State.CONFIRMED: (Order.State.DELIVERED, Order.State.CANCELLED),
    Order.State.DELIVERED: (),
    Order.State.CANCELLED: (),
}


@transaction.atomic
def place_order(organisation, *, lines, ordered_on, by, contact=None, reference="") -> Order:
    """Enter a purchase. ``lines`` are dicts of product, quantity and unit_price (kroner without VAT).

    A purchase is a dealing: it moves the clock of the person who placed it (N55).
    """
    refuse_future(ordered_on, field="ordered_on")
    if not lines:
        raise Refused(_("An order needs at least one line."), field="lines")
    order = Order.objects.create(
        number=str(next_number("order", first=10001)),
        organisation=organisation,
        contact=contact,
        subject=contact.subject if contact else None,
        ordered_on=ordered_on,
        reference=rules.mask_numbers(reference),
    )
    for line in lines:
        _add_line(order, line)
    dealt_with(contact, day=ordered_on, organisation=organisation)
    note("order.placed", subject=order.subject_id, record=order, by=by)
    return order


@transaction.atomic
def update_order(order, *, changes: dict, lines=None, by) -> Order:
    """Change an order that is under way and not invoiced; ``lines`` replaces all its lines."""
    if order.state not in Order.UNDER_WAY or order.invoices.exists():
        raise Refused(_("This order is closed or invoiced and stays as it is."))
    if "reference" in changes:
        changes = changes | {"reference": rules.mask_numbers(changes["reference"])}
    if "contact" in changes:
        changes = changes | {"subject": changes["contact"].subject if changes["contact"] else None}
    changed = changed_fields(order, changes)
    for name in changed:
        setattr(order, name, changes[name])
    refuse_future(order.ordered_on, field="ordered_on")
    order.save()
    if changed:
        customers_were_active([order.organisation_id], day=order.ordered_on)
    if lines is not None and _differ(order, lines):
        order.lines.all().delete()
        for line in lines:
            _add_line(order, line)
        changed.append("lines")
    if changed:
        note("order.updated", subject=order.subject_id, record=order, fields=changed, by=by)
    return order


@transaction.atomic
def move_order(order, *, state: str, by) -> Order:
    """Take an order one step further: confirmed, delivered or cancelled. Refused for a step that does not follow."""
    if state not in MOVES[order.state]:
        raise Refused(_("An order that is %(now)s cannot become that.") % {"now": order.get_state_display()})
    if state == Order.State.CANCELLED and order.invoices.exists():
        raise Refused(_("This order is invoiced: credit the invoice first."))
    order.state = state
    order.save(update_fields=["state"])
    note("order.moved", subject=order.subject_id, record=order, by=by, reason=str(state))
    return order


def next_states(order) -> list[str]:
    """The states an order may be taken to from where it is."""
    return [str(state) for state in MOVES[order.state]]


def _add_line(order, line: dict) -> None:
    if line["quantity"] < 1 or line["unit_price"] < 0:
        raise Refused(_("A line needs a quantity above zero and a price that is not negative."), field="lines")
    product = rules.mask_numbers(line["product"])
    OrderLine.objects.create(order=order, product=product, quantity=line["quantity"], unit_price=line["unit_price"])


def _differ(order, lines) -> bool:
    there = sorted(order.lines.values_list("product", "quantity", "unit_price"))
    return there != sorted((line["product"], line["quantity"], line["unit_price"]) for line in lines)
