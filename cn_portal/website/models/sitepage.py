"""What every public page shares: one sentence that says what it is, and the way back."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

HOME_DEPTH = 2
DRAWING_CHOICES = [
    ("", _("No drawing")),
    ("blast-pot", _("Blast pot")),
    ("nozzle", _("Nozzle")),
    ("helmet", _("Helmet")),
    ("abrasive", _("Abrasive bag")),
    ("recovery", _("Recovery unit")),
    ("blast-room", _("Blast room")),
    ("service", _("Service")),
    ("process", _("Blast pot, hose and plate")),
]


class SitePage(Page):
    """Base of the public pages; `lead` stands under the heading and describes the page to search engines."""

    lead = models.TextField(
        _("lead"), blank=True, max_length=400, help_text=_("One or two sentences under the heading.")
    )

    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """What a search engine shows: the editor's own text, else the lead."""
        return self.search_description or self.lead

    def crumbs(self) -> list[dict[str, str]]:
        """Title and address of each page above this one, from the home page down."""
        above = self.get_ancestors().live().filter(depth__gte=HOME_DEPTH)
        return [{"title": page.title, "url": page.url} for page in above]
