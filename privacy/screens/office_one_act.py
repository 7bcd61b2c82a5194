"""One act of the office on a page of its own: GET shows it, POST does it, a refusal is shown with what was typed."""

from django.db import transaction
from django.http import HttpResponseRedirect
from django.views.generic import TemplateView
from wagtail.admin import messages

from privacy.screens.office_scope import OfficePageMixin
from privacy.second_person import OwnApproval


class OneAct(OfficePageMixin, TemplateView):
    """What the page of an act says: ``rights``, ``page_title``, ``lead``, ``confirm_label``, ``form_class``, ``act``.

    ``refusals`` are the exceptions whose message is a sentence for whoever tried.
    """

    template_name = "privacy/office/one_act.html"
    http_method_names = ["get", "head", "post"]
    form_class = None
    lead = ""
    confirm_label = ""
    danger = False
    refusals: tuple = ()

    def act(self, form):
        """Carry it out; returns the sentence that says so."""
        raise NotImplementedError

    def back_url(self) -> str:
        """Where one came from, and where one goes when it is done."""
        raise NotImplementedError

    def get_form(self, data=None, files=None):
        return None if self.form_class is None else self.form_class(data, files, **self.form_options())

    def form_options(self) -> dict:
        return {}

    def facts(self) -> list[tuple]:
        """(label, value) pairs above the form."""
        return []

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST, request.FILES)
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            with transaction.atomic():
                said = self.act(form)
        except (OwnApproval, *self.refusals) as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)))
        messages.success(request, said)
        return HttpResponseRedirect(self.back_url())

    def get_context_data(self, form=None, refusal="", **kwargs):
        form = form or self.get_form()
        media = form.media if form is not None else None
        return super().get_context_data(
            form=form, refusal=refusal, facts=self.facts(), back_url=self.back_url(), media=media, **kwargs
        )
