"""The privacy office in Wagtail's menu and under its addresses."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import SubmenuMenuItem

from privacy.screens import (
    home,
    office,
    office_correct,
    office_letters,
    office_register,
    office_requests,
    office_rooms,
    office_scope,
    office_stops,
)
from privacy.screens.office_acts import ACTS

CASE = "privacy/requests/<uuid:pk>/"


FIRST_ROOMS = (
    office_rooms.Room(_("Worklist"), "privacy-office", "tasks", office.SEE),
    office_rooms.Room(_("Requests"), "privacy-requests", "list-ul", office_scope.SEE),
)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("privacy/", office.OfficePage.as_view(), name="privacy-office"),
        path("privacy/notices/<uuid:key>/settle/", office.SettleNotice.as_view(), name="privacy-settle-notice"),
        path("privacy/requests/", office_requests.RequestList.as_view(), name="privacy-requests"),
        path("privacy/requests/register/", office_register.Register.as_view(), name="privacy-register"),
        *addresses_of_a_case(),
        *office_rooms.addresses(),
    ]


def addresses_of_a_case():
    """Everything below one case."""
    acts = [path(f"{CASE}{name}/", act.as_view(), name=f"privacy-request-{name}") for name, act in ACTS.items()]
    below = {
        "correct/<str:label>/<str:key>": ("correct-row", office_correct.CorrectRow),
        "match/<uuid:person>": ("match", office_stops.Match),
        "recipients/<uuid:notice>": ("settle", office_stops.Settle),
        "restrictions/<uuid:restriction>/announce": ("announce", office_stops.Announce),
        "restrictions/<uuid:restriction>/lift": ("lift", office_stops.Lift),
        "objections/<uuid:objection>": ("decide", office_stops.Decide),
        "letters/<uuid:message>": ("letter", office_letters.LetterPage),
        "letters/<uuid:message>/pdf": ("pdf", office_letters.LetterPdf),
        "scans/<uuid:message>": ("scan", office_register.ScanDownload),
    }
    return [
        path(CASE, office_requests.CasePage.as_view(), name="privacy-request"),
        *acts,
        *(path(f"{CASE}{way}/", view.as_view(), name=f"privacy-request-{name}") for way, (name, view) in below.items()),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return SubmenuMenuItem(_("Privacy"), office_rooms.menu(FIRST_ROOMS), name="privacy", icon_name="lock", order=300)


hooks.register("construct_homepage_panels", home.add_panels)
