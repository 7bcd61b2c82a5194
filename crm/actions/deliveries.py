"""Deliveries: planned, booked with exactly the carrier's fields, confirmed (N20, N49, T36)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm import rules
from crm.actions.carriers import sender_of
from crm.actions.clocks import dealt_with
from crm.actions.packing_slips import file_slip
from crm.actions.refusal import Refused, changed_fields, refuse_unless_active
from crm.models import Delivery, Order
from privacy.actions import NotAllowed, NotSent, allowed_payload, erase_rows, hand_over, note, one_hand_over

ACTIVITY = "deliveries"
BOOKED_WITH = ("carrier", "subject", "order__organisation")


@transaction.atomic
def plan_delivery(
    order, *, contact, carrier, address_line_1, postcode, city, by, receiver_name="", phone=None, email=None, **facts
) -> Delivery:
    """Plan a consignment to one person; name, phone and e-mail are the contact's unless given."""
    refuse_unless_active(ACTIVITY)
    if order.state not in Order.UNDER_WAY:
        raise Refused(_("This order is closed: open a new one for another delivery."), field="order")
    delivery = Delivery.objects.create(
        order=order,
        subject=contact.subject,
        carrier=carrier,
        planned_on=timezone.localdate(),
        receiver_name=rules.mask_numbers(receiver_name or contact.full_name),
        address_line_1=address_line_1,
        postcode=postcode,
        city=city,
        phone=_phone(contact.phone if phone is None else phone),
        email=rules.normalise_email(contact.email if email is None else email),
        **facts,
    )
    dealt_with(None, day=delivery.planned_on, organisation=order.organisation)
    note("delivery.planned", subject=delivery.subject_id, record=delivery, by=by)
    return delivery


@transaction.atomic
def update_delivery(delivery, *, changes: dict, by) -> Delivery:
    """Change a consignment that has not been booked; afterwards it says what the carrier was told."""
    if delivery.state != Delivery.State.PLANNED:
        raise Refused(_("This delivery is booked: the carrier has these details, so they stay as they are."))
    changes = dict(changes)
    if "phone" in changes:
        changes["phone"] = _phone(changes["phone"])
    if "email" in changes:
        changes["email"] = rules.normalise_email(changes["email"])
    changed = changed_fields(delivery, changes)
    if not changed:
        return delivery
    for name in changed:
        setattr(delivery, name, changes[name])
    delivery.save()
    note("delivery.updated", subject=delivery.subject_id, record=delivery, fields=changed, by=by)
    return delivery


def consignment(delivery) -> dict:
    """What this carrier gets about this delivery, and nothing else: page, consignment note and log all use it."""
    return allowed_payload(delivery.carrier, values=_values(delivery))


def _values(delivery) -> dict:
    return {
        "receiver_name": delivery.receiver_name,
        "address": ", ".join(filter(None, (delivery.address_line_1, delivery.address_line_2))),
        "postcode": delivery.postcode,
        "city": delivery.city,
        "country": delivery.country,
        "phone": delivery.phone,
        "email": delivery.email,
        "shipment_reference": delivery.shipment_reference or _reference(delivery),
    }


def book_delivery(delivery, *, by) -> Delivery:
    """Hand the consignment to its carrier and log the disclosure in the same transaction. Once only.

    The delivery is the packing slip from now on, and the law keeps it (L38).
    Refused for a carrier the register does not allow this to, and when the carrier does not take it: then nothing was
    sent, logged or changed; in the second case the office sees that it waits, and it can be booked again.
    """
    try:
        with one_hand_over(by=by):
            return _book(delivery, by=by)
    except (NotAllowed, NotSent) as refusal:
        raise Refused(str(refusal)) from refusal


def _book(delivery, *, by) -> Delivery:
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related(*BOOKED_WITH).get(pk=delivery.pk)
    if delivery.state != Delivery.State.PLANNED:
        raise Refused(_("This delivery is booked already; nothing was sent a second time."))
    if not delivery.subject.is_readable:
        raise Refused(_("This person's details are restricted or being erased; nothing was sent."))
    delivery.shipment_reference = delivery.shipment_reference or _reference(delivery)
    delivery.state, delivery.booked_at, delivery.booked_by = Delivery.State.BOOKED, timezone.now(), by
    delivery.save(update_fields=["shipment_reference", "state", "booked_at", "booked_by"])
    file_slip(delivery, by=by)
    dealt_with(None, day=timezone.localdate(delivery.booked_at), organisation=delivery.order.organisation)
    note("delivery.booked", subject=delivery.subject_id, record=delivery, by=by, reason=delivery.carrier.code)
    # Last, because what has been sent cannot be rolled back.
    hand_over(
        delivery.subject,
        recipient=delivery.carrier,
        values=_values(delivery),
        activity=ACTIVITY,
        send=sender_of(delivery.carrier),
        by=by,
        about=delivery,
    )
    return delivery


@transaction.atomic
def confirm_delivered(delivery, *, by) -> Delivery:
    """The goods have arrived."""
    if delivery.state != Delivery.State.BOOKED:
        raise Refused(_("Only a booked delivery can arrive."))
    delivery.state = Delivery.State.DELIVERED
    delivery.save(update_fields=["state"])
    if delivery.order is not None:
        dealt_with(None, day=timezone.localdate(), organisation=delivery.order.organisation)
    note("delivery.delivered", subject=delivery.subject_id, record=delivery, by=by)
    return delivery


def delete_delivery(delivery, *, by):
    """Have a planned delivery erased; returns the Erasure. Refused once a carrier has been told."""
    if delivery.state != Delivery.State.PLANNED:
        raise Refused(_("This delivery is booked and stays until its time is up."))
    return erase_rows(Delivery, subject=delivery.subject, pks=[delivery.pk], cause="staff", by=by)


def _reference(delivery) -> str:
    # Made from the key, so that the page shown before booking already tells the very reference that is sent.
    return f"CN{delivery.pk.hex[:10].upper()}"


def _phone(text: str) -> str:
    try:
        return rules.e164(str(text))
    except ValueError:
        raise Refused(
            _("This is not a phone number. Example: 22 00 00 00 or +47 22 00 00 00."), field="phone"
        ) from None
