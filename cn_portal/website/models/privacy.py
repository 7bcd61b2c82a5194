"""The privacy notice and the cookie page. Both are rendered from what the system does, so that they agree (T10)."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cn_portal.website.blocks import BODY_BLOCKS
from cn_portal.website.cookies import cookies
from cn_portal.website.models.sitepage import SitePage
from cn_portal.website.notice import notice_page_context

NEXT = _("Shown after the fixed text, from the next version of the notice on. Until that is published nothing changes.")


class NoticePage(SitePage):
    """The notice (N1): the words of the version in force, frozen when it was published, and its date (N64).

    In a preview, and before the first version, it is what would be published now.
    """

    additions = StreamField(
        BODY_BLOCKS, blank=True, verbose_name=_("additions"), help_text=_("Shown after the fixed text.")
    )

    template = "website/pages/notice.html"
    subpage_types = []
    content_panels = [*SitePage.content_panels, FieldPanel("additions", help_text=NEXT)]

    class Meta:
        verbose_name = _("privacy notice")

    def get_context(self, request, *args, **kwargs):
        notice = notice_page_context(self, live=getattr(request, "is_preview", False))
        return {**super().get_context(request, *args, **kwargs), **notice}


class CookiePage(SitePage):
    """Every cookie the site sets, by name (N43 to N45)."""

    template = "website/pages/cookies.html"
    subpage_types = []

    class Meta:
        verbose_name = _("cookie page")

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "cookies": cookies()}
