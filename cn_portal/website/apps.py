from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """Public pages, the look of every page, and the cookie and privacy notice."""

    name = "cn_portal.website"
    label = "website"
    verbose_name = _("Website")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cn_portal.website import remarks

        remarks.connect()
