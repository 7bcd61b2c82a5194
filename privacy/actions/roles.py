"""The groups of staff that keep the promises of this engine (N63): its tasks, and nothing of what they are about.

Two groups with the same rights, so that one asks and the other approves: the delegate for data protection, and the
general manager, who represents the controller (N2).
"""

from django.contrib.auth.models import Group, Permission

OFFICE, MANAGERS = "Privacy office", "General managers"

# Model → what both groups may do with it. Nothing is deleted by hand: it goes by its clock.
_RIGHTS = {
    "trailentry": ("view",),
    "verification": ("view", "add"),
    "redactionproposal": ("view", "add", "change"),
    "recipientnotice": ("view", "change"),
    "noticeversion": ("view", "add", "change"),
    "retentionrun": ("view", "change"),
    "retentionrule": ("view", "add", "change"),
    "statistic": ("view",),
    "erasure": ("view",),
    "subjectrequest": ("view", "add", "change"),
    "legalhold": ("view", "add", "change"),
    "breach": ("view", "add", "change"),
    "staffread": ("view", "find"),
    "readreview": ("view", "add"),
    "authoritycase": ("view", "add", "change"),
    "dealcase": ("view", "add", "change"),
    "recipient": ("view", "add", "change"),
    "disclosure": ("view",),
    "screening": ("view", "add", "change"),
    "pendinghandover": ("change",),
    "informationduty": ("change",),
}


def ensure_roles() -> dict[str, Group]:
    """Make the groups with exactly these rights. Returns {name: group}; calling it again changes nothing."""
    codes = [f"{act}_{model}" for model, acts in _RIGHTS.items() for act in acts]
    own = Permission.objects.filter(content_type__app_label="privacy", codename__in=codes)
    enter = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    groups = {}
    for name in (OFFICE, MANAGERS):
        groups[name], _new = Group.objects.get_or_create(name=name)
        groups[name].permissions.set(own | enter)
    return groups
