"""Holds in the office: the list, asking for one, and deciding on what a colleague asked for (N54, N59, L12, L38)."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from privacy import actions, vault, words
from privacy.actions.documents import document_name, file_document, open_document
from privacy.models import LegalHold, OfficeDocument, SubjectRequest
from privacy.queries import holds as reads
from privacy.scans import ScanRefused, check_scan
from privacy.screens import office_hold_forms as forms
from privacy.screens.office_hold_acts import ACTS, ADD, CHANGE, SEE, HoldPage, OneHold
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import SEE as SEE_REQUESTS
from privacy.screens.office_scope import today

ON_PAGE = 50
WHICH = {
    "asked": gettext_lazy("Asked for by somebody"),
    "law": gettext_lazy("By law"),
    "over": gettext_lazy("Ended"),
    "all": gettext_lazy("All"),
}
ROOMS = [Room(gettext_lazy("Holds"), "privacy-holds", "lock", SEE)]


class HoldList(HoldPage, TemplateView):
    """Every hold by its record's label, what waits for a second person first."""

    template_name = "privacy/office/holds.html"
    page_title = gettext_lazy("Holds")

    def path(self):
        return []

    @property
    def header_buttons(self):
        if not self.request.user.has_perm(ADD):
            return []
        return [HeaderButton(_("Ask for a hold"), url=reverse("privacy-hold-add"), icon_name="plus")]

    def get_context_data(self, **kwargs):
        which, day = self.request.GET.get("which", ""), today()
        which = which if which in WHICH else "asked"
        page = Paginator(reads.holds(which=which, day=day), ON_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page=page,
            lines=reads.lines(page, day=day),
            which=which,
            choices=WHICH.items(),
            plot=reads.ending_plot(day=day),
            today=day,
            **kwargs,
        )


class AddHold(HoldPage, TemplateView):
    """Records are found by number, or are those of a case; what is chosen stays from the moment of asking."""

    rights = (SEE, ADD)
    template_name = "privacy/office/hold_add.html"
    page_title = gettext_lazy("Ask for a hold")
    http_method_names = ["get", "head", "post"]

    def get(self, request, *args, **kwargs):
        case = self.case()
        found = reads.records_of(case.subject) if case else []
        return self.render_to_response(self.get_context_data(case=case, found=found))

    def case(self):
        key = self.request.GET.get("case")
        if not key:
            return None
        if not self.request.user.has_perm(SEE_REQUESTS):
            raise Http404
        cases = SubjectRequest.objects.select_related("subject__proved_as")
        return get_object_or_404(cases, number=key)

    def post(self, request, *args, **kwargs):
        found = reads.records_at(request.POST.getlist("shown"))
        if request.POST.get("step") == "find":
            return self.find(found)
        form = forms.ProposeForm(request.POST, request.FILES, found=found)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(found=found, form=form))
        try:
            batch = self.propose(found, form.cleaned_data)
        except (actions.HoldRefused, ScanRefused) as refusal:
            return self.render_to_response(self.get_context_data(found=found, form=form, refusal=str(refusal)))
        messages.success(request, _("It holds from now on. A colleague has fourteen days to approve it."))
        return HttpResponseRedirect(reverse("privacy-hold", args=[_first_of(batch).pk]))

    def find(self, found):
        form = forms.FindForm(self.request.POST)
        missing: list[str] = []
        if form.is_valid() and form.wanted():
            new, missing = reads.find_records(form.cleaned_data["model"], form.wanted())
            found += [each for each in new if each.value not in {other.value for other in found}]
        context = self.get_context_data(found=found, find_form=form, missing=missing)
        return self.render_to_response(context)

    def propose(self, found, said):
        chosen = [each.record for each in found if each.value in said["records"]]
        with transaction.atomic():
            return actions.propose_holds(
                chosen,
                kind=said["kind"],
                law=said["law"].strip(),
                reason=said["reason"],
                until=said["until"],
                review_on=said["review_on"],
                paper=self.filed(said["paper"]),
                by=self.request.user,
            )

    def filed(self, upload):
        if not upload:
            return None
        scan = check_scan(upload)
        facts = {"display_name": scan.display_name, "media_type": scan.media_type, "by": self.request.user}
        return file_document(scan.stream, kind=OfficeDocument.Kind.HOLD, **facts)

    def get_context_data(self, found=(), form=None, find_form=None, **kwargs):
        shown = [each.value for each in found]
        form = form or (forms.ProposeForm(found=found, initial={"records": shown[:1] if len(shown) == 1 else []}))
        find_form = find_form or forms.FindForm()
        media = form.media + find_form.media
        return super().get_context_data(
            found=found, form=form, find_form=find_form, media=media, back=reverse("privacy-holds"), **kwargs
        )


def _first_of(batch):
    return LegalHold.objects.filter(batch=batch).order_by("model", "object_pk").first()


class HoldDetail(OneHold, TemplateView):
    """What is held, why, until when, who asked, and what can be done by whom."""

    template_name = "privacy/office/hold.html"
    page_title = gettext_lazy("Hold")

    def get_page_subtitle(self):
        return words.class_title(self.hold.model)

    def get_context_data(self, **kwargs):
        day = today()
        decision = reads.decision(self.hold, day=day)
        acts = self.acts(decision, day) if self.request.user.has_perm(CHANGE) else []
        is_own = self.hold.opened_by == self.request.user.pk
        return super().get_context_data(
            decision=decision,
            hold=self.hold,
            paper_name=document_name(self.hold.paper) if self.hold.paper else "",
            acts=[] if is_own else acts,
            waits_for_another=bool(acts) and is_own,
            standing=reads.standing_of(self.hold, day),
            **kwargs,
        )

    def acts(self, decision, day) -> list:
        return [
            (act.button, reverse(f"privacy-hold-{name}", args=[self.hold.pk]), act.danger)
            for name, act in ACTS.items()
            if act.is_possible(decision, day)
        ]


class PaperDownload(OneHold, View):
    """The paper of a hold, always as a download; opening it is noted."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        if self.hold.paper is None:
            raise Http404
        try:
            content = open_document(self.hold.paper, by=request.user)
        except (vault.KeyDestroyed, vault.Damaged):
            messages.error(request, _("The paper can no longer be read. What is known of the hold is still here."))
            return HttpResponseRedirect(self.hold_url())
        paper = self.hold.paper
        return FileResponse(content, as_attachment=True, filename=document_name(paper), content_type=paper.media_type)


def addresses():
    """Below /admin/."""
    one = "privacy/holds/<uuid:pk>/"
    return [
        path("privacy/holds/", HoldList.as_view(), name="privacy-holds"),
        path("privacy/holds/add/", AddHold.as_view(), name="privacy-hold-add"),
        path(one, HoldDetail.as_view(), name="privacy-hold"),
        path(f"{one}paper/", PaperDownload.as_view(), name="privacy-hold-paper"),
        *[path(f"{one}{name}/", act.as_view(), name=f"privacy-hold-{name}") for name, act in ACTS.items()],
    ]
