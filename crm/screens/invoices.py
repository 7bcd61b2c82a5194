"""Invoices in the staff pages: read, and credited."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from crm import actions, rules
from crm.models import Invoice
from privacy.screens.scoping import ScopedInspectView, ScopedModelViewSet, ScopedRowView


def numbered(invoice) -> str:
    """What an invoice is called on the screen: Invoice 20022, Credit note 20023."""
    return capfirst(str(invoice))


class InvoicePage(ScopedInspectView):
    template_name = "crm/admin/invoice.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(held_until=rules.accounting_hold_until(self.object.issued_on), **kwargs)

    @property
    def header_more_buttons(self):
        if not self.user_has_permission("add") or self.object.kind != Invoice.Kind.INVOICE:
            return []
        return [Button(_("Make credit note"), url=reverse("invoice:credit", args=[self.object.pk]))]


class Credit(ScopedRowView):
    needs = "add"
    page_title = _("Make a credit note")
    lead = _("The credit note takes back the whole invoice. The invoice itself stays as it was sent.")
    confirm_label = _("Make it")
    danger = True

    def facts(self):
        return [(_("Buyer"), self.row.buyer_name), (_("To pay"), f"{self.row.total} {self.row.currency}")]

    def act(self, form):
        self.credit_note = actions.credit_invoice(self.row, by=self.request.user)
        return _("Credit note %(number)s is issued.") % {"number": self.credit_note.number}

    def done_url(self):
        return reverse("invoice:inspect", args=[self.credit_note.pk])


class InvoiceViewSet(ScopedModelViewSet):
    """No form to add, change or delete: an order is invoiced from its page, and an invoice is credited."""

    model = Invoice
    icon = "doc-full"
    heading = staticmethod(numbered)
    inspect_view_class = InvoicePage
    inspect_view_fields = [
        "kind",
        "number",
        "order_number",
        "corrects_number",
        "issued_on",
        "due_on",
        "buyer_name",
        "buyer_number",
        "buyer_attention",
        "billing_address",
        "net",
        "vat",
        "total",
        "currency",
    ]
    list_display = ["number", "kind", "buyer_name", "issued_on", Column("total", label=_("To pay"), accessor="total")]
    list_filter = ["kind", "issued_on"]
    search_fields = ("order_number", "buyer_name", "buyer_number")
    refusals = (actions.Refused,)
    own_views = {"credit": Credit}
