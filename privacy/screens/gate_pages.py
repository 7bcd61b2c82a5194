"""What the office's pages about demands and deals share: who may enter, one case, one act, one paper."""

from django import forms
from django.db import transaction
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from privacy import vault
from privacy.actions.documents import document_name, open_document
from privacy.actions.files import EmptyFile, FilesRemain
from privacy.rules.gates import GateRefused
from privacy.scans import ScanRefused, check_scan
from privacy.screens.office_scope import OfficePageMixin
from privacy.second_person import OwnApproval

REFUSALS = (GateRefused, OwnApproval, EmptyFile, FilesRemain, ScanRefused)
FORM_PAGE = "privacy/office/case_act.html"
STILL_THERE = _("The storage did not answer, so nothing was deleted. Try again later.")


class StateForm(forms.Form):
    """What the address of a list may carry: a state, never anything about a person."""

    state = forms.ChoiceField(label=_("Where it stands"), required=False)

    def __init__(self, *args, states=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("Open")), *states, ("all", _("All"))]

    @property
    def asked(self) -> str:
        """The state that is asked for; a hand-made address shows what is open."""
        return (self.cleaned_data.get("state") if self.is_valid() else "") or "open"


class GatePage(OfficePageMixin):
    """A page below one of the two lists; ``model``, ``list_name`` and ``case_name`` say which."""

    model = None
    list_title = ""
    list_name = ""
    case_name = ""

    def path(self):
        return [{"url": reverse(self.list_name), "label": self.list_title}]


class OneGateCase(GatePage):
    """A page about one case, in `self.case`."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.case = get_object_or_404(self.model, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def case_url(self):
        return reverse(self.case_name, args=[self.case.pk])

    def get_page_subtitle(self):
        return self.case.number

    def path(self):
        return [*super().path(), {"url": self.case_url(), "label": self.case.number}]


class GateForm(TemplateView):
    """GET shows a form, POST does what it says; what is refused is shown, and what was typed stays."""

    http_method_names = ["get", "head", "post"]
    form_class = None
    lead = ""
    confirm_label = _("Yes, do it")
    danger = False

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
        try:
            with transaction.atomic():
                said = self.act(form)
        except REFUSALS as refusal:
            text = STILL_THERE if isinstance(refusal, FilesRemain) else str(refusal)
            return self.render_to_response(self.get_context_data(form=form, refusal=text))
        messages.success(request, said)
        return HttpResponseRedirect(self.back())

    def act(self, form):
        """Carry it out; returns the sentence that says so."""
        raise NotImplementedError

    def back(self) -> str:
        """Where it goes on."""
        return self.case_url()

    def get_context_data(self, form=None, refusal="", **kwargs):
        if form is None:
            form = self.get_form()
        return super().get_context_data(
            form=form,
            refusal=refusal,
            facts=self.facts(),
            case_url=self.back(),
            media=form.media if form else None,
            **kwargs,
        )


class GateAct(OneGateCase, GateForm):
    """One act on one case. ``possible`` says whether it is offered where the case stands."""

    template_name = FORM_PAGE

    @classmethod
    def possible(cls, case, user) -> bool:
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        if not self.possible(self.case, request.user):
            messages.error(request, _("This cannot be done where the case stands now. Nothing was changed."))
            return HttpResponseRedirect(self.case_url())
        return super().get(request, *args, **kwargs)


# Never the button that leads on, even where it is the only one.
ASIDE = ("refuse", "at-once", "change")


def acts_for(acts: dict, case, user, *, prefix: str) -> list[dict]:
    """{"label", "url", "first"} of the acts possible where the case stands now, the one that leads on first."""
    names = [name for name, act in acts.items() if user.has_perms(act.rights) and act.possible(case, user)]
    return [
        {
            "label": acts[name].page_title,
            "url": reverse(f"{prefix}-{name}", args=[case.pk]),
            "first": name == names[0] and name not in ASIDE,
        }
        for name in names
    ]


def take_scan(form, name="paper"):
    """The uploaded paper as it really is. Raises ScanRefused with the sentence why it is not taken."""
    return check_scan(form.cleaned_data[name])


def paper_download(paper, *, by, back: str, request):
    """The paper as a download; one that is missing or changed is said on the case's page."""
    try:
        content = open_document(paper, by=by)
    except vault.Damaged:
        messages.error(request, _("The paper can no longer be read. Its digest and what was decided are still here."))
        return HttpResponseRedirect(back)
    return FileResponse(content, as_attachment=True, filename=document_name(paper), content_type=paper.media_type)
