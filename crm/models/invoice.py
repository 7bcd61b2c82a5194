"""Invoices and credit notes: written once, never changed (N25, N59, L38)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class InvoiceLocked(Exception):
    """An issued invoice is neither edited nor deleted: a credit note corrects it."""


class Invoice(models.Model):
    """One accounting document. Its lines are copied into it, so that it stands when the order has left the account.

    Amounts are kroner; a credit note has a negative total and names what it corrects.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("invoice")
        CREDIT_NOTE = "credit_note", _("credit note")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.INVOICE)
    number = models.PositiveIntegerField(_("number"), unique=True)
    order = models.ForeignKey(
        "crm.Order", null=True, blank=True, on_delete=models.SET_NULL, related_name="invoices", verbose_name=_("order")
    )
    order_number = models.CharField(_("order"), max_length=20)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="credit_notes")
    corrects_number = models.PositiveIntegerField(_("corrects invoice"), null=True, blank=True)
    subject = models.ForeignKey(
        "privacy.DataSubject", null=True, blank=True, on_delete=models.PROTECT, related_name="invoices"
    )
    issued_on = models.DateField(_("issued"))
    due_on = models.DateField(_("due"))
    buyer_name = models.CharField(_("buyer"), max_length=160)
    buyer_number = models.CharField(_("buyer's organisation number"), max_length=9, blank=True)
    buyer_attention = SealedTextField(
        _("buyer's contact"), owner="subject", compartment="kept", blank=True, max_length=160
    )
    billing_address = models.CharField(_("billing address"), max_length=320)
    lines = models.JSONField(_("lines"))
    # Shipment references of the packing slips it rests on: they are kept as long as it is (L38).
    slips = models.JSONField(_("packing slips"), default=list, blank=True)
    net = models.DecimalField(_("sum without VAT"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=12, decimal_places=2)
    total = models.DecimalField(_("to pay"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="NOK")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["invoice", "credit_note"]), name="crm_invoice_kind_known"),
            models.CheckConstraint(condition=Q(due_on__gte=F("issued_on")), name="crm_invoice_due_after_issue"),
            models.CheckConstraint(
                condition=Q(kind="invoice", corrects_number__isnull=True)
                | Q(kind="credit_note", corrects_number__isnull=False),
                name="crm_invoice_credit_note_names_what_it_corrects",
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", total__gte=0) | Q(kind="credit_note", total__lte=0), name="crm_invoice_sign"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="crm_invoice_has_a_number"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(kind="invoice", order__isnull=False), name="crm_invoice_once_per_order"
            ),
            models.UniqueConstraint(
                fields=["corrects_number"], condition=Q(kind="credit_note"), name="crm_invoice_credited_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise InvoiceLocked(_("An issued invoice is not changed: make a credit note instead."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise InvoiceLocked(_("An issued invoice is not deleted: make a credit note instead."))
