"""What the Bookkeeping Act keeps of a purchase: invoices, and the packing slip of goods that were sent (L38, T14).

An outgoing packing slip is secondary accounting material: three and a half years after the accounting year. When an
invoice refers to it, it documents that invoice and is kept as long as the invoice, five years.
"""

from django.conf import settings
from django.utils import timezone

from crm import rules
from crm.models import Delivery
from privacy.actions import place_hold, release_hold

SLIP = "packing-slip"


def file_slip(delivery, *, by) -> None:
    """A booked delivery takes a copy of what it carries; from now on it is the packing slip, which the law keeps.

    Called in the transaction of the booking; it saves the two columns itself.
    """
    order = delivery.order
    delivery.order_number = order.number
    delivery.slip = [{"product": line.product, "quantity": line.quantity} for line in order.lines.all()]
    delivery.save(update_fields=["order_number", "slip"])
    until = rules.secondary_hold_until(
        timezone.localdate(delivery.booked_at), last_month=settings.ACCOUNTING_YEAR_LAST_MONTH
    )
    _keep(delivery, kind="acc_secondary", until=until, reason=SLIP, by=by)


def slips_of(order) -> list[Delivery]:
    """The packing slips of an order, oldest first, locked: what its invoice will refer to."""
    sent = order.deliveries.select_for_update().exclude(state=Delivery.State.PLANNED)
    return list(sent.order_by("booked_at", "pk"))


def make_primary(slip, *, issued_on, by) -> None:
    """An invoice of this day refers to the slip: it is kept as long as the invoice, or longer if it was already."""
    primary = keep_document(slip, issued_on=issued_on, reason=SLIP, by=by)
    shorter = slip.subject.holds.filter(model=slip._meta.label, object_pk=str(slip.pk), kind="acc_secondary")
    for hold in shorter.filter(released_at__isnull=True, until__lte=primary.until):
        release_hold(hold, by=None)


def keep_document(record, *, issued_on, reason: str, by):
    """The hold of a primary document: until five years after the accounting year of ``issued_on``."""
    until = rules.accounting_hold_until(issued_on, last_month=settings.ACCOUNTING_YEAR_LAST_MONTH)
    return _keep(record, kind="acc_primary", until=until, reason=reason, by=by)


def _keep(record, *, kind, until, reason, by):
    return place_hold(
        record,
        subject=record.subject,
        ground="statutory",
        kind=kind,
        law=rules.ACCOUNTING_LAW,
        reason=reason,
        until=until,
        by=by,
    )
