"""Site settings: who answers for the data (N2, N69)."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="lock", order=10)
class ControllerSettings(BaseGenericSetting):
    """The controller block of notice, copies and receipts. The company is controller; the role acts for it (T1)."""

    legal_name = models.CharField(_("legal name"), max_length=120, default="Clemco Norge AS (CN)")
    represented_by_nb = models.CharField(_("represented by (Norwegian)"), max_length=120, default="daglig leder")
    represented_by_en = models.CharField(_("represented by (English)"), max_length=120, default="the general manager")
    postal_address = models.CharField(
        _("postal address"), max_length=200, default="Clemco Norge AS, Postbox 104 Tveita, 0617 Oslo"
    )
    email = models.EmailField(_("e-mail for privacy questions"), default="privacy@cn.example")
    phone = models.CharField(_("phone"), max_length=30, default="+47 20 00 00 00")

    panels = [
        MultiFieldPanel([FieldPanel("legal_name"), FieldPanel("represented_by_nb"), FieldPanel("represented_by_en")]),
        MultiFieldPanel([FieldPanel("postal_address"), FieldPanel("email"), FieldPanel("phone")]),
    ]

    class Meta:
        verbose_name = _("controller")

    @property
    def represented_by_text(self) -> str:
        """The role in the language in use: a role, never a name."""
        return self.represented_by_nb if (get_language() or "nb").startswith("nb") else self.represented_by_en

    @property
    def url(self) -> str:
        return settings.WAGTAILADMIN_BASE_URL
