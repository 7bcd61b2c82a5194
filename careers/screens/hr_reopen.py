"""HR lets one applicant change their application once more, until a day; nobody on staff can change it for them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers import actions
from privacy.screens.scoping import ScopedRowView

RIGHT = "careers.change_question"


class ReopenForm(forms.Form):
    """Until when."""

    until = forms.DateField(
        label=_("Open for changes through"),
        help_text=_("At most a month ahead. It can be opened once."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class Reopen(ScopedRowView):
    """Open it for changes; the applicant is told by mail."""

    needs = "change"
    also = (RIGHT,)
    form_class = ReopenForm
    page_title = _("Let the applicant change it")
    confirm_label = _("Open it and tell the applicant")
    lead = _(
        "For instance when a certificate was missing. Treat everybody alike: whoever is in the same position gets the "
        "same chance."
    )

    def act(self, form):
        actions.reopen_for_changes(self.row, until=form.cleaned_data["until"], by=self.request.user)
        return _("The applicant can change it and has been told by mail.")


ROW_VIEWS = {"reopen": Reopen}
