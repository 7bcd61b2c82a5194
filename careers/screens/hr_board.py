"""The board and the list of one vacancy: where every application stands, and how it is moved on."""

from django.core.paginator import Paginator
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from careers import queries_board
from careers.models import Step
from careers.rules.stages import ON_BOARD
from careers.screens.vacancy_scope import Tab, VacancyPageMixin

MOVES = "careers.change_application"
PER_PAGE = 50
ORDERS = {
    "sent": _("Sent, the first one first"),
    "-sent": _("Sent, the last one first"),
    "waiting": _("In this step the longest"),
    "-waiting": _("In this step the shortest"),
}


class Board(VacancyPageMixin, TemplateView):
    """A column per step; each card has a form that moves it, and can be dragged where there is script."""

    page_title = _("Board")
    template_name = "careers/admin/board.html"

    def get_context_data(self, **kwargs):
        columns = queries_board.board(
            self.request.user, self.vacancy.reference, whole=self.request.GET.get("whole", "")
        )
        return super().get_context_data(
            columns=[{"column": each, "options": _options(each.targets)} for each in columns],
            total=sum(each.count for each in columns),
            may_move=self.request.user.has_perm(MOVES),
            **kwargs,
        )


class VacancyList(VacancyPageMixin, TemplateView):
    """The same applications as a table: sorted, narrowed to a step, and chosen for a refusal to many."""

    page_title = _("List")
    template_name = "careers/admin/list.html"

    def get_context_data(self, **kwargs):
        step, order = self._narrowed()
        rows = queries_board.list_rows(self.request.user, self.vacancy.reference, step=step, order=order)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        counts = queries_board.step_counts(self.request.user, self.vacancy.reference)
        return super().get_context_data(
            cards=queries_board.cards(page.object_list, self.request.user),
            page=page,
            narrowed=urlencode({"step": step, "order": order}),
            steps=[(each.value, each.label, counts[each], each == step) for each in ON_BOARD],
            orders=[(code, label, code == order) for code, label in ORDERS.items()],
            may_move=self.request.user.has_perm(MOVES),
            **kwargs,
        )

    def _narrowed(self) -> tuple[str, str]:
        step, order = self.request.GET.get("step", ""), self.request.GET.get("order", "")
        return step if step in ON_BOARD else "", order if order in ORDERS else "sent"


def board_url(reference: str) -> str:
    return reverse("careers_board", args=[reference])


def list_url(reference: str) -> str:
    return reverse("careers_list", args=[reference])


def _options(targets: tuple[Step, ...]):
    # Once per column: the cards of a column may all go to the same steps.
    return format_html_join("", '<option value="{}">{}</option>', ((step.value, step.label) for step in targets))


TABS = (Tab(_("Board"), "careers_board"), Tab(_("List"), "careers_list"))


def addresses() -> list:
    return [
        path("careers/vacancies/<str:reference>/board/", Board.as_view(), name="careers_board"),
        path("careers/vacancies/<str:reference>/list/", VacancyList.as_view(), name="careers_list"),
    ]
