"""The privacy office in Wagtail's menu and under its addresses."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from privacy.screens import home, office


class OfficeMenuItem(MenuItem):
    """Shown to those who may see the worklist."""

    def is_shown(self, request):
        return request.user.has_perm(office.SEE)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("privacy/", office.OfficePage.as_view(), name="privacy-office"),
        path("privacy/notices/<uuid:key>/settle/", office.SettleNotice.as_view(), name="privacy-settle-notice"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return OfficeMenuItem(_("Privacy"), reverse("privacy-office"), name="privacy", icon_name="lock", order=300)


hooks.register("construct_homepage_panels", home.add_panels)
