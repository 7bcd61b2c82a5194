"""Deliveries in the staff pages: planned, booked with a carrier after seeing what it gets, arrived."""

from operator import attrgetter

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from crm import actions, rules
from crm.models import Delivery, Order
from crm.screens import choosers
from crm.screens.fields import ERASURE_ORDERED, PhoneField, PickField, state_column
from privacy.screens.scoping import ScopedAddView, ScopedInspectView, ScopedModelViewSet, ScopedRowView, active

FIELD_LABELS = {
    "receiver_name": _("Receiver"),
    "address": _("Address"),
    "postcode": _("Postcode"),
    "city": _("City"),
    "country": _("Country"),
    "phone": _("Phone"),
    "email": _("E-mail address"),
    "shipment_reference": _("Shipment reference"),
}


def told_to_carrier(delivery) -> list[tuple]:
    """Label and value of exactly what the carrier gets."""
    return [(FIELD_LABELS.get(name, name), value) for name, value in actions.consignment(delivery).items()]


class DeliveryEditForm(WagtailAdminModelForm):
    phone = PhoneField(label=_("Phone"), required=False, max_length=40)

    class Meta:
        model = Delivery
        fields = [
            "carrier",
            "receiver_name",
            "address_line_1",
            "address_line_2",
            "postcode",
            "city",
            "country",
            "phone",
            "email",
        ]
        widgets = {"carrier": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        recipients = apps.get_model("privacy", "Recipient").objects
        self.fields["carrier"].queryset = recipients.filter(kind="carrier", state="active")


class DeliveryAddForm(DeliveryEditForm):
    order = PickField(choosers.orders, label=_("Order"))
    contact = PickField(choosers.contacts, label=_("To"))
    receiver_name = forms.CharField(
        label=_("Receiver"), required=False, max_length=160, help_text=_("Empty: the contact's name.")
    )
    phone = PhoneField(label=_("Phone"), required=False, max_length=40, help_text=_("Empty: the contact's number."))
    email = forms.EmailField(label=_("E-mail address"), required=False, help_text=_("Empty: the contact's address."))
    field_order = ["order", "contact"]

    @property
    def facts(self) -> dict:
        """What the act takes; what was left empty is the contact's own."""
        wanted = ["contact", *self.Meta.fields]
        facts = {name: self.cleaned_data[name] for name in wanted}
        return facts | {name: facts[name] or None for name in ("phone", "email")}


class DeliveryAdd(ScopedAddView):
    """The form, filled in from the order it was opened from."""

    def get_initial(self):
        order = self._order()
        if order is None:
            return super().get_initial()
        place = order.organisation
        street = place.visiting_address or place.postal_address
        where = {"address_line_1": street, "postcode": place.postcode, "city": place.city, "country": place.country}
        # By its key: the pick list shows a contact only when it may be met.
        return {"order": order, "contact": order.contact_id, **where}

    def _order(self):
        try:
            key = self.request.GET.get("order")
            return active(Order.objects.select_related("organisation")).filter(pk=key).first()
        except ValidationError:
            return None


class DeliveryPage(ScopedInspectView):
    template_name = "crm/admin/delivery.html"

    def get_context_data(self, **kwargs):
        told = told_to_carrier(self.object) if self.object.state != Delivery.State.PLANNED else []
        return super().get_context_data(told=told, **kwargs)

    @property
    def header_buttons(self):
        steps = {
            Delivery.State.PLANNED: ("book", _("Book delivery")),
            Delivery.State.BOOKED: ("arrived", _("It has arrived")),
        }
        if self.object.state not in steps or not self.user_has_permission("change"):
            return []
        name, label = steps[self.object.state]
        return [HeaderButton(label, url=reverse(f"delivery:{name}", args=[self.object.pk]), icon_name="mail")]

    @property
    def header_more_buttons(self):
        planned = self.object.state == Delivery.State.PLANNED
        buttons = list(super().header_more_buttons) if planned else []
        if self.object.order_id:
            buttons.append(Button(_("Order"), url=reverse("order:inspect", args=[self.object.order_id])))
        return buttons


class Book(ScopedRowView):
    needs = "change"
    page_title = _("Book the delivery")
    confirm_label = _("Book it and share exactly this")

    @property
    def lead(self):
        return _("%(carrier)s gets what is listed here and nothing else. The person can see that it was shared.") % {
            "carrier": self.row.carrier.name
        }

    def facts(self):
        return told_to_carrier(self.row)

    def act(self, form):
        booked = actions.book_delivery(self.row, by=self.request.user)
        return _("Booked with %(carrier)s as %(reference)s.") % {
            "carrier": booked.carrier.name,
            "reference": booked.shipment_reference,
        }


class Arrived(ScopedRowView):
    needs = "change"
    page_title = _("The delivery has arrived")

    def act(self, form):
        actions.confirm_delivered(self.row, by=self.request.user)
        return _("Noted.")


class DeliveryViewSet(ScopedModelViewSet):
    model = Delivery
    icon = "site"
    heading = staticmethod(attrgetter("receiver_name"))
    add_view_class = DeliveryAdd
    add_form_class = DeliveryAddForm
    edit_form_class = DeliveryEditForm
    inspect_view_class = DeliveryPage
    inspect_view_fields = [
        "state",
        "carrier",
        "receiver_name",
        "address_line_1",
        "address_line_2",
        "postcode",
        "city",
        "country",
        "phone",
        "email",
        "shipment_reference",
        "booked_at",
    ]
    list_display = [
        "receiver_name",
        Column("order", label=_("Order"), accessor="order.number"),
        Column("carrier", label=_("Carrier"), accessor="carrier.name"),
        "planned_on",
        state_column(lambda row: row.state in Delivery.UNDER_WAY),
    ]
    list_filter = ["state", "carrier"]
    list_select_related = ("order", "carrier")
    search_fields = ("shipment_reference", "order__number", "city")
    refusals = (actions.Refused,)
    viewed = "delivery.viewed"
    own_views = {"book": Book, "arrived": Arrived}

    def scope(self, queryset, user):
        # What only the law keeps lies in the archive, and is nobody's work any more (T14).
        return queryset.filter(planned_on__gt=rules.purchases_archived_through(timezone.localdate()))

    def create(self, form, *, by):
        return actions.plan_delivery(form.cleaned_data["order"], **form.facts, by=by)

    def change(self, row, form, *, by):
        changes = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.update_delivery(row, changes=changes, by=by)

    def remove(self, row, *, by):
        actions.delete_delivery(row, by=by)
        return ERASURE_ORDERED
