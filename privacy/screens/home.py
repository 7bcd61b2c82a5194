"""What the privacy office meets when it enters the staff pages."""

from wagtail.admin.ui.components import Component

from privacy.queries.office import office_day
from privacy.screens.office import SEE


class OfficePanel(Component):
    """Whom to tell, which erasures are not at their end, and what the last night took (L14, L35)."""

    name = "privacy_office"
    template_name = "privacy/office/home.html"
    order = 30

    def get_context_data(self, parent_context):
        return {"office": office_day()}


def add_panels(request, panels):
    """Puts the office's work in front of whoever may see its worklist."""
    if request.user.has_perm(SEE):
        panels.append(OfficePanel())
