"""Who may enter the office's pages, and how a case is fetched for them.

Cases do not go through `active()`: the office handles the requests of restricted people too (L13). Looking at a case
is written down for the person (L47).
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.defaults import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from privacy.models import SubjectRequest
from privacy.rules.deadlines import oslo_date

SEE = "privacy.view_subjectrequest"
ACT = "privacy.change_subjectrequest"
REGISTER = "privacy.add_subjectrequest"


def today():
    """The legal date of this moment."""
    return oslo_date(timezone.now())


class OfficeOnly:
    """The rights are asked for before anything is fetched; who lacks one gets 403 and learns nothing."""

    rights: tuple = (SEE,)

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perms(self.rights):
            # Wagtail would turn the exception into a way back to its first page.
            return permission_denied(request, PermissionDenied())
        return super().dispatch(request, *args, **kwargs)


class OfficePageMixin(OfficeOnly, WagtailAdminTemplateMixin):
    """A page below "Privacy" in the staff pages."""

    header_icon = "lock"

    def get_breadcrumbs_items(self):
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("privacy-office"), "label": _("Privacy office")},
            *self.path(),
            {"url": "", "label": self.get_page_title()},
        ]

    def path(self) -> list[dict]:
        """What lies between the office and this page."""
        return [{"url": reverse("privacy-requests"), "label": _("Requests")}]


class OneCase(OfficePageMixin):
    """A page about one case, in `self.case`."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            cases = SubjectRequest.objects.select_related("subject__proved_as", "copy", "erasure")
            self.case = get_object_or_404(cases, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def case_url(self):
        return reverse("privacy-request", args=[self.case.pk])

    def get_page_subtitle(self):
        return self.case.number

    def path(self):
        return [*super().path(), {"url": self.case_url(), "label": self.case.number}]
