"""Numbers that stay when the rows are gone: plots, tables and a file of each (N22, N57, T32)."""

import csv

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from privacy.queries import statistics
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficeOnly, OfficePageMixin, today

SEE = "privacy.view_statistic"
# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

ROOMS = (Room(_("Statistics"), "privacy-statistics", "list-ol", SEE),)


class Statistics(OfficePageMixin, TemplateView):
    """Everything that is counted, as it may be published."""

    rights = (SEE,)
    template_name = "privacy/office/statistics.html"
    page_title = _("Statistics")
    header_icon = "list-ol"
    http_method_names = ["get", "head"]

    def path(self):
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(reports=statistics.reports(day=today()), **kwargs)


class StatisticsFile(OfficeOnly, View):
    """One measure as CSV, the same numbers as on the page."""

    rights = (SEE,)
    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        report = statistics.report(kwargs["code"], day=today())
        if report is None:
            raise Http404
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{kwargs["code"]}.csv"'
        # Without it a spreadsheet takes æ, ø and å for something else.
        answer.write("\ufeff")
        csv.writer(answer).writerows([safe(cell) for cell in line] for line in report.table())
        return answer


def safe(cell: str) -> str:
    """A cell no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def addresses():
    """The paths of this room below /admin/."""
    return [
        path("privacy/statistics/", Statistics.as_view(), name="privacy-statistics"),
        path("privacy/statistics/<slug:code>.csv", StatisticsFile.as_view(), name="privacy-statistics-file"),
    ]
