"""What somebody of the sales side meets when they enter the staff pages."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from crm import queries

SEES = ("crm.view_interaction", "crm.view_order", "crm.view_delivery", "crm.view_contact")


class MyDayPanel(Component):
    """New questions, what waits to be sent, and whose data goes soon; each part only for who may see its rows."""

    name = "my_day"
    template_name = "crm/admin/home.html"
    order = 10

    def get_context_data(self, parent_context):
        user, day = parent_context["request"].user, timezone.localdate()
        may_search = user.has_perm("crm.view_contact")
        return {"today": day, "may_search": may_search, "my_day": queries.my_day(user, day=day)}


def add_panels(request, panels):
    """Puts the day's work first for whoever may see a part of it."""
    if any(request.user.has_perm(right) for right in SEES):
        panels.append(MyDayPanel())
