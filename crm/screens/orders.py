"""Orders in the staff pages."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from crm import actions, queries
from crm.models import Order
from crm.screens import choosers
from crm.screens.fields import LineField, PickField, state_column
from privacy.screens.scoping import ScopedInspectView, ScopedModelViewSet, ScopedRowView

EMPTY_LINES = 4


class OrderEditForm(WagtailAdminModelForm):
    contact = PickField(choosers.contacts, label=_("Ordered by"), required=False)

    class Meta:
        model = Order
        fields = ["contact", "ordered_on", "reference"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.contact is not None and not queries.may_be_met(self.instance.contact):
            # Neither shown nor taken off the order by whoever saves the form.
            del self.fields["contact"]
        there = [] if self.instance._state.adding else list(self.instance.lines.all())
        for number in range(len(there) + EMPTY_LINES):
            line = there[number] if number < len(there) else None
            field = LineField(label=_("Line %(number)s") % {"number": number + 1})
            self.fields[f"line_{number}"] = field
            if line:
                self.initial[f"line_{number}"] = {
                    "product": line.product,
                    "quantity": line.quantity,
                    "unit_price": line.unit_price,
                }

    @property
    def lines(self) -> list[dict]:
        """The filled lines, in order."""
        names = [name for name in self.fields if name.startswith("line_")]
        return [self.cleaned_data[name] for name in names if self.cleaned_data.get(name)]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.lines:
            raise ValidationError(_("An order needs at least one line."))
        return cleaned

    @property
    def facts(self) -> dict:
        """What the acts take, lines apart."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}


class OrderAddForm(OrderEditForm):
    organisation = PickField(choosers.organisations, label=_("Organisation"))
    field_order = ["organisation", "contact", "ordered_on", "reference"]

    class Meta(OrderEditForm.Meta):
        fields = ["organisation", *OrderEditForm.Meta.fields]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ordered_on", timezone.localdate())


class OrderPage(ScopedInspectView):
    template_name = "crm/admin/order.html"

    def get_page_subtitle(self):
        return self.object.organisation.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            lines=list(self.object.lines.all()),
            total=self.object.total,
            invoices=queries.order_invoices(self.object),
            deliveries=queries.order_deliveries(self.object),
            **kwargs,
        )

    @property
    def header_buttons(self):
        if self.object.state not in Order.UNDER_WAY or not self.user_has_permission("change"):
            return []
        address = f"{reverse('delivery:add')}?order={self.object.pk}"
        return [HeaderButton(_("Plan delivery"), url=address, icon_name="calendar-alt")]

    @property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if not self.user_has_permission("change"):
            return buttons
        own = [(f"order:{state}", label) for state, label in self.next_states()]
        if self.request.user.has_perm("crm.add_invoice") and not self.object.invoices.exists():
            own.append(("order:invoice", _("Issue invoice")))
        return buttons + [Button(label, url=reverse(name, args=[self.object.pk])) for name, label in own]

    def next_states(self):
        labels = {"confirmed": _("Confirm"), "delivered": _("Delivered"), "cancelled": _("Cancel order")}
        return [(state, labels[state]) for state in actions.next_states(self.object)]


class Move(ScopedRowView):
    needs = "change"
    state = ""

    def act(self, form):
        actions.move_order(self.row, state=self.state, by=self.request.user)
        return _("Done.")


class Confirm(Move):
    page_title = _("Confirm the order")
    state = Order.State.CONFIRMED


class Delivered(Move):
    page_title = _("The order is delivered")
    state = Order.State.DELIVERED


class Cancel(Move):
    page_title = _("Cancel the order")
    state = Order.State.CANCELLED
    danger = True


class IssueInvoice(ScopedRowView):
    """Needs the right to add invoices as well as to see the order."""

    page_title = _("Issue the invoice")
    lead = _("An issued invoice is never changed: a mistake is put right by a credit note.")
    confirm_label = _("Issue it")
    also = ("crm.add_invoice",)

    def facts(self):
        lines = [(line.product, f"{line.quantity} × {line.unit_price}") for line in self.row.lines.all()]
        return [(_("Buyer"), self.row.organisation.name), *lines, (_("Sum without VAT"), self.row.total)]

    def act(self, form):
        self.invoice = actions.issue_invoice(self.row, by=self.request.user)
        return _("Invoice %(number)s is issued.") % {"number": self.invoice.number}

    def done_url(self):
        return reverse("invoice:inspect", args=[self.invoice.pk])


class OrderViewSet(ScopedModelViewSet):
    model = Order
    icon = "form"
    add_form_class = OrderAddForm
    edit_form_class = OrderEditForm
    inspect_view_class = OrderPage
    inspect_view_fields = ["number", "ordered_on", "state", "reference"]
    list_display = [
        "number",
        Column("organisation", label=_("Organisation"), accessor="organisation.name"),
        "ordered_on",
        state_column(lambda row: row.state in Order.UNDER_WAY),
    ]
    list_filter = ["state", "ordered_on"]
    list_select_related = ("organisation",)
    search_fields = ("number", "organisation__search", "reference")
    prepare = staticmethod(choosers.orders.prepare)
    refusals = (actions.Refused,)
    own_views = {"confirmed": Confirm, "delivered": Delivered, "cancelled": Cancel, "invoice": IssueInvoice}

    def create(self, form, *, by):
        return actions.place_order(**form.facts, lines=form.lines, by=by)

    def change(self, row, form, *, by):
        return actions.update_order(row, changes=form.facts, lines=form.lines, by=by)
