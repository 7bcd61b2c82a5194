"""What the office types about holds: codes and days, no names."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.models import LegalHold
from privacy.queries import holds as reads
from privacy.rules import holds as rules

_NONE = [("", _("Choose one"))]


def day_field(label, *, required=False, help_text=""):
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class FindForm(forms.Form):
    """Which records are meant: a kind of record, and our own numbers for them."""

    model = forms.ChoiceField(label=_("Kind of record"), required=False)
    numbers = forms.CharField(
        label=_("Numbers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on each line: an order, invoice or shipment number, or the first eight signs of a key."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(each.name(), str(each.title)) for each in reads.holdable()]
        self.fields["model"].choices = [*_NONE, *kinds]

    def clean(self):
        said = super().clean()
        if said.get("numbers", "").strip() and not said.get("model"):
            self.add_error("model", _("Choose what these are the numbers of."))
        return said

    def wanted(self) -> list[str]:
        """The numbers as typed, one each."""
        return [line.strip() for line in self.cleaned_data["numbers"].splitlines() if line.strip()]


class ProposeForm(forms.Form):
    """Which records stay, why, and until when."""

    records = forms.MultipleChoiceField(
        label=_("Records"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one record.")},
    )
    kind = forms.ChoiceField(label=_("What kind of hold"), choices=LegalHold.Kind.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why"), help_text=_("The person reads this on their page."))
    law = forms.CharField(
        label=_("Law"),
        max_length=120,
        help_text=_(
            "For example bokføringsloven § 13, or GDPR Art 17(3)(e) for a claim. No names: the person reads it."
        ),
    )
    until = day_field(_("Last day"), help_text=_("A hold the law demands needs it. Others may be left open."))
    review_on = day_field(_("Look again on"), help_text=_("For a hold without a last day: within twelve months."))
    paper = forms.FileField(
        label=_("Paper"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB. It is stored sealed.")
    )

    def __init__(self, *args, found=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = [(each.value, each.label) for each in found]
        self.fields["reason"].choices = [*_NONE, *rules.REASONS.items()]


class ReviewForm(forms.Form):
    review_on = day_field(_("Look again on"), required=True, help_text=_("Within twelve months."))
