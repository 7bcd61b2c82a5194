"""Staff pages of one vacancy: who may enter, what they share, and the tabs that lead from one to the other.

    class Board(VacancyPageMixin, TemplateView):
        page_title = _("Board")
        template_name = "careers/admin/board.html"       # extends "careers/admin/vacancy.html"

`self.hiring` is the `Hiring`, `self.vacancy` its page in the reader's language. Rights are asked for before anything is
fetched (403); a vacancy that is not shared with the reader, or no longer, is 404 (N31, T01).
"""

from dataclasses import dataclass
from importlib import import_module

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.defaults import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from careers import queries
from careers.models import Hiring

SEES = "careers.view_application"
EVERYTHING = "careers.read_every_application"

# Modules of careers/screens/ that have pages of one vacancy, in the order of the tabs; each exposes
# TABS = (Tab(title, address, right), …) and addresses(), its paths below /admin/.
MODULES: tuple[str, ...] = (
    "hr_board",
    "hr_refusals",
    "hr_vacancies",
    "hr_register",
    "hr_questions",
    "hr_assessments",
    "hr_shares",
    "hr_pack",
    "hr_pool",
)


@dataclass(frozen=True)
class Tab:
    """One page of a vacancy: its lazy title, the name of its address (which takes the reference), and who sees it."""

    title: object
    address: str
    right: str = SEES


def modules() -> list:
    """The modules that have pages of one vacancy, in the order of the tabs."""
    return [import_module(f"careers.screens.{name}") for name in MODULES]


def addresses() -> list:
    """The paths of all pages of one vacancy, below /admin/."""
    return [each for module in modules() for each in module.addresses()]


def links(user, reference: str) -> list[tuple]:
    """(title, address, name of the address) of each page of a vacancy this reader may enter, as the tabs stand."""
    return [
        (tab.title, reverse(tab.address, args=[reference]), tab.address)
        for module in modules()
        for tab in module.TABS
        if user.has_perm(tab.right)
    ]


class VacancyPageMixin(WagtailAdminTemplateMixin):
    """A staff page of one vacancy; its address takes ``reference``."""

    rights: tuple = (SEES,)
    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perms(self.rights):
            # Wagtail would turn the exception into a way back to its first page.
            return permission_denied(request, PermissionDenied())
        self.vacancy = queries.vacancy_for(request.user, kwargs["reference"])
        if self.vacancy is None:
            raise Http404
        self.hiring = Hiring.objects.of(self.vacancy) if request.method == "POST" else self._hiring()
        return super().dispatch(request, *args, **kwargs)

    def _hiring(self) -> Hiring:
        # A GET writes nothing, so a hiring nobody has touched yet is only thought of.
        reference = self.vacancy.reference
        return Hiring.objects.filter(reference=reference).first() or Hiring(reference=reference)

    def tabs(self) -> list[dict]:
        """Title, address and whether it is this page, for each page of the vacancy this reader may enter."""
        here = self.request.resolver_match.view_name
        return [
            {"title": title, "url": url, "is_here": address == here}
            for title, url, address in links(self.request.user, self.vacancy.reference)
        ]

    def get_page_subtitle(self):
        return self.vacancy.title

    def get_breadcrumbs_items(self):
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("careers_vacancies:index"), "label": _("Vacancies")},
            {"url": "", "label": self.vacancy.title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(hiring=self.hiring, vacancy=self.vacancy, tabs=self.tabs(), **kwargs)
