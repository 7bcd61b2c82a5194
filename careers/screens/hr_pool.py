"""The talent pool in the staff pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from careers.models import TalentPoolEntry
from careers.screens.hr_lists import UnlockedIndex, named
from privacy.screens.scoping import ScopedModelViewSet


class TalentPoolViewSet(ScopedModelViewSet):
    model = TalentPoolEntry
    icon = "group"
    heading = staticmethod(named)
    menu_label = _("Talent pool")
    url_prefix = "careers/talent-pool"
    viewed = "talent_pool.viewed"
    index_view_class = UnlockedIndex
    list_display = [
        "full_name",
        Column("interest", label=_("First applied for")),
        DateColumn("agreed_on", label=_("Agreed on"), sort_key="agreed_on"),
    ]
    inspect_view_fields = ["full_name", "email", "interest", "agreed_on"]
    search_backend_name = None
    ordering = "-agreed_on"
    list_per_page = 20


VIEWSETS = (TalentPoolViewSet("careers_pool"),)
