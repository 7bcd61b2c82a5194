"""The contact page: an ordinary form whose answer is kept with the customer records, never in a page (N7)."""

from django.db import models
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cn_portal.website.forms import ContactForm
from cn_portal.website.models.sitepage import SitePage
from cn_portal.website.notice import purpose_of

SENT = "sent"
# The activity of the customer records that keeps what is written here.
ENQUIRIES = "enquiries"


class ContactPage(SitePage):
    """Address, phone and the form. GET shows, POST sends and then leads to a page that can be reloaded."""

    opening_hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    visiting_address = models.CharField(_("visiting address"), max_length=200, blank=True)

    template = "website/pages/contact.html"
    subpage_types = []
    content_panels = [*SitePage.content_panels, FieldPanel("opening_hours"), FieldPanel("visiting_address")]

    class Meta:
        verbose_name = _("contact page")

    def serve(self, request, *args, **kwargs):
        form = ContactForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and form.send(language=self.locale.language_code, by=request.user):
            return redirect(f"{self.get_url(request)}?{SENT}=1")
        context = self.get_context(request, *args, **kwargs)
        sent = SENT in request.GET and request.method != "POST"
        context |= {"form": form, "sent": sent, "purpose": purpose_of(ENQUIRIES)}
        return TemplateResponse(request, self.template, context, status=422 if form.errors else 200)
