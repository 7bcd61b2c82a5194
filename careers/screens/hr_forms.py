"""What staff fill in on an application's page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """The next stage and why."""

    to = forms.ChoiceField(label=_("Next stage"))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Required when the applicant is not selected. The applicant can read it."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, stages=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(stage.value, stage.label) for stage in stages]


class NoteForm(forms.Form):
    """Something worth remembering about the application."""

    text = forms.CharField(
        label=_("Note"),
        max_length=2000,
        help_text=_("The applicant gets your notes in their copy. Write what you could say to them."),
        widget=forms.Textarea({"rows": 3}),
    )
