"""What the office types about a breach."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy.models import Breach, Recipient
from privacy.queries.affected import classes_to_choose, persons_with
from privacy.rules import breaches as rules

NO_NAMES = _("Write no names: whom it touched is computed. Card numbers, identity numbers and addresses are taken out.")
_NONE = [("", _("Choose one"))]


class MomentField(forms.DateTimeField):
    """A moment in Oslo, as the browser's own field writes it."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)


def words_field(label, *, required=True, rows=5, help_text=NO_NAMES):
    return forms.CharField(
        label=label, required=required, max_length=10_000, help_text=help_text, widget=forms.Textarea({"rows": rows})
    )


class DescriptionForm(forms.Form):
    """What is known of a breach, and whom it may have reached."""

    description = words_field(_("What happened"))
    types = forms.MultipleChoiceField(
        label=_("What kind"), choices=Breach.Type.choices, widget=forms.CheckboxSelectMultiple
    )
    consequences = words_field(_("Likely consequences"), required=False, rows=4)
    measures = words_field(_("What is done about it, and what persons can do"), required=False, rows=4)
    classes = forms.MultipleChoiceField(
        label=_("Which records"),
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_(
            "Alone: everybody with such a record is touched. With a colleague, a recipient or a time below: only what "
            "was read, done or disclosed that way."
        ),
    )
    window_from = MomentField(label=_("From"), required=False)
    window_to = MomentField(label=_("Until"), required=False)
    scope_actor = forms.ModelChoiceField(
        label=_("Through which colleague's account"), required=False, queryset=None, empty_label=_("nobody's")
    )
    scope_recipient = forms.ModelChoiceField(
        label=_("At which recipient"), required=False, queryset=None, empty_label=_("none")
    )
    persons = forms.CharField(
        label=_("Persons you know it touched"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One e-mail address on each line. Only the key of the person is stored."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = ((each.name(), f"{each.title} ({each.model._meta.app_label})") for each in classes_to_choose())
        self.fields["classes"].choices = sorted(titles, key=lambda choice: choice[1].casefold())
        staff = get_user_model()._base_manager.filter(is_staff=True).order_by("email")
        self.fields["scope_actor"].queryset = staff
        self.fields["scope_recipient"].queryset = Recipient.objects.all()

    def clean_persons(self):
        lines = [line.strip() for line in self.cleaned_data["persons"].splitlines() if line.strip()]
        found, unknown = persons_with(lines)
        if unknown:
            raise forms.ValidationError(
                ngettext(
                    "%(n)d address is known of nobody. Check the spelling or take it out; nothing was stored.",
                    "%(n)d addresses are known of nobody. Check the spelling or take them out; nothing was stored.",
                    unknown,
                )
                % {"n": unknown}
            )
        return found

    def clean(self):
        said = super().clean()
        start, end = said.get("window_from"), said.get("window_to")
        if start and end and start > end:
            self.add_error("window_to", _("This lies before the beginning. Check both."))
        return said

    def description_of(self) -> dict:
        """What `open_breach` and `describe_breach` take."""
        said = dict(self.cleaned_data)
        actor = said.pop("scope_actor")
        return said | {"scope_actor": actor.pk if actor else None}


class BreachForm(DescriptionForm):
    """A new breach: also when it was found and when we knew."""

    field_order = ("aware_at", "detected_at", "description", "types")
    aware_at = MomentField(
        label=_("We knew of it"),
        help_text=_("The 72 hours run from here: from the moment anybody of us could be fairly sure."),
    )
    detected_at = MomentField(label=_("It was first noticed"), required=False, help_text=_("Empty: the same moment."))


class ReasonForm(forms.Form):
    reason = words_field(_("The reason"))


class RiskForm(forms.Form):
    risk = forms.ChoiceField(
        label=_("The risk to those it touches"), choices=Breach.Risk.choices, widget=forms.RadioSelect
    )


class NewRiskForm(RiskForm):
    reason = words_field(_("What changed"), rows=3)


class AuthorityForm(forms.Form):
    at = MomentField(label=_("Sent"), help_text=_("The moment it was sent through Altinn."))
    reference = forms.CharField(label=_("The authority's reference"), required=False, max_length=60)
    text = words_field(_("What was sent beside the draft"), required=False, rows=3)
    delay_reason = words_field(
        _("The reasons for the delay"), required=False, rows=3, help_text=_("Needed when it was later than 72 hours.")
    )


class SupplementForm(forms.Form):
    at = MomentField(label=_("Sent"))
    reference = forms.CharField(label=_("The authority's reference"), required=False, max_length=60)
    text = words_field(_("What it adds"))


class NotRequiredForm(forms.Form):
    reason_code = forms.ChoiceField(label=_("The law's reason"), widget=forms.RadioSelect)
    reason = words_field(_("Why it applies here"))

    def __init__(self, *args, risk, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason_code"].choices = list(rules.reasons_not_to_tell(risk).items())


class PaperForm(forms.Form):
    paper = forms.FileField(label=_("Paper"), help_text=_("PDF, JPEG or PNG, at most 10 MB. It is stored sealed."))
