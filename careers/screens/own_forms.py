"""What applicants fill in on their own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

ONLY_THIS, EVERYTHING = "this", "everything"


class WithdrawForm(forms.Form):
    """One question of equal answers, none chosen beforehand: only this application, or everything of the search."""

    what = forms.ChoiceField(
        label=_("What shall be deleted?"),
        choices=[
            (ONLY_THIS, _("Only this application")),
            (EVERYTHING, _("This application and everything else from my job search here")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two. Nothing was changed.")},
    )

    @property
    def everything(self) -> bool:
        return self.cleaned_data["what"] == EVERYTHING


class PoolAnswerForm(forms.Form):
    """Yes or no to the talent pool, beside the wording that was on the screen."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    wording = forms.CharField(required=False)
