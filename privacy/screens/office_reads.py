"""Who on staff looked at records that were others' to look after, week by week, and what came of it (T38, L47)."""

from datetime import date

from django import forms
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from privacy.actions.reads import NoReview, review_reads
from privacy.models import ReadReview
from privacy.queries.read_report import WEEK, monday_of, week_report
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficePageMixin, today
from privacy.second_person import OwnApproval

SEE, REVIEW = "privacy.view_staffread", "privacy.add_readreview"
# Looks are kept for twelve months.
KEPT_WEEKS = 53
ROOMS = [Room(_("Looks at records"), "privacy-reads", "view", SEE)]


class ReviewForm(forms.Form):
    finding = forms.ChoiceField(
        label=_("What came of it"), choices=ReadReview.Finding.choices, widget=forms.RadioSelect
    )


class ReadsPage(OfficePageMixin, TemplateView):
    """One week: colleagues by looks outside their own work; POST says what came of going through it."""

    rights = (SEE,)
    template_name = "privacy/office/reads.html"
    page_title = _("Looks at records")
    http_method_names = ["get", "head", "post"]

    def path(self):
        return []

    def post(self, request, *args, **kwargs):
        form, week = ReviewForm(request.POST), self.week()
        back = f"{reverse('privacy-reads')}?week={week.isoformat()}"
        if not request.user.has_perm(REVIEW):
            return self.render_to_response(self.get_context_data(), status=403)
        if not form.is_valid():
            messages.error(request, _("Say what came of it. Nothing was noted."))
            return HttpResponseRedirect(back)
        try:
            review_reads(week, finding=form.cleaned_data["finding"], by=request.user)
        except OwnApproval:
            messages.error(
                request,
                _("You are among those who looked: a colleague has to go through this week. Nothing was noted."),
            )
        except NoReview:
            messages.error(request, _("This week is not over, or it has been gone through already."))
        else:
            messages.success(request, _("Noted. The task is closed."))
        return HttpResponseRedirect(back)

    def week(self) -> date:
        """The Monday asked for, none to come and none before looks are kept; without one, the last whole week."""
        this = monday_of(today())
        try:
            asked = date.fromisoformat(self.request.GET.get("week", ""))
        except ValueError:
            return this - WEEK
        return monday_of(min(max(asked, this - KEPT_WEEKS * WEEK), this))

    def get_context_data(self, **kwargs):
        report = week_report(self.week())
        may_review = self.request.user.has_perm(REVIEW) and report.is_over and report.review is None
        return super().get_context_data(
            report=report,
            form=ReviewForm() if may_review and report.outside else None,
            earlier=report.week - WEEK,
            later=None if report.week >= monday_of(today()) else report.week + WEEK,
            **kwargs,
        )


def addresses():
    """Below /admin/."""
    return [path("privacy/reads/", ReadsPage.as_view(), name="privacy-reads")]
