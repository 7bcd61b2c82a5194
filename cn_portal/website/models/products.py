"""Products: an index and one page each, with a drawing and a table of figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cn_portal.website.blocks import BODY_BLOCKS, SPEC_BLOCKS
from cn_portal.website.models.sitepage import DRAWING_CHOICES, SitePage


class ProductIndexPage(SitePage):
    """All products, in the order of the page tree."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    template = "website/pages/product_index.html"
    subpage_types = ["website.ProductPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("product list")

    def get_context(self, request, *args, **kwargs):
        products = ProductPage.objects.live().child_of(self).order_by("path")
        return {**super().get_context(request, *args, **kwargs), "products": products}


class ProductPage(SitePage):
    """One product group: what it is for, how to choose, its figures."""

    drawing = models.CharField(_("drawing"), max_length=20, choices=DRAWING_CHOICES, default="blast-pot")
    specs = StreamField(SPEC_BLOCKS, blank=True, verbose_name=_("figures"))
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    template = "website/pages/product.html"
    parent_page_types = ["website.ProductIndexPage"]
    subpage_types = []
    content_panels = [*SitePage.content_panels, FieldPanel("drawing"), FieldPanel("specs"), FieldPanel("body")]

    class Meta:
        verbose_name = _("product")

    def get_context(self, request, *args, **kwargs):
        siblings = ProductPage.objects.live().sibling_of(self, inclusive=False).order_by("path")
        return {**super().get_context(request, *args, **kwargs), "siblings": siblings[:3]}
