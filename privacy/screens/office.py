"""The office's first page: every task by legal date, numbers and pictures, what is not at its end (L1, L14, L35)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from privacy import queries
from privacy.actions.disclosure_notices import settle_notice
from privacy.queries.office import erasures_under_way, retention_runs
from privacy.queries.office_plots import office_plots
from privacy.queries.worklist import worklist
from privacy.screens import office_scope

SEE = "privacy.view_recipientnotice"
SETTLE = "privacy.change_recipientnotice"
ANSWERS = {"told": True, "impossible": False}
ON_PAGE = 50


class OfficePage(WagtailAdminTemplateMixin, TemplateView):
    """The worklist. Rows are told apart by numbers; nothing about anybody is shown here."""

    template_name = "privacy/office/index.html"
    page_title = gettext_lazy("Privacy office")
    header_icon = "lock"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(SEE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def header_buttons(self):
        own = [("privacy-requests", _("Requests"), "list-ul", office_scope.SEE)]
        own.append(("privacy-register", _("Register a letter or a call"), "plus", office_scope.REGISTER))
        own.append(("privacy-breach-add", _("Register a breach"), "warning", "privacy.add_breach"))
        return [
            HeaderButton(label, url=reverse(name), icon_name=icon)
            for name, label, icon, right in own
            if self.request.user.has_perm(right)
        ]

    def get_context_data(self, **kwargs):
        found = worklist(self.request.user, day=office_scope.today(), kind=self.request.GET.get("kind", ""))
        return super().get_context_data(
            work=found,
            tasks=Paginator(found.shown, ON_PAGE).get_page(self.request.GET.get("p")),
            plots=office_plots(self.request.user, found),
            may_see_cases=self.request.user.has_perm(office_scope.SEE),
            notices=queries.notices_due().select_related("recipient", "erasure", "request"),
            waiting=erasures_under_way(),
            runs=retention_runs(),
            may_settle=self.request.user.has_perm(SETTLE),
            **kwargs,
        )


class SettleNotice(View):
    """One recipient has been told, or could not be, with the reason."""

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(SETTLE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, key):
        notice = get_object_or_404(queries.notices_due(), pk=key)
        answer = ANSWERS.get(request.POST.get("answer"))
        reason = request.POST.get("reason", "").strip()[:200]
        if answer is None or (answer is False and not reason):
            messages.error(request, _("Say why the recipient could not be told. The task stays open."))
        else:
            settle_notice(notice, told=answer, reason=reason, by=request.user)
            messages.success(request, _("Noted. The task is closed."))
        return redirect("privacy-office")
