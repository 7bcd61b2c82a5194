"""What the office types about demands and deals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.actions.authority_cases import known_categories
from privacy.models import AuthorityCase
from privacy.queries.deal_room import open_classes
from privacy.rules.gates import REFUSAL_REASONS
from privacy.screens.office_forms import PastDay, text_field

NAME_NOBODY = _("Name nobody here: the persons are in the scope.")


def day_input(label, *, required=True, help_text=""):
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def boxes(label, help_text=""):
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class AuthorityForm(forms.Form):
    authority = forms.CharField(label=_("Authority"), max_length=120)
    unit = forms.CharField(label=_("Unit"), max_length=120, required=False)
    country = forms.CharField(label=_("Country"), min_length=2, max_length=2, initial="NO")
    reference = forms.CharField(label=_("Their case number"), max_length=60, required=False)
    instrument = forms.ChoiceField(
        label=_("What does the demand rest on?"),
        choices=AuthorityCase.Instrument.choices,
        widget=forms.RadioSelect,
        help_text=_("A letter or a call without an order is registered too, so that the refusal stands in the file."),
    )
    section = forms.CharField(
        label=_("Section of the law"),
        max_length=120,
        required=False,
        help_text=_("As the order names it, for example straffeprosessloven § 210."),
    )
    received_on = day_input(_("Received"))
    answer_by = day_input(_("Answer by"), required=False)
    categories = boxes(_("Which data?"), _("Only what the order names. Everything else stays out of the package."))
    period_from = day_input(_("From"), required=False, help_text=_("Leave open if the order names no period."))
    period_to = day_input(_("To"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = known_categories().items()

    def clean_country(self):
        return self.cleaned_data["country"].upper()


class PaperForm(forms.Form):
    paper = forms.FileField(label=_("The paper, as PDF, JPEG or PNG"))


class FindForm(forms.Form):
    """What is typed is posted, compared as a fingerprint and stored nowhere."""

    address = forms.EmailField(label=_("E-mail address, in full"), required=False, max_length=254)
    number = forms.CharField(
        label=_("Number of the record"),
        required=False,
        max_length=8,
        help_text=_("The eight letters and digits that stand for a person in a case."),
    )


class ApproveForm(forms.Form):
    reason = text_field(_("Why is it approved?"), rows=3, help_text=NAME_NOBODY)
    gag_until = day_input(
        _("Kept from the person until"),
        required=False,
        help_text=_("Only when the order says so. The day after, they see it on their page."),
    )


class RefuseForm(forms.Form):
    code = forms.ChoiceField(label=_("Reason"), choices=REFUSAL_REASONS.items(), widget=forms.RadioSelect)
    reason = text_field(_("In words, for the file"), rows=3, help_text=NAME_NOBODY)


class AtOnceForm(forms.Form):
    reason = text_field(_("Why can it not wait?"), rows=3, help_text=NAME_NOBODY)


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Was it right?"), choices=AuthorityCase.Review.choices, widget=forms.RadioSelect
    )
    reason = text_field(_("What did the review find?"), rows=3, help_text=NAME_NOBODY)


class DealForm(forms.Form):
    parties = forms.CharField(label=_("Parties"), max_length=300, help_text=_("The companies, not their people."))
    purpose = text_field(_("What is the access for?"), rows=3)
    starts_on = day_input(_("First day"))
    ends_on = day_input(_("Last day"), help_text=_("Access ends by itself when this day is over."))
    classes = boxes(_("Which records?"), _("What rests on a consent is not here: consents do not travel."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["classes"].choices = open_classes().items()


class ReasonForm(forms.Form):
    reason = text_field(_("Why?"), rows=3, help_text=NAME_NOBODY)


class OutsiderForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("Their own: they sign in with it."))
    organisation = forms.CharField(label=_("Works for"), max_length=120)
    language = forms.ChoiceField(
        label=_("Write to them in"), choices=[("nb", _("Norwegian Bokmål")), ("en", _("English"))]
    )


class StatementForm(PastDay):
    paper = forms.FileField(label=_("The signed statement, as PDF, JPEG or PNG"))
    signatory = forms.CharField(label=_("Signed by"), max_length=120)
    on = day_input(_("Signed on"))


class CloseDealForm(forms.Form):
    control_changed = forms.ChoiceField(
        label=_("Is another company responsible for the data now?"),
        choices=[("no", _("No, nothing has changed")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
    )
    informed_on = day_input(
        _("The persons were told on"),
        required=False,
        help_text=_("Needed when another company is responsible: who it is, and how to reach it."),
    )
