"""Numbers about hiring that stay when every application is gone: by year, with small numbers hidden (N57, T32)."""

from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.defaults import permission_denied
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from careers.statistics import MEASURES
from privacy.queries import statistics_reports

# "Can read the equal-treatment pack and the numbers"
READS = "careers.read_pack"


class Numbers(WagtailAdminTemplateMixin, TemplateView):
    """What careers counts, as it may be published; nobody's name is behind any of it."""

    page_title = _("Hiring in numbers")
    header_icon = "list-ol"
    template_name = "careers/admin/numbers.html"
    http_method_names = ["get", "head"]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(READS):
            # Wagtail would turn the exception into a way back to its first page.
            return permission_denied(request, PermissionDenied())
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        found = {report.measure.code: report for report in statistics_reports(day=timezone.localdate())}
        return super().get_context_data(reports=[found[code] for code in MEASURES], **kwargs)


class NumbersMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(READS)


class NumbersViewSet(ViewSet):
    icon = "list-ol"
    menu_label = _("Hiring in numbers")
    menu_item_class = NumbersMenuItem
    url_prefix = "careers/numbers"

    def get_urlpatterns(self):
        return [path("", Numbers.as_view(), name="index")]


VIEWSETS = (NumbersViewSet("careers_numbers"),)
