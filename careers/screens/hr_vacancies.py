"""Vacancies in the staff pages: the list of all, and the page on which one is closed, or opened again (L41).

Pages are written in Wagtail's own editor; what is decided about a vacancy in all its languages is decided here.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.defaults import permission_denied
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput

from careers import actions, vacancy_queries
from careers.rules.adverts import Standing
from careers.screens import vacancy_scope
from careers.screens.vacancy_scope import SEES, Tab, VacancyPageMixin

CLOSES = "careers.change_hiring"
PER_PAGE = 50
STATES = {
    vacancy_queries.OPEN: ("good", gettext_lazy("open")),
    vacancy_queries.PLANNED: ("info", gettext_lazy("not yet open")),
    vacancy_queries.DRAFT: ("plain", gettext_lazy("draft")),
    vacancy_queries.WAITING: ("wait", gettext_lazy("closed, waits for decisions")),
    vacancy_queries.DECIDED_ALL: ("plain", gettext_lazy("decided")),
    vacancy_queries.NOBODY: ("plain", gettext_lazy("closed, nobody applied")),
}
KINDS = {
    "undecided": gettext_lazy("Not decided, if nobody decides"),
    "hired": gettext_lazy("Hired, unless the file is moved to the personnel file before"),
    "rejected": gettext_lazy("Not selected"),
    "draft": gettext_lazy("Begun and not sent"),
}


class ReopenForm(forms.Form):
    """Until when one can apply again."""

    until = forms.DateField(
        label=gettext_lazy("Open again through"),
        help_text=gettext_lazy("The vacancy closes at 23:59 on this day, Oslo time."),
        widget=AdminDateInput,
    )


class Vacancies(WagtailAdminTemplateMixin, TemplateView):
    """All vacancies the reader may work with, those that need somebody first."""

    page_title = gettext_lazy("Vacancies")
    header_icon = "list-ul"
    template_name = "careers/admin/vacancies.html"
    http_method_names = ["get", "head"]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(SEES):
            # Wagtail would turn the exception into a way back to its first page.
            return permission_denied(request, PermissionDenied())
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        user = self.request.user
        found = vacancy_queries.vacancy_list(user, now=timezone.now())
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        may_write = user.has_perm(CLOSES)
        return super().get_context_data(
            rows=[self._shown(row) for row in page],
            page_of_rows=page,
            may_write=may_write,
            sees_all=user.has_perm(vacancy_scope.EVERYTHING),
            new_url=self._new_url() if may_write else "",
            **kwargs,
        )

    def _shown(self, row) -> dict:
        chip, words = STATES[row.state]
        return {
            "vacancy": row,
            "chip": chip,
            "state": words,
            "closes": _closes_in(row),
            "tabs": vacancy_scope.links(self.request.user, row.page.reference) if row.page.reference else [],
            "edit_url": reverse("wagtailadmin_pages:edit", args=[row.page.pk]),
        }

    def _new_url(self) -> str:
        parent = vacancy_queries.index_for(get_language())
        return reverse("wagtailadmin_pages:add", args=["careers", "vacancypage", parent.pk]) if parent else ""


class Closing(VacancyPageMixin, TemplateView):
    """Before the press: exactly what will happen. After it: the days on which everybody's application goes."""

    page_title = gettext_lazy("Closing")
    header_icon = "lock"
    template_name = "careers/admin/closing.html"
    rights = (SEES, CLOSES)

    @cached_property
    def plan(self):
        return vacancy_queries.closing_plan(self.hiring, self.vacancy, now=timezone.now())

    @property
    def is_closed(self) -> bool:
        return self.plan.standing is Standing.CLOSED

    def get_context_data(self, **kwargs):
        groups = [*self.plan.groups, *([self.plan.drafts] if self.plan.drafts else [])]
        return super().get_context_data(
            plan=self.plan,
            groups=[{"words": KINDS[group.kind], "group": group} for group in groups],
            is_closed=self.is_closed,
            may_close=self.plan.standing in (Standing.OPEN, Standing.PLANNED),
            form=kwargs.pop("form", None) or ReopenForm(),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """One button of two: close now, or open again through a day."""
        form = ReopenForm(request.POST) if "reopen" in request.POST else None
        if form is not None and not form.is_valid():
            return self._refused(form)
        try:
            done = self._act(form)
        except actions.NotPossible as refusal:
            messages.error(request, str(refusal))
            return self._refused(form)
        messages.success(request, done)
        return redirect("careers_vacancy_closing", self.vacancy.reference)

    def _act(self, form) -> str:
        if form is None:
            moved = actions.close_vacancy(self.hiring, by=self.request.user)
            return _("The vacancy is closed in all languages. Time limits moved: %(number)s.") % {
                "number": moved.clocks
            }
        moved = actions.reopen_vacancy(self.hiring, until=form.cleaned_data["until"], by=self.request.user)
        return _("The vacancy is open again in all languages. Time limits moved: %(number)s.") % {
            "number": moved.clocks
        }

    def _refused(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class VacanciesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(SEES)


class VacancyViewSet(ViewSet):
    icon = "list-ul"
    menu_label = gettext_lazy("Vacancies")
    menu_item_class = VacanciesMenuItem
    url_prefix = "careers/vacancies"

    def get_urlpatterns(self):
        return [path("", Vacancies.as_view(), name="index")]


def _closes_in(row) -> str:
    """How long one can still apply, in whole days; nothing for what is not open."""
    if row.state != vacancy_queries.OPEN:
        return ""
    days = (timezone.localdate(row.closes_at) - timezone.localdate()).days
    if days == 0:
        return _("closes today at %(time)s") % {"time": timezone.localtime(row.closes_at).strftime("%H:%M")}
    return _("closes tomorrow") if days == 1 else _("closes in %(days)s days") % {"days": days}


TABS = (Tab(gettext_lazy("Closing"), "careers_vacancy_closing", CLOSES),)
VIEWSETS = (VacancyViewSet("careers_vacancies"),)


def addresses() -> list:
    """The page of one vacancy this module owns."""
    return [path("careers/vacancies/<str:reference>/closing/", Closing.as_view(), name="careers_vacancy_closing")]
