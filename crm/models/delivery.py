"""What goes to whom by which carrier (N20, N49)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class Delivery(models.Model):
    """One consignment to one named person. Only its carrier's allowed fields ever leave the house."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        BOOKED = "booked", _("booked")
        DELIVERED = "delivered", _("delivered")

    UNDER_WAY = (State.PLANNED, State.BOOKED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(
        "crm.Order", null=True, on_delete=models.SET_NULL, related_name="deliveries", verbose_name=_("order")
    )
    subject = models.ForeignKey("privacy.DataSubject", on_delete=models.PROTECT, related_name="deliveries")
    carrier = models.ForeignKey(
        "privacy.Recipient",
        on_delete=models.PROTECT,
        related_name="deliveries",
        verbose_name=_("carrier"),
        limit_choices_to={"kind": "carrier"},
    )
    planned_on = models.DateField(_("planned"))
    receiver_name = models.CharField(_("receiver"), max_length=160)
    address_line_1 = models.CharField(_("address"), max_length=120)
    address_line_2 = models.CharField(_("address, second line"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country"), max_length=2, default="NO")
    phone = SealedTextField(_("phone"), owner="subject", blank=True, max_length=20)
    email = models.EmailField(_("e-mail address"), blank=True)
    shipment_reference = models.CharField(_("shipment reference"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    # The packing slip as it went out: it stands when the order has left the account (L38).
    order_number = models.CharField(_("order"), max_length=20, blank=True, editable=False)
    slip = models.JSONField(_("packing slip"), default=list, blank=True, editable=False)
    booked_at = models.DateTimeField(_("booked"), null=True, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "booked", "delivered"]), name="crm_delivery_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="planned", booked_at__isnull=True)
                | (~Q(state="planned") & Q(booked_at__isnull=False) & ~Q(shipment_reference="")),
                name="crm_delivery_booked_has_reference",
            ),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="crm_delivery_country_code"),
        ]

    def __str__(self):
        return f"{_('Delivery')} {str(self.pk)[:8]}"
