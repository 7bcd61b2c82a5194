"""What goes on a day, and why: any day from today on, class by class and row by row, nothing changed (N54)."""

from datetime import date, timedelta

from django import forms
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from privacy import words
from privacy.actions.retention_plan import rehearse
from privacy.queries import retention
from privacy.rules.deadlines import add_months
from privacy.screens.office_retention import RetentionPage
from privacy.screens.office_scope import today

ITEMS_ON_A_PAGE = 50


class DayForm(forms.Form):
    """Which day; the past has its runs."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no day. Write it as year-month-day, for example 2027-03-01.")},
    )

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < today():
            raise forms.ValidationError(_("This day is over: what went stands among the runs. Choose today or later."))
        if day.year > today().year + 50:
            raise forms.ValidationError(_("That is more than fifty years ahead. Choose a nearer day."))
        return day


class Rehearsal(RetentionPage, TemplateView):
    """The plan of a day as the run of that day would carry it out, if nothing changed until then."""

    template_name = "privacy/office/retention_rehearsal.html"
    page_title = _("Rehearse a day")
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs):
        form = DayForm(self.request.GET) if "day" in self.request.GET else DayForm(initial={"day": today()})
        plan = rehearse(form.cleaned_data["day"], sample=0) if form.is_bound and form.is_valid() else None
        due = sorted((each for each in plan.classes if each.due), key=lambda each: each.title) if plan else []
        return super().get_context_data(
            form=form,
            days=_days_to_try(today()),
            plan=plan,
            due=due,
            stopped_by=[words.class_title(label) for label in plan.stopped_by] if plan else [],
            goes=sum(each.going for each in due),
            stays=sum(each.due - each.going for each in due),
            **kwargs,
        )


def _days_to_try(day) -> list:
    """Tomorrow, a month and half a year from today: days one would ask about."""
    return [day + timedelta(days=1), add_months(day, 1), add_months(day, 6)]


class Items(RetentionPage, TemplateView):
    """The rows of one class on that day: by our reference, with reason and law; what is held leads to its hold."""

    template_name = "privacy/office/retention_items.html"
    http_method_names = ["get", "head"]

    def get_page_title(self):
        return words.class_title(self.kwargs["label"])

    def path(self):
        day = self.request.GET.get("day", "")
        url = f"{reverse('privacy-retention-rehearsal')}?day={day}"
        return [*super().path(), {"url": url, "label": _("Rehearse a day")}]

    def get_context_data(self, **kwargs):
        form = DayForm(self.request.GET)
        if not retention.runs_on_a_clock(self.kwargs["label"]) or not form.is_valid():
            raise Http404
        day: date = form.cleaned_data["day"]
        what = self.request.GET.get("what", "")
        number = max(1, int(self.request.GET["p"])) if self.request.GET.get("p", "").isdecimal() else 1
        start = (number - 1) * ITEMS_ON_A_PAGE
        # One more than is shown tells whether there is another page.
        found = retention.items(self.kwargs["label"], day, start=start, most=ITEMS_ON_A_PAGE + 1, only=what)
        return super().get_context_data(
            day=day,
            what=what if what in ("goes", "stays") else "",
            items=found[:ITEMS_ON_A_PAGE],
            number=number,
            has_next=len(found) > ITEMS_ON_A_PAGE,
            **kwargs,
        )


def addresses():
    """The paths of the rehearsal below /admin/."""
    return [
        path("privacy/retention/rehearsal/", Rehearsal.as_view(), name="privacy-retention-rehearsal"),
        path("privacy/retention/rehearsal/<str:label>/", Items.as_view(), name="privacy-retention-items"),
    ]
