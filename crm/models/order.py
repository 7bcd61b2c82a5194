"""What was bought (N19, N25, N58)."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Order(models.Model):
    """One purchase by one organisation, placed by one person where we know who."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CONFIRMED = "confirmed", _("confirmed")
        DELIVERED = "delivered", _("delivered")
        CANCELLED = "cancelled", _("cancelled")

    UNDER_WAY = (State.OPEN, State.CONFIRMED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    organisation = models.ForeignKey(
        "crm.Organisation", on_delete=models.PROTECT, related_name="orders", verbose_name=_("organisation")
    )
    contact = models.ForeignKey(
        "crm.Contact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="orders",
        verbose_name=_("ordered by"),
    )
    subject = models.ForeignKey(
        "privacy.DataSubject", null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    ordered_on = models.DateField(_("ordered"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    reference = models.CharField(_("customer's reference"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-ordered_on", "-number"]
        indexes = [models.Index(fields=["ordered_on"], name="crm_order_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "confirmed", "delivered", "cancelled"]), name="crm_order_state_known"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="crm_order_has_a_number"),
            models.CheckConstraint(
                condition=Q(contact__isnull=True) | Q(subject__isnull=False), name="crm_order_by_contact_has_subject"
            ),
        ]

    def __str__(self):
        return f"{_('Order')} {self.number}"

    @property
    def total(self) -> Decimal:
        """Sum of the lines in kroner, without VAT."""
        return self.lines.aggregate(sum=Sum(F("quantity") * F("unit_price")))["sum"] or Decimal("0.00")


class OrderLine(models.Model):
    """One thing of an order; it names no person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.CharField(_("product"), max_length=120)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    unit_price = models.DecimalField(_("price each, without VAT"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["order", "product", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="crm_order_line_quantity_above_zero"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="crm_order_line_price_not_negative"),
        ]

    def __str__(self):
        return f"{_('Order line')} {str(self.pk)[:8]}"

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.unit_price
