"""The seven colleagues one can sign in as, each with a second factor, and the groups that say what they may."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

import careers.actions
import crm.actions
import privacy.actions.roles
from careers.actions import HIRING_LEADERS, HR
from cn_portal.accounts import actions as accounts
from cn_portal.accounts.models import User
from cn_portal.website.models import HomePage
from crm.actions.roles import LEADERS, SELLERS
from privacy.actions.roles import MANAGERS, OFFICE

EDITORS = "Editors"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
COLLEAGUES = {
    "seller": ("Siv", "Nordgård", (SELLERS,)),
    "leader": ("Tor", "Hellevik", (SELLERS, LEADERS)),
    "hr": ("Hanne", "Rustad", (HR,)),
    "hiring": ("Henrik", "Sundby", (HIRING_LEADERS,)),
    "privacy": ("Pernille", "Vang", (OFFICE,)),
    "manager": ("Gunnar", "Aune", (MANAGERS,)),
    "editor": ("Elin", "Myhre", (EDITORS,)),
}


def address(name: str) -> str:
    """The address of a colleague: `seller` → `seller@cn.example`."""
    return f"{name}@cn.example"


def is_there() -> bool:
    """Whether the demonstration's colleagues have been made."""
    return User.objects.filter(email=address("seller"), demo=True).exists()


def make_colleagues() -> Mapping[str, User]:
    """Groups, accounts and second factors. Returns {"seller": user, …}."""
    crm.actions.ensure_roles()
    careers.actions.ensure_roles()
    privacy.actions.roles.ensure_roles()
    _ensure_editors()
    return {name: _colleague(name, *facts) for name, facts in COLLEAGUES.items()}


def _colleague(name, first_name, last_name, groups) -> User:
    user = accounts.create_staff(
        address(name),
        first_name=first_name,
        last_name=last_name,
        groups=groups,
        password=settings.DEMO_PASSWORD,
        demo=True,
        by=None,
    )
    waiting = accounts.begin_factor(user, by=user)
    accounts.confirm_factor(user, token=f"{waiting.totp().token():06d}", by=user)
    return user


def _ensure_editors() -> None:
    """Editors write and publish below both home pages."""
    editors, _new = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS)
    for home in HomePage.objects.all():
        for right in rights:
            GroupPagePermission.objects.get_or_create(group=editors, page=home.page_ptr, permission=right)
