"""Retention at a glance: what is coming, what went, what stands still, and each run by itself (N54 to N56)."""

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from privacy import actions
from privacy.actions.retention_plan import rehearse
from privacy.models import RetentionRun
from privacy.queries import retention
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficePageMixin, today

SEE = "privacy.view_retentionrun"
ALLOW = "privacy.change_retentionrun"
RUNS_ON_A_PAGE = 30

ROOMS = (Room(_("Retention"), "privacy-retention", "calendar-alt", SEE),)


class RetentionPage(OfficePageMixin):
    """A page below "Retention"."""

    rights = (SEE,)
    http_method_names = ["get", "head", "post"]
    header_icon = "calendar-alt"

    def path(self):
        return [{"url": reverse("privacy-retention"), "label": _("Retention")}]


class Home(RetentionPage, TemplateView):
    """What needs somebody, the calendar, what went."""

    template_name = "privacy/office/retention.html"
    page_title = _("Retention")
    http_method_names = ["get", "head"]

    def path(self):
        return []

    def get_context_data(self, **kwargs):
        day = today()
        coming = retention.coming(day)
        return super().get_context_data(
            day=day,
            desk=retention.desk(),
            coming=coming,
            coming_plot=retention.coming_plot(coming, day),
            gone_plot=retention.gone_plot(day),
            months=retention.month_starts(day)[:-1],
            may_allow=self.request.user.has_perm(ALLOW),
            **kwargs,
        )


class ConfirmClock(RetentionPage, TemplateView):
    """Somebody looks at a calendar and says that the machine is right."""

    rights = (SEE, ALLOW)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            actions.confirm_clock(today(), by=request.user)
        except actions.ClockRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The day is confirmed. The next run begins as usual."))
        return HttpResponseRedirect(reverse("privacy-retention"))


class Runs(RetentionPage, TemplateView):
    """Every run there has been, the newest first."""

    template_name = "privacy/office/retention_runs.html"
    page_title = _("Nightly runs")
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs):
        runs = RetentionRun.objects.order_by("-started_at", "pk")
        page = Paginator(runs, RUNS_ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(rows=page, pages=[retention.run_page(run) for run in page], **kwargs)


class OneRun(RetentionPage, TemplateView):
    """One run. Of a stopped one: the plan as it was, whether it still is, and the button that lets exactly it go."""

    template_name = "privacy/office/retention_run.html"
    http_method_names = ["get", "head"]

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.run = get_object_or_404(RetentionRun, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("The run for one day")

    def path(self):
        return [*super().path(), {"url": reverse("privacy-retention-runs"), "label": _("Nightly runs")}]

    def get_context_data(self, **kwargs):
        waiting = self.run.state == "stopped" and self.run.allowed_at is None
        return super().get_context_data(
            page=retention.run_page(self.run),
            run=self.run,
            waiting=waiting,
            plan=rehearse(self.run.as_of, sample=5) if waiting else None,
            may_allow=self.request.user.has_perm(ALLOW),
            **kwargs,
        )


class AllowPlan(OneRun):
    """Lets a stopped plan go, bound to the digest that was looked at."""

    rights = (SEE, ALLOW)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            actions.allow_plan(self.run.as_of, request.POST.get("digest", ""), by=request.user)
        except actions.PlanChanged as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Allowed: the next run carries out exactly this plan."))
        return HttpResponseRedirect(reverse("privacy-retention-run", args=[self.run.pk]))


def addresses():
    """The paths of this room below /admin/."""
    from privacy.screens import office_retention_rehearsal, office_retention_rules

    return [
        path("privacy/retention/", Home.as_view(), name="privacy-retention"),
        path("privacy/retention/clock/", ConfirmClock.as_view(), name="privacy-retention-clock"),
        path("privacy/retention/runs/", Runs.as_view(), name="privacy-retention-runs"),
        path("privacy/retention/runs/<uuid:pk>/", OneRun.as_view(), name="privacy-retention-run"),
        path("privacy/retention/runs/<uuid:pk>/allow/", AllowPlan.as_view(), name="privacy-retention-allow"),
        *office_retention_rehearsal.addresses(),
        *office_retention_rules.addresses(),
    ]
