"""The two groups of staff that meet applicants (N31). No other group has any of these rights."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from careers.models import CareersIndexPage

HR = "HR"
HIRING_LEADERS = "Hiring leaders"

_RIGHTS = {
    HR: (
        "access_admin",
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
    ),
    HIRING_LEADERS: (
        "access_admin",
        "view_application",
        "view_interview",
        "add_finding",
        "write_assessment",
    ),
}
_PAGE_RIGHTS = ("add_page", "change_page", "publish_page")


def ensure_roles() -> dict[str, Group]:
    """Make both groups with exactly these rights, and let HR write below every list of vacancies there is.

    Returns {name: group}. Call it again after a list of vacancies was made.
    """
    groups = {name: _group(name, codenames) for name, codenames in _RIGHTS.items()}
    for page in CareersIndexPage.objects.all():
        for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGE_RIGHTS):
            GroupPagePermission.objects.get_or_create(group=groups[HR], page=page.page_ptr, permission=right)
    return groups


def _group(name: str, codenames) -> Group:
    group, _new = Group.objects.get_or_create(name=name)
    group.permissions.set(
        Permission.objects.filter(codename__in=codenames, content_type__app_label__in=("careers", "wagtailadmin"))
    )
    return group
