"""What HR and hiring leaders meet when they enter the staff pages."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from careers import queries

SEES = "careers.view_application"


class VacanciesPanel(Component):
    """The vacancies with their numbers, and the applications that wait to be read; each reader gets their own only."""

    name = "vacancies"
    template_name = "careers/admin/home.html"
    order = 20

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {
            "vacancies": queries.vacancy_numbers(user, now=timezone.now()),
            "applications": [(row, queries.shown_name(row, user)) for row in queries.new_applications(user)],
            "for_all": user.has_perm("careers.read_every_application"),
        }


def add_panels(request, panels):
    """Puts the vacancies in front of whoever may read applications."""
    if request.user.has_perm(SEES):
        panels.append(VacanciesPanel())
