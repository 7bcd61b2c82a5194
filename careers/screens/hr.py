"""Careers in the staff pages: one menu, put together from the modules that have rooms in it.

A module of `careers/screens/` named here exposes ``VIEWSETS``: Wagtail viewsets, each an entry of the menu "Careers"
with addresses of its own. Rows come only through a scope (`privacy.screens.scoping`), pages of one vacancy only through
`vacancy_scope`.
"""

from importlib import import_module

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

# In the order of the menu.
MODULES = ("hr_vacancies", "hr_applications", "hr_interviews", "hr_pool", "hr_shares", "hr_numbers")


def viewsets() -> tuple:
    """The viewsets of all modules, in the order of the menu."""
    found = (import_module(f"careers.screens.{name}").VIEWSETS for name in MODULES)
    return tuple(viewset for each in found for viewset in each)


class CareersGroup(ModelViewSetGroup):
    menu_label = _("Careers")
    menu_icon = "group"
    menu_order = 310

    def __init__(self):
        self.items = viewsets()
        super().__init__()
