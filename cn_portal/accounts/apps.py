"""The accounts app, and Wagtail's users app with the screens narrowed to staff."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """The app itself; `default` because this module holds a second configuration."""

    name = "cn_portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default = True


class StaffUsersConfig(WagtailUsersAppConfig):
    """Stands in INSTALLED_APPS instead of `wagtail.users`: its screens list staff, never customers or applicants."""

    default = False
    user_viewset = "cn_portal.accounts.viewsets.StaffViewSet"
