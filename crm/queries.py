"""What the pages of the customer side read."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from crm import rules
from crm.consents import MARKETING
from crm.models import Contact, Delivery, Employment, Interaction, Invoice, Order
from privacy import registry
from privacy.queries import active, may_use
from privacy.screens.scoping import unlock

SHOWN = 50
SOON_DAYS = 30
ON_HOME = 8


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
    interactions = unlock(active(contact.interactions.select_related("author"))[:SHOWN])
    return ContactPage(
        contact=contact,
        employments=list(active(contact.employments.select_related("organisation")).order_by("ended_on", "started_on")),
        orders=list(active(contact.orders.select_related("organisation"))[:SHOWN]),
        interactions=interactions,
        may_i=may_contact(contact, day=day),
        kept_until=rules.contact_kept_until(contact.clock_starts_on),
        information_due_on=contact.information_due_on,
    )


def may_contact(contact, *, day: date) -> list[MayI]:
    """Answers for dealings and for each channel of marketing; marketing follows consent alone (N36, L22)."""
    return [
        MayI(_("About orders and questions"), True, _("It belongs to the dealings we already have.")),
        *(_may_market(contact, registry.purpose_of(code), day) for code in MARKETING),
    ]


def _may_market(contact, purpose, day: date) -> MayI:
    stands = may_use(contact.subject, purpose=purpose.code, day=day)
    why = _("There is a consent that stands.") if stands else _("There is no consent that stands.")
    return MayI(str(purpose.title), stands, why)


def contacts_listed(queryset):
    """Contacts with the place they work at now, in a fixed number of queries."""
    here = active(Employment.objects.filter(ended_on__isnull=True)).select_related("organisation")
    return queryset.prefetch_related(Prefetch("employments", queryset=here, to_attr="here"))


def employer_of(contact) -> str:
    """Where a contact of `contacts_listed` works now."""
    return ", ".join(employment.organisation.name for employment in contact.here)


def order_deliveries(order) -> list[Delivery]:
    """Deliveries of an order whose receivers may be met."""
    return list(active(order.deliveries.select_related("carrier")))


def order_invoices(order) -> list[Invoice]:
    """Invoices and credit notes of an order that may be shown."""
    return list(active(order.invoices.all()))


def may_be_met(contact) -> bool:
    """Whether staff may meet this contact at all; an order stays when its contact may not be."""
    return active(Contact.objects.filter(pk=contact.pk)).exists()


def people_at(organisation) -> list[Employment]:
    """Who works or worked at an organisation; people who may not be met are left out."""
    return list(
        active(organisation.employments.select_related("contact")).order_by("ended_on", "contact__full_name")[:300]
    )


def orders_of(organisation) -> list[Order]:
    """The newest orders of an organisation."""
    return list(active(organisation.orders.all())[:SHOWN])


@dataclass(frozen=True)
class MyDay:
    """What a seller meets first. A part that its reader has no right to is None; each holds at most `ON_HOME` rows."""

    enquiries: list | None
    orders: list | None
    deliveries: list | None
    going: list | None


def my_day(user, *, day: date) -> MyDay:
    """The work that waits on `day` for this member of staff, in at most one query for each part."""
    return MyDay(
        enquiries=_newest_enquiries() if user.has_perms(("crm.view_interaction", "crm.view_contact")) else None,
        orders=_orders_waiting() if user.has_perm("crm.view_order") else None,
        deliveries=_deliveries_under_way() if user.has_perm("crm.view_delivery") else None,
        going=_contacts_going(user, day) if user.has_perm("crm.view_contact") else None,
    )


def _newest_enquiries() -> list[Interaction]:
    """Questions from the website, newest first, each with `answered`: somebody has talked with the person since."""
    talked = Interaction.objects.filter(contact=OuterRef("contact"), created_at__gt=OuterRef("created_at"))
    questions = active(Interaction.objects.filter(kind=Interaction.Kind.ENQUIRY)).select_related("contact")
    questions = questions.annotate(answered=Exists(talked.exclude(kind=Interaction.Kind.ENQUIRY)))
    return list(questions.order_by("-created_at", "pk")[:ON_HOME])


def _orders_waiting() -> list[Order]:
    """Orders under way with nothing booked, the longest waiting first; `planned` says that booking is what is left."""
    consignments = active(Delivery.objects.filter(order=OuterRef("pk")))
    waiting = active(Order.objects.filter(state__in=Order.UNDER_WAY)).select_related("organisation")
    waiting = waiting.annotate(planned=Exists(consignments.filter(state=Delivery.State.PLANNED)))
    on_its_way = Exists(consignments.exclude(state=Delivery.State.PLANNED))
    return list(waiting.filter(Q(planned=True) | ~on_its_way).order_by("ordered_on", "number")[:ON_HOME])


def _deliveries_under_way() -> list[Delivery]:
    """Deliveries planned or booked that have not arrived, the earliest day first."""
    under_way = active(Delivery.objects.filter(state__in=Delivery.UNDER_WAY)).select_related("order", "carrier")
    return list(under_way.order_by("planned_on", "pk")[:ON_HOME])


def _contacts_going(user, day: date) -> list[Contact]:
    """Contacts this member of staff looks after whose last day is within 30 days; who has an order under way stays."""
    gone = rules.latest_contact_clock(day - timedelta(days=1))
    soon = rules.latest_contact_clock(day + timedelta(days=SOON_DAYS))
    mine = active(Contact.objects.filter(owner=user, clock_starts_on__gt=gone, clock_starts_on__lte=soon))
    kept = Order.objects.filter(contact=OuterRef("pk"), state__in=Order.UNDER_WAY)
    rows = list(mine.exclude(Exists(kept)).order_by("clock_starts_on", "full_name")[:ON_HOME])
    for contact in rows:
        contact.kept_until = rules.contact_kept_until(contact.clock_starts_on)
    return rows
