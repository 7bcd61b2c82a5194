"""What staff fill in on an application's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.actions import Text
from careers.actions.deciding import MOST_WORDS
from careers.models import State
from careers.rules.stages import STEPS, state_of, steps_from

_REASON = {
    "required": False,
    "max_length": 500,
    "help_text": _("Each of them can read it on their own page."),
    "widget": forms.Textarea({"rows": 3}),
}
_WORDS = {
    "required": False,
    "max_length": MOST_WORDS,
    "help_text": _("Not required. You see the whole mail before it is sent."),
    "widget": forms.Textarea({"rows": 3}),
}


def step_choices(steps) -> list:
    """The steps, grouped by what the applicant is told; a state with one step stands alone."""
    grouped = {}
    for step in steps:
        grouped.setdefault(state_of(step), []).append((step.value, step.label))
    return [(State(state).label, found) if len(STEPS[state]) > 1 else found[0] for state, found in grouped.items()]


class MoveForm(forms.Form):
    """The next step, why, and a paragraph of HR's own for the mail."""

    to = forms.ChoiceField(label=_("Move to"))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Required when the applicant is not selected. The applicant can read it."),
        widget=forms.Textarea({"rows": 3}),
    )
    words = forms.CharField(
        label=_("Your own paragraph in the mail"),
        required=False,
        max_length=MOST_WORDS,
        help_text=_("Not required. You see the whole mail before it is sent."),
        widget=forms.Textarea({"rows": 3}),
    )
    next = forms.ChoiceField(choices=[("", ""), ("board", ""), ("list", "")], required=False, widget=forms.HiddenInput)

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = step_choices(steps_from(step))


class RefuseForm(forms.Form):
    """Whom to refuse, and what they are told, in each language."""

    steps = forms.MultipleChoiceField(
        label=_("Everyone left in these steps"), required=False, widget=forms.CheckboxSelectMultiple
    )
    pick = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    reason_nb = forms.CharField(label=_("Reason, in Norwegian"), **_REASON)
    words_nb = forms.CharField(label=_("Your own paragraph in the mail, in Norwegian"), **_WORDS)
    reason_en = forms.CharField(label=_("Reason, in English"), **_REASON)
    words_en = forms.CharField(label=_("Your own paragraph in the mail, in English"), **_WORDS)

    def __init__(self, *args, steps, picked=(), **kwargs):
        """`steps` is {step: how many stand in it}; `picked` are the keys chosen one by one, which replace the steps."""
        super().__init__(*args, **kwargs)
        self.fields["pick"].choices = [(key, key) for key in picked]
        self.fields["steps"].choices = [(step.value, f"{step.label} ({number})") for step, number in steps.items()]
        if picked:
            del self.fields["steps"]
            self.initial["pick"] = picked

    def clean(self):
        said = super().clean()
        if not said.get("pick") and not said.get("steps"):
            raise forms.ValidationError(_("Nobody is chosen. Tick at least one step."))
        return said

    def texts(self) -> dict[str, Text]:
        """{language: Text} of the languages in which there is a reason."""
        said = self.cleaned_data
        return {
            language: Text(said[f"reason_{language}"], said[f"words_{language}"])
            for language in ("nb", "en")
            if said[f"reason_{language}"]
        }


class NoteForm(forms.Form):
    """Something worth remembering about the application."""

    text = forms.CharField(
        label=_("Note"),
        max_length=2000,
        help_text=_("The applicant gets your notes in their copy. Write what you could say to them."),
        widget=forms.Textarea({"rows": 3}),
    )
