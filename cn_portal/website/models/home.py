"""The front page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from cn_portal.website.blocks import BODY_BLOCKS
from cn_portal.website.models.news import NewsPage
from cn_portal.website.models.products import ProductPage
from cn_portal.website.models.sitepage import SitePage

LATEST_NEWS = 3


class HomePage(SitePage):
    """What CN does, its products, its latest news."""

    headline = models.CharField(_("headline"), max_length=120, help_text=_("What CN does, in one line."))
    eyebrow = models.CharField(_("line above the headline"), max_length=80, blank=True)
    main_label = models.CharField(_("main button"), max_length=40, blank=True)
    main_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("main button leads to")
    )
    second_label = models.CharField(_("second button"), max_length=40, blank=True)
    second_page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("second button leads to"),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    template = "website/pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("eyebrow"), FieldPanel("headline"), FieldPanel("lead")], heading=_("Top of the page")
        ),
        MultiFieldPanel(
            [
                FieldPanel("main_label"),
                PageChooserPanel("main_page"),
                FieldPanel("second_label"),
                PageChooserPanel("second_page"),
            ],
            heading=_("Buttons"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        products = ProductPage.objects.live().descendant_of(self).order_by("path")
        news = NewsPage.objects.live().descendant_of(self).order_by("-published_on")[:LATEST_NEWS]
        return {**super().get_context(request, *args, **kwargs), "products": products, "news": news}

    def get_sitemap_urls(self, request=None):
        """The site map walks the tree of the site's first language only, so its home page brings the others along."""
        entries = super().get_sitemap_urls(request)
        site = Site.find_for_request(request)
        if site is None or site.root_page_id != self.pk:
            return entries
        for home in self.get_translations().live():
            pages = home.get_descendants(inclusive=True).live().public().specific()
            entries += [entry for page in pages for entry in page.get_sitemap_urls(request)]
        return entries
