"""The equal-treatment pack of one vacancy: how everybody was judged and why, and who was hired, without any name (L42).

Opened for a purpose that is said first; each opening is written down. The same facts come as a page to print and as a
file for whoever decides about a complaint.
"""

from django import forms
from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from careers import actions, queries_assessment
from careers.actions.records import records_for
from careers.models import Application, DecisionRecord, HireQuestion
from careers.screens.vacancy_scope import SEES, Tab, VacancyPageMixin
from privacy import actions as engine

READS = "careers.read_pack"
WRITES = "careers.add_decisionrecord"
PURPOSES = {
    "applicant": gettext_lazy("An applicant has asked"),
    "complaint": gettext_lazy("A complaint, the Ombud or a court"),
    "own": gettext_lazy("Our own check before a decision"),
}


class RecordForm(forms.ModelForm):
    """What the person who was hired brings along, without saying who it is."""

    class Meta:
        model = DecisionRecord
        fields = ["decided_on", "education", "experience", "other"]
        widgets = {
            "decided_on": forms.DateInput({"type": "date"}),
            **{name: forms.Textarea({"rows": 3}) for name in ("education", "experience", "other")},
        }
        help_texts = {
            "education": gettext_lazy("Kind and level, for example “trade certificate, industrial mechanic”."),
            "experience": gettext_lazy("What kind and how many years, without the names of employers nobody else had."),
            "other": gettext_lazy("Only what can clearly be shown, for example languages or certificates."),
        }


class Pack(VacancyPageMixin, TemplateView):
    """Asks what for; then shows everything. HR only."""

    rights = (SEES, READS)
    page_title = gettext_lazy("Equal treatment")
    template_name = "careers/admin/pack.html"

    def get_context_data(self, **kwargs):
        reference = self.vacancy.reference
        purpose = self.request.GET.get("for", "")
        facts = opened(self, purpose) if purpose in PURPOSES else None
        waiting = HireQuestion.objects.filter(application__vacancy_reference=reference, answered_on__isnull=True)
        kwargs.setdefault("form", RecordForm(initial={"decided_on": timezone.localdate()}))
        return super().get_context_data(
            purposes=PURPOSES.items(),
            purpose=purpose if facts else "",
            facts=facts,
            today=timezone.localdate(),
            records=records_for(reference),
            waiting=waiting.count(),
            first_due=min((actions.due_on(row) for row in waiting), default=None),
            may_write=self.request.user.has_perm(WRITES),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not request.user.has_perm(WRITES):
            return self.render_to_response(self.get_context_data(), status=403)
        form = RecordForm(request.POST)
        if form.is_valid():
            try:
                actions.write_decision_record(self.hiring, **form.cleaned_data, by=request.user)
            except actions.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("It is written down, and everybody who has asked is told."))
                return HttpResponseRedirect(pack_url(self.vacancy))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PackFile(VacancyPageMixin, View):
    """The same as JSON."""

    rights = (SEES, READS)
    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        purpose = request.GET.get("for", "")
        if purpose not in PURPOSES:
            return HttpResponseRedirect(pack_url(self.vacancy))
        answer = JsonResponse(opened(self, purpose), json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = f'attachment; filename="equal-treatment-{self.vacancy.pk}.json"'
        return answer


class Nobody(VacancyPageMixin, View):
    """Everybody who has asked is told that nobody was hired."""

    rights = (SEES, WRITES)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            told = actions.answer_nobody(self.hiring, by=request.user)
        except actions.NotPossible as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext("%(n)d applicant is told.", "%(n)d applicants are told.", told)
            messages.success(request, said % {"n": told})
        return HttpResponseRedirect(pack_url(self.vacancy))


def opened(view, purpose: str) -> dict:
    """The pack as plain values; that it was opened, by whom and what for, is written down with each application."""
    reference, by = view.vacancy.reference, view.request.user
    rows = queries_assessment.pack(reference, by)
    write_down(view, [row.pop("pk") for row in rows], purpose)
    return {
        "vacancy": {"reference": reference, "title": view.vacancy.title},
        "made": timezone.localdate().isoformat(),
        "criteria": [
            {
                "title": each.title,
                "meaning": each.meaning,
                "need": str(each.get_need_display()),
                "ended": each.ended_at and timezone.localdate(each.ended_at).isoformat(),
            }
            for each in queries_assessment.all_criteria(reference)
        ],
        "applicants": rows,
        "hired": [
            {
                "decided": each.decided_on.isoformat(),
                "education": each.education,
                "experience": each.experience,
                "other": each.other,
            }
            for each in records_for(reference)
        ],
    }


@transaction.atomic
def write_down(view, keys, purpose: str) -> None:
    """Who opened the pack and what for, and that each of these applications was read."""
    by = view.request.user
    read = Application.objects.filter(pk__in=keys).select_related("subject", "consent")
    engine.note_reads(list(read), by=by)
    # Where nobody has decided anything yet there is only the advert to say which vacancy it was.
    record = view.vacancy if view.hiring._state.adding else view.hiring
    engine.note("hiring.pack_opened", record=record, by=by, reason=purpose)


def pack_url(vacancy) -> str:
    return reverse("careers_pack", args=[vacancy.reference])


TABS = (Tab(gettext_lazy("Equal treatment"), "careers_pack", READS),)


def addresses() -> list:
    own = "careers/vacancies/<str:reference>/"
    return [
        path(f"{own}equal-treatment/", Pack.as_view(), name="careers_pack"),
        path(f"{own}equal-treatment/file/", PackFile.as_view(), name="careers_pack_file"),
        path(f"{own}equal-treatment/nobody/", Nobody.as_view(), name="careers_pack_nobody"),
    ]
