"""The register of breaches: every one, notified or not, with its 72 hours, its decisions and its draft (L35)."""

import json

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from privacy import vault
from privacy.actions import breach_messages, breaches
from privacy.actions.breach_case import BreachRefused
from privacy.actions.documents import document_name, open_document
from privacy.models import Breach
from privacy.queries import breaches as reads
from privacy.screens.office_breach_acts import ACTS, CHANGE, SEE, OneBreach, possible_acts
from privacy.screens.office_breach_forms import BreachForm
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficePageMixin

ADD = "privacy.add_breach"
ON_PAGE = 50
ROOMS = [Room(_("Breaches"), "privacy-breaches", "warning", SEE)]


class BreachList(OfficePageMixin, TemplateView):
    """Every breach, the newest first; filtered by where it stands."""

    rights = (SEE,)
    template_name = "privacy/office/breaches.html"
    page_title = _("Breaches")

    def path(self):
        return []

    @property
    def header_buttons(self):
        if not self.request.user.has_perm(ADD):
            return []
        return [HeaderButton(_("Register a breach"), url=reverse("privacy-breach-add"), icon_name="plus")]

    def get_context_data(self, **kwargs):
        state = self.request.GET.get("state", "")
        state = state if state in {"open", *Breach.State.values} else ""
        rows = Paginator(reads.breaches(state=state), ON_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            rows=rows, state=state, states=Breach.State.values, now=timezone.now(), **kwargs
        )


class AddBreach(OfficePageMixin, TemplateView):
    """GET shows the form, POST registers: the clock runs from the moment that is typed, not from this one."""

    rights = (SEE, ADD)
    template_name = "privacy/office/breach_form.html"
    page_title = _("Register a breach")
    http_method_names = ["get", "head", "post"]

    def path(self):
        return [{"url": reverse("privacy-breaches"), "label": _("Breaches")}]

    def post(self, request, *args, **kwargs):
        form = BreachForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            breach = breaches.open_breach(**form.description_of(), by=request.user)
        except BreachRefused as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)))
        messages.success(request, _("Registered as %(number)s. The clock runs.") % {"number": breach.number})
        return HttpResponseRedirect(reverse("privacy-breach", args=[breach.pk]))

    def get_context_data(self, form=None, **kwargs):
        form = form or BreachForm()
        back = reverse("privacy-breaches")
        return super().get_context_data(form=form, media=form.media, back=back, confirm=_("Register"), **kwargs)


class BreachPage(OneBreach, TemplateView):
    """One breach with its clock, what it touched, what was decided, and what can be done next."""

    template_name = "privacy/office/breach.html"
    page_title = _("Breach")

    def get_page_subtitle(self):
        return self.breach.number

    def get_context_data(self, **kwargs):
        may_act = self.request.user.has_perm(CHANGE)
        page = reads.breach_page(self.breach)
        return super().get_context_data(
            page=page,
            breach=self.breach,
            now=timezone.now(),
            may_act=may_act,
            acts=possible_acts(self.breach, page) if may_act else [],
            **kwargs,
        )


class Draft(OneBreach, View):
    """What the authority's form asks for (Art 33(3)), to print; with ``?format=json`` to keep or to send on."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        draft = reads.draft_of(self.breach)
        content = json.dumps(draft, indent=2, ensure_ascii=False, sort_keys=True)
        answer = HttpResponse(content, content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{self.breach.number}.json"'
        return answer


class PrintedDraft(OneBreach, TemplateView):
    """The same as a sheet to print."""

    template_name = "privacy/office/breach_draft.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(breach=self.breach, draft=reads.draft_of(self.breach), **kwargs)


class PaperDownload(OneBreach, View):
    """One paper, always as a download; opening it is noted."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        event = get_object_or_404(self.breach.events.select_related("paper"), pk=kwargs["event"], paper__isnull=False)
        try:
            content = open_document(event.paper, by=request.user)
        except (vault.KeyDestroyed, vault.Damaged):
            messages.error(request, _("The paper can no longer be read. What the register says of it is still here."))
            return HttpResponseRedirect(self.breach_url())
        name = document_name(event.paper)
        return FileResponse(content, as_attachment=True, filename=name, content_type=event.paper.media_type)


class ToldByHand(OneBreach, View):
    """Somebody wrote or rang to one whom no mail reached."""

    rights = (SEE, CHANGE)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        row = get_object_or_404(self.breach.persons, pk=kwargs["person"])
        try:
            breach_messages.note_told_by_hand(row, by=request.user)
        except BreachRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Noted: this person has been told."))
        return HttpResponseRedirect(self.breach_url())


def addresses():
    """Below /admin/."""
    one = "privacy/breaches/<uuid:pk>/"
    acts = [path(f"{one}{name}/", act.as_view(), name=f"privacy-breach-{name}") for name, act in ACTS.items()]
    return [
        path("privacy/breaches/", BreachList.as_view(), name="privacy-breaches"),
        path("privacy/breaches/add/", AddBreach.as_view(), name="privacy-breach-add"),
        path(one, BreachPage.as_view(), name="privacy-breach"),
        path(f"{one}draft/", PrintedDraft.as_view(), name="privacy-breach-draft"),
        path(f"{one}draft.json", Draft.as_view(), name="privacy-breach-json"),
        path(f"{one}papers/<uuid:event>/", PaperDownload.as_view(), name="privacy-breach-paper-download"),
        path(f"{one}persons/<uuid:person>/told/", ToldByHand.as_view(), name="privacy-breach-told"),
        *acts,
    ]
