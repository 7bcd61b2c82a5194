"""Puts careers into the staff pages."""

from django.contrib.auth.models import Permission
from wagtail import hooks

from careers.screens import home, vacancy_scope
from careers.screens.hr import CareersGroup

RIGHTS = (
    "view_application",
    "change_question",
    "change_application",
    "change_hiring",
    "read_every_application",
    "view_talentpoolentry",
    "view_vacancyshare",
    "add_vacancyshare",
    "delete_vacancyshare",
    "view_interview",
    "add_interview",
    "change_interview",
    "view_referee",
    "add_referee",
    "change_referee",
    "add_handregistration",
    "add_guardiancheck",
    "view_finding",
    "add_finding",
    "change_finding",
    "change_criterion",
    "write_assessment",
    "read_pack",
    "add_decisionrecord",
)


@hooks.register("register_admin_viewset")
def careers_pages():
    return CareersGroup()


@hooks.register("register_admin_urls")
def pages_of_a_vacancy():
    return vacancy_scope.addresses()


@hooks.register("register_permissions")
def careers_rights():
    return Permission.objects.filter(content_type__app_label="careers", codename__in=RIGHTS)


hooks.register("construct_homepage_panels", home.add_panels)
