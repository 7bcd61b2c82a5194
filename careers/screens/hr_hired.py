"""Who was hired, on the staff's page of the application: the first day at work, and that the file was moved away."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers import actions, kept
from careers.models import State
from careers.screens.application_panels import Panel
from privacy.queries import day_text
from privacy.screens.scoping import ScopedRowView


class StartForm(forms.Form):
    """The first day at work."""

    starts_on = forms.DateField(
        label=gettext_lazy("First day at work"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class Start(ScopedRowView):
    """When the person begins."""

    needs = "change"
    page_title = gettext_lazy("First day at work")
    confirm_label = gettext_lazy("Save the day")
    form_class = StartForm

    def get_initial(self):
        return {"starts_on": self.row.starts_on}

    def act(self, form):
        actions.record_start(self.row, starts_on=form.cleaned_data["starts_on"], by=self.request.user)
        return _("The first day at work is saved.")


class MoveFile(ScopedRowView):
    """The file lies in the personnel system now: here it is deleted after 30 days."""

    needs = "change"
    page_title = gettext_lazy("Moved to the personnel file")
    confirm_label = gettext_lazy("Yes, the file is in the personnel system")
    lead = gettext_lazy(
        "Say this when you have put what the company needs into the personnel system yourself; the portal moves "
        "nothing. The application is then deleted here after 30 days, and the person is told by mail."
    )

    def act(self, form):
        row = actions.mark_moved(self.row, by=self.request.user)
        return _("Noted. The application is deleted here on %(day)s.") % {"day": day_text(kept.gone_on(row))}


class TakeMoveBack(ScopedRowView):
    """It was not moved after all."""

    needs = "change"
    page_title = gettext_lazy("Not moved after all")
    confirm_label = gettext_lazy("It was not moved")
    lead = gettext_lazy("The time counts from the decision again. The person was told by mail: write to them yourself.")

    def act(self, form):
        row = actions.take_move_back(self.row, by=self.request.user)
        return _("Noted. The application is deleted on %(day)s.") % {"day": day_text(kept.gone_on(row))}


ROW_VIEWS = {"start": Start, "moved": MoveFile, "not-moved": TakeMoveBack}


def panel(request, row) -> Panel | None:
    """Start and move of somebody who was hired, and the day on which the application goes."""
    if row.state != State.HIRED:
        return None
    found = {"deleted_on": kept.gone_on(row), "may_act": request.user.has_perm("careers.change_application")}
    return Panel(gettext_lazy("Start and personnel file"), "careers/admin/hired_panel.html", found)
