"""What the customer side counts before it goes (N22, N57): nothing per customer, nothing per person."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from crm.models import Delivery, Interaction, Order
from privacy import registry


def carriers() -> dict:
    """Every carrier goods may go with."""
    recipients = Delivery._meta.get_field("carrier").related_model
    return dict(recipients.objects.filter(kind="carrier").order_by("code").values_list("code", "name"))


@registry.statistic("orders", title=_("Orders"), plainly=_("How many orders were placed."))
def orders(first, last) -> dict:
    return {"": Order.objects.filter(ordered_on__range=(first, last)).count()}


@registry.statistic(
    "conversations",
    title=_("Conversations and questions"),
    plainly=_("How often we dealt with each other, by kind."),
    values=lambda: dict(Interaction.Kind.choices),
)
def conversations(first, last) -> dict:
    rows = Interaction.objects.filter(happened_on__range=(first, last))
    return dict(rows.order_by().values_list("kind").annotate(number=Count("pk")))


@registry.statistic(
    "deliveries",
    title=_("Deliveries"),
    plainly=_("Consignments that were handed to a carrier, by carrier."),
    values=carriers,
)
def deliveries(first, last) -> dict:
    rows = Delivery.objects.filter(planned_on__range=(first, last)).exclude(state=Delivery.State.PLANNED)
    return dict(rows.order_by().values_list("carrier__code").annotate(number=Count("pk")))
