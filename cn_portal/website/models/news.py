"""News: an index in pages of ten, and the items. Items have a date and no author: no person is named in a page."""

from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cn_portal.website.blocks import BODY_BLOCKS
from cn_portal.website.models.sitepage import SitePage

PER_PAGE = 10


class NewsIndexPage(SitePage):
    """All news, newest first."""

    template = "website/pages/news_index.html"
    subpage_types = ["website.NewsPage"]

    class Meta:
        verbose_name = _("news list")

    def get_context(self, request, *args, **kwargs):
        items = NewsPage.objects.live().child_of(self).order_by("-published_on", "-pk")
        found = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "items": found}


class NewsPage(SitePage):
    """One item of news."""

    published_on = models.DateField(_("date"), default=timezone.localdate)
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    template = "website/pages/news.html"
    parent_page_types = ["website.NewsIndexPage"]
    subpage_types = []
    content_panels = [*SitePage.content_panels, FieldPanel("published_on"), FieldPanel("body")]

    class Meta:
        verbose_name = _("news item")
