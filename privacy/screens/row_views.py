"""Own pages of one row below a scoped viewset; see `scoping`."""

from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from privacy.actions.reads import note_read
from privacy.screens.scope import Scoped
from privacy.screens.scoped_views import has_field


class ScopedRowView(Scoped, WagtailAdminTemplateMixin, TemplateView):
    """An own page of one row, below a viewset: `self.row` is fetched through the scope. GET shows, POST acts.

    With a `form_class` the form is checked first, and shown again with what is wrong in it. A page writes `act(form)`:
    it carries the act out and returns the sentence that says so.
    """

    model = None
    permission_policy = None
    inspect_url_name = None
    index_url_name = None
    form_class = None
    refusals = ()
    template_name = "privacy/office/act.html"
    lead = ""
    confirm_label = _("Yes, do it")
    danger = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.row = get_object_or_404(self.scoped(self.model._default_manager.all()), pk=kwargs["pk"])

    def get(self, request, *args, **kwargs):
        # A HEAD asks whether the page is there; only who is shown the page has looked (L47).
        if request.method == "GET":
            note_read(self.row, by=request.user)
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.heading(self.row)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": self.row_url(), "label": self.heading(self.row)},
            {"url": "", "label": self.get_page_title()},
        ]

    def row_url(self):
        return reverse(self.inspect_url_name, args=[self.row.pk])

    def get_initial(self) -> dict:
        return {}

    def get_form(self):
        if self.form_class is None:
            return None
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, initial=self.get_initial())

    def facts(self) -> list[tuple]:
        """(label, value) pairs shown above the form: what the act will do, in full."""
        return []

    def get_context_data(self, form=None, **kwargs):
        form = form or self.get_form()
        media = {"media": form.media} if form else {}
        shown = {"row": self.row, "row_url": self.row_url(), "facts": self.facts(), "form": form}
        return super().get_context_data(**shown, **media, **kwargs)

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            with transaction.atomic():
                said = self.act(form)
        except self.refusals as refusal:
            return self.refused(form, refusal)
        messages.success(request, said)
        return HttpResponseRedirect(self.done_url())

    def done_url(self):
        return self.row_url()

    def refused(self, form, refusal):
        """Say no: in the form where there is one, else on the row's page."""
        if form is not None:
            form.add_error(refusal.field if has_field(form, refusal) else None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.row_url())
