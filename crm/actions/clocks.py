"""What moves the clock of a contact: own dealings, and for a while those of the company one works for (N55, T11).

`Contact.clock_starts_on` is the one stored date. It follows in the transaction of what moved it, in two queries for
all who work at an organisation, however many.
"""

from django.db.models import F, OuterRef, Q, Subquery

from crm import rules
from crm.models import Contact, Employment, Organisation


def dealt_with(contact, *, day, organisation=None) -> None:
    """This person and we dealt with each other on ``day``: their clock moves, never back, and so does the customer's.

    ``organisation`` is the company it was about; without one it is wherever the person works now. ``contact`` is None
    when only the company is known.
    """
    if organisation is not None:
        organisations = [organisation.pk]
    else:
        organisations = list(contact.employments.filter(ended_on__isnull=True).values_list("organisation", flat=True))
    if contact is not None and day > contact.last_dealt_with_on:
        contact.last_dealt_with_on = day
        contact.save(update_fields=["last_dealt_with_on"])
    if organisations:
        customers_were_active(organisations, day=day)


def customers_were_active(organisations, *, day) -> None:
    """These organisations (keys) ordered, got or asked something on ``day``: who works there is kept accordingly."""
    earlier = Organisation.objects.filter(Q(active_on__isnull=True) | Q(active_on__lt=day), pk__in=organisations)
    if earlier.update(active_on=day):
        working = Employment.objects.filter(organisation__in=organisations, ended_on__isnull=True)
        restart_clocks(Contact.objects.filter(pk__in=working.values("contact")))


def restart_clocks(contacts) -> None:
    """Count the clocks of these contacts (a queryset) anew, from what is stored now; call it in a transaction."""
    employers = Employment.objects.filter(contact=OuterRef("pk"), ended_on__isnull=True)
    newest = employers.order_by(F("organisation__active_on").desc(nulls_last=True)).values("organisation__active_on")
    # Locked, so that a conversation noted at the same moment is not counted out again.
    found = contacts.select_for_update().order_by("pk").annotate(customer_on=Subquery(newest[:1]))
    moved = []
    for contact in found.only("last_dealt_with_on", "left_company_on", "clock_starts_on"):
        start = rules.contact_clock_start(contact.last_dealt_with_on, contact.left_company_on, contact.customer_on)
        if start != contact.clock_starts_on:
            contact.clock_starts_on = start
            moved.append(contact)
    Contact.objects.bulk_update(moved, ["clock_starts_on"], batch_size=500)
