"""Form fields that several forms share."""

from decimal import Decimal

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.admin.widgets import AdminDateInput

from crm import rules
from privacy.queries import active

ERASURE_ORDERED = _(
    "The deletion has been ordered and is done in a moment. What an open order needs stays until it is closed."
)


class PhoneField(forms.CharField):
    """A number typed any way; its value is the international form."""

    def clean(self, value):
        try:
            return rules.e164(super().clean(value))
        except ValueError:
            raise ValidationError(_("This is not a phone number. Example: 22 00 00 00 or +47 22 00 00 00.")) from None


class OrgNumberField(forms.CharField):
    """An organisation number with or without blanks; its value is the nine digits."""

    def clean(self, value):
        try:
            return rules.normalise_org_number(super().clean(value))
        except ValueError:
            raise ValidationError(
                _("This is not a valid organisation number: look it up in Brønnøysundregistrene, or leave it empty.")
            ) from None


class PickField(forms.ModelChoiceField):
    """One row from a pick list; a key outside what staff may meet is no choice, whoever typed it into the form."""

    def __init__(self, chooser, **kwargs):
        super().__init__(queryset=chooser.model._default_manager.none(), widget=chooser.widget_class, **kwargs)
        self.model = chooser.model

    def clean(self, value):
        self.queryset = active(self.model._default_manager.all())
        return super().clean(value)


class StaffField(forms.ModelChoiceField):
    """A member of staff who may enter; shown by name."""

    def __init__(self, **kwargs):
        staff = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("first_name", "last_name")
        super().__init__(queryset=staff, **kwargs)

    def label_from_instance(self, obj):
        return obj.get_full_name() or str(obj)


class DayField(forms.DateField):
    widget = AdminDateInput


def state_column(under_way):
    """The state of a row as a chip, set off for the rows of which `under_way` says that work is left."""
    return StatusTagColumn("state", label=_("State"), accessor="get_state_display", sort_key="state", primary=under_way)


class PriceField(forms.DecimalField):
    """Kroner, typed with comma or point and with or without blanks between the thousands."""

    def to_python(self, value):
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


class LineWidget(forms.MultiWidget):
    def __init__(self):
        labels = (_("Product"), _("Quantity"), _("Price each, without VAT"))
        kinds = (forms.TextInput, forms.NumberInput, forms.TextInput)
        super().__init__(
            [kind({"aria-label": label, "placeholder": label}) for kind, label in zip(kinds, labels, strict=True)]
        )
        # Kroner are typed with a comma here; a number field of the browser takes it or not, as the browser likes.
        self.widgets[-1].is_localized = True
        self.widgets[-1].attrs["inputmode"] = "decimal"
        self.template_name = "crm/admin/line_widget.html"

    def decompress(self, value):
        return [value["product"], value["quantity"], value["unit_price"]] if value else [None, None, None]


class LineField(forms.MultiValueField):
    """One order line as {"product", "quantity", "unit_price"}, or None for an empty row."""

    def __init__(self, **kwargs):
        fields = (
            forms.CharField(max_length=120),
            forms.IntegerField(min_value=1),
            PriceField(min_value=Decimal(0), max_digits=12, decimal_places=2, localize=True),
        )
        super().__init__(fields, required=False, require_all_fields=False, widget=LineWidget(), **kwargs)

    def clean(self, value):
        if not any(value):
            return None
        if not all(part not in (None, "") for part in value):
            raise ValidationError(_("Fill in product, quantity and price, or empty the whole line."))
        return super().clean(value)

    def compress(self, data_list):
        return dict(zip(("product", "quantity", "unit_price"), data_list, strict=True))
