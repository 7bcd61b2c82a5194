"""The page of one act on a case: shown, rehearsed where something is sent, carried out (L1 to L7)."""

from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from privacy import actions
from privacy.actions.rehearsal import rehearse
from privacy.rules import requests as rules
from privacy.screens.office_scope import ACT, SEE, OneCase, today

REFUSALS = (actions.RequestRefused, actions.RestrictionRefused, rules.IllegalMove)


class CaseAct(OneCase, TemplateView):
    """GET shows what will happen, POST does it. What the engine refuses is shown, and what was typed stays.

    With ``is_mailed`` the first POST shows what the person gets; the second one sends exactly that.
    """

    rights = (SEE, ACT)
    template_name = "privacy/office/case_act.html"
    http_method_names = ["get", "head", "post"]
    form_class = None
    lead = ""
    confirm_label = _("Yes, do it")
    danger = False
    is_mailed = False

    @classmethod
    def possible(cls, case, now, *, day) -> bool:
        """Whether the page of this act is offered, where the case stands ``now`` (a projection) on ``day``."""
        raise NotImplementedError

    def is_possible(self) -> bool:
        return self.possible(self.case, where(self.case), day=today())

    def get(self, request, *args, **kwargs):
        if not self.is_possible():
            messages.error(request, _("This cannot be done where the case stands now. Nothing was changed."))
            return HttpResponseRedirect(self.case_url())
        return super().get(request, *args, **kwargs)

    def get_form(self, data=None, files=None):
        return None if self.form_class is None else self.form_class(data, files, initial=self.get_initial())

    def get_initial(self) -> dict:
        return {}

    def facts(self) -> list[tuple]:
        """(label, value) pairs above the form."""
        return []

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST, request.FILES)
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        step = request.POST.get("step")
        if step == "change":
            return self.render_to_response(self.get_context_data(form=form))
        try:
            if self.is_mailed and step != "send":
                preview = rehearse(self.case, lambda: self.act(form))
                return self.render_to_response(self.get_context_data(form=form, preview=preview))
            with transaction.atomic():
                said = self.act(form)
        except REFUSALS as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)))
        messages.success(request, said)
        return HttpResponseRedirect(self.case_url())

    def act(self, form):
        """Carry it out; returns the sentence that says so."""
        raise NotImplementedError

    def get_context_data(self, form=None, preview=None, refusal="", **kwargs):
        if form is None:
            form = self.get_form()
        return super().get_context_data(
            case=self.case,
            form=form,
            preview=preview,
            refusal=refusal,
            facts=self.facts(),
            case_url=self.case_url(),
            media=form.media if form else None,
            **kwargs,
        )


def where(case) -> rules.Projection:
    """Where a case stands, by its events."""
    return rules.project(case.events.order_by("at", "pk"))


def can_reach(now, state: str) -> bool:
    """Whether a case can come to ``state``, with the steps that go without saying."""
    try:
        return bool(rules.way(now, state))
    except rules.IllegalMove:
        return False
