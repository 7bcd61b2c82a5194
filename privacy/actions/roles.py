"""The group of staff that keeps the promises of this engine (N63): its tasks, and nothing of what they are about."""

from django.contrib.auth.models import Group, Permission

OFFICE = "Privacy office"

_RIGHTS = (
    "access_admin",
    "view_recipientnotice",
    "change_recipientnotice",
    "view_retentionrun",
    "view_erasure",
    "view_subjectrequest",
    "add_subjectrequest",
    "change_subjectrequest",
)


def ensure_roles() -> dict[str, Group]:
    """Make the group with exactly these rights. Returns {name: group}; calling it again changes nothing."""
    group, _new = Group.objects.get_or_create(name=OFFICE)
    group.permissions.set(
        Permission.objects.filter(codename__in=_RIGHTS, content_type__app_label__in=("privacy", "wagtailadmin"))
    )
    return {OFFICE: group}
