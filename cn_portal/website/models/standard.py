"""A page of text: about the company, service, and whatever else editors need."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cn_portal.website.blocks import BODY_BLOCKS
from cn_portal.website.models.sitepage import DRAWING_CHOICES, SitePage


class StandardPage(SitePage):
    """Heading, lead, an optional drawing and a body of blocks."""

    drawing = models.CharField(_("drawing"), max_length=20, choices=DRAWING_CHOICES, blank=True, default="")
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    template = "website/pages/standard.html"
    content_panels = [*SitePage.content_panels, FieldPanel("drawing"), FieldPanel("body")]

    class Meta:
        verbose_name = _("text page")
