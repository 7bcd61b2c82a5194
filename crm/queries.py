"""What the pages of the customer side read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from crm import rules
from crm.models import Contact, Delivery, Employment, Order
from privacy.queries import active, may_use
from privacy.screens.scoping import unlock

MARKETING = "marketing"
SHOWN = 50


@dataclass(frozen=True)
class MayI:
    """Whether this person may be contacted for a purpose, with the reason in words (L22)."""

    what: str
    yes: bool
    why: str


@dataclass(frozen=True)
class ContactPage:
    """Everything the page of one contact shows."""

    contact: Contact
    employments: list
    orders: list
    interactions: list
    may_i: list[MayI]
    kept_until: date
    information_due_on: date | None


def contact_page(contact, *, day: date) -> ContactPage:
    """The person's dealings, newest first and at most 50 of a kind, what is allowed, and when the record goes."""
    interactions = unlock(contact.interactions.select_related("author")[:SHOWN])
    return ContactPage(
        contact=contact,
        employments=list(contact.employments.select_related("organisation").order_by("ended_on", "started_on")),
        orders=list(contact.orders.select_related("organisation")[:SHOWN]),
        interactions=interactions,
        may_i=may_contact(contact, day=day),
        kept_until=rules.contact_kept_until(contact.clock_starts_on),
        information_due_on=contact.information_due_on,
    )


def may_contact(contact, *, day: date) -> list[MayI]:
    """Answers for dealings and for marketing; marketing follows consent alone (N36, L22)."""
    consent = may_use(contact.subject, purpose=MARKETING, day=day)
    return [
        MayI(_("About orders and questions"), True, _("It belongs to the dealings we already have.")),
        MayI(
            _("Marketing"),
            consent,
            _("There is a consent that stands.") if consent else _("There is no consent that stands."),
        ),
    ]


def contacts_listed(queryset):
    """Contacts with the place they work at now, in a fixed number of queries."""
    here = Employment.objects.filter(ended_on__isnull=True).select_related("organisation")
    return queryset.prefetch_related(Prefetch("employments", queryset=here, to_attr="here"))


def employer_of(contact) -> str:
    """Where a contact of `contacts_listed` works now."""
    return ", ".join(employment.organisation.name for employment in contact.here)


def order_deliveries(order) -> list[Delivery]:
    """Deliveries of an order whose receivers may be met."""
    return list(active(order.deliveries.select_related("carrier")))


def people_at(organisation) -> list[Employment]:
    """Who works or worked at an organisation; people who may not be met are left out."""
    return list(
        active(organisation.employments.select_related("contact")).order_by("ended_on", "contact__full_name")[:300]
    )


def orders_of(organisation) -> list[Order]:
    """The newest orders of an organisation."""
    return list(active(organisation.orders.all())[:SHOWN])
