"""What the privacy office meets when it enters the staff pages."""

from wagtail.admin.ui.components import Component

from privacy.queries.office import office_day
from privacy.queries.office_cases import case_numbers
from privacy.screens import office_scope
from privacy.screens.office import SEE


class OfficePanel(Component):
    """Requests by legal date, whom to tell, which erasures are not at their end, what the last night took (L1, L14)."""

    name = "privacy_office"
    template_name = "privacy/office/home.html"
    order = 30

    def get_context_data(self, parent_context):
        may_see_cases = parent_context["request"].user.has_perm(office_scope.SEE)
        day = office_scope.today()
        return {"office": office_day(), "cases": case_numbers(day=day) if may_see_cases else None, "today": day}


def add_panels(request, panels):
    """Puts the office's work in front of whoever may see its worklist."""
    if request.user.has_perm(SEE):
        panels.append(OfficePanel())
