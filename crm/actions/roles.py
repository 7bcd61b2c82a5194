"""The two groups of the sales side and what they may."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

SELLERS, LEADERS = "Sellers", "Sales leaders"
_DAILY = {
    "organisation": ("view", "add", "change"),
    "contact": ("view", "add", "change"),
    "interaction": ("view", "add", "change"),
    "order": ("view", "add", "change"),
    "delivery": ("view", "add", "change"),
    "invoice": ("view",),
}
_LEADING = {name: ("view", "add", "change", "delete") for name in _DAILY if name not in ("invoice", "order")} | {
    "order": ("view", "add", "change"),
    # Issuing and crediting; an invoice is never changed or deleted, so those rights are given to nobody.
    "invoice": ("view", "add"),
}


@transaction.atomic
def ensure_roles() -> dict[str, Group]:
    """Both groups exist with exactly these rights, and none on the careers side. Safe to call again."""
    return {name: _group(name, rights) for name, rights in ((SELLERS, _DAILY), (LEADERS, _LEADING))}


def _group(name: str, rights: dict) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    codes = [f"{action}_{model}" for model, actions in rights.items() for action in actions]
    wanted = Permission.objects.filter(content_type__app_label="crm", codename__in=codes)
    enter = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.set(wanted | enter)
    return group
