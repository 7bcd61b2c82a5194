"""Assessments of what rests on legitimate interest or is risky: read, written, approved by another (N26, L36)."""

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from privacy import words
from privacy.actions import screenings as actions
from privacy.models import Screening
from privacy.queries import screenings as queries
from privacy.rules import screenings as rules
from privacy.screens.office_forms import text_field
from privacy.screens.office_one_act import OneAct
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficeOnly, OfficePageMixin, today

SEE, ADD, ACT = "privacy.view_screening", "privacy.add_screening", "privacy.change_screening"
ROOMS = (Room(_("Assessments"), "privacy-screenings", "check", SEE),)


class ScreeningList(OfficePageMixin, TemplateView):
    """Every assessment any activity needs, and where it stands."""

    rights = (SEE,)
    template_name = "privacy/office/screenings.html"
    page_title = _("Assessments")

    def path(self):
        return []

    def get_context_data(self, **kwargs):
        rows = queries.standings()
        missing = [row for row in rows if row.is_missing]
        return super().get_context_data(
            rows=rows,
            missing=len(missing),
            undrafted=sum(row.draft is None for row in missing),
            today=today(),
            may_add=self.request.user.has_perm(ADD),
            **kwargs,
        )


class Post(OfficeOnly, View):
    """A draft begun from the list."""

    rights = (SEE, ADD)
    http_method_names = ["post"]


class DraftAll(Post):
    """Drafts from the declarations for all that is missing."""

    def post(self, request):
        made = len(actions.ensure_screenings(by=request.user))
        said = ngettext(
            "%(n)d draft is written. Read it, then somebody else approves.",
            "%(n)d drafts are written. Read them, then somebody else approves.",
            made,
        )
        messages.success(request, said % {"n": made})
        return HttpResponseRedirect(reverse("privacy-screenings"))


class NewVersion(Post):
    """A draft of one assessment, from the version in force or from the declaration."""

    def post(self, request, activity, kind):
        needed = {(each.activity.code, each.kind) for each in queries.needed_screenings()}
        if (activity, kind) not in needed:
            messages.error(request, _("This activity needs no such assessment. Nothing was changed."))
            return HttpResponseRedirect(reverse("privacy-screenings"))
        draft = actions.draft_screening(activity, kind=kind, by=request.user)
        return HttpResponseRedirect(reverse("privacy-screening", args=[draft.pk]))


class OneScreening(OfficePageMixin):
    """A page about one version of one assessment, in `self.screening`."""

    rights = (SEE,)

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perms(self.rights):
            self.screening = get_object_or_404(Screening, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def title(self) -> str:
        return f"{capfirst(self.screening.get_kind_display())}: {words.activity_title(self.screening.activity)}"

    def back_url(self):
        return reverse("privacy-screening", args=[self.screening.pk])

    def path(self):
        start = {"url": reverse("privacy-screenings"), "label": _("Assessments")}
        return [start, {"url": self.back_url(), "label": self.title()}]


class ScreeningPage(OneScreening, TemplateView):
    """One version: its answers, who wrote and who approved when, and the versions beside it."""

    template_name = "privacy/office/screening.html"

    def get_page_title(self):
        return self.title()

    def path(self):
        return super().path()[:-1]

    def get_context_data(self, **kwargs):
        row = self.screening
        return super().get_context_data(
            screening=row,
            answers=[(asked, row.answers.get(name, "")) for name, asked in rules.QUESTIONS[row.kind].items()],
            versions=queries.versions_of(row.activity, row.kind),
            is_draft=row.state == Screening.State.DRAFT,
            may_act=self.request.user.has_perm(ACT),
            may_add=self.request.user.has_perm(ADD) and row.state in Screening.IN_FORCE,
            is_own=str(row.author) == str(self.request.user.pk),
            **kwargs,
        )


class AnswersForm(forms.Form):
    """The questions of one kind of assessment, and what it comes to."""

    outcome = forms.ChoiceField(label=_("What it comes to"), choices=Screening.Outcome)

    def __init__(self, *args, screening: Screening, **kwargs):
        super().__init__(*args, **kwargs)
        for name, asked in rules.QUESTIONS[screening.kind].items():
            self.fields[name] = text_field(asked, rows=4, required=False)
            self.fields[name].initial = screening.answers.get(name, "")
        self.fields["outcome"].initial = screening.outcome
        self.order_fields([*rules.QUESTIONS[screening.kind], "outcome"])


class ScreeningAct(OneScreening, OneAct):
    rights = (SEE, ACT)
    refusals = (actions.ScreeningRefused,)


class Edit(ScreeningAct):
    page_title = _("Write")
    lead = _("It speaks of kinds of people and data, never of anybody. Somebody else approves it afterwards.")
    confirm_label = _("Save the draft")
    form_class = AnswersForm

    def form_options(self):
        return {"screening": self.screening}

    def act(self, form):
        answers = dict(form.cleaned_data)
        outcome = answers.pop("outcome")
        actions.edit_screening(self.screening, answers=answers, outcome=outcome, by=self.request.user)
        return _("The draft is saved.")


class Approve(ScreeningAct):
    page_title = confirm_label = _("Approve")
    lead = _("It holds for a year, and the activity may begin. Somebody else than who wrote it approves.")

    def act(self, form):
        actions.approve_screening(self.screening, by=self.request.user)
        return _("Approved. It is looked at again in a year.")


class Reject(ScreeningAct):
    page_title = confirm_label = _("Reject")
    lead = _("What is in force stays in force. Without an approved version the activity does not begin.")
    danger = True

    def act(self, form):
        actions.reject_screening(self.screening, by=self.request.user)
        return _("Rejected.")


def addresses():
    """Paths below /admin/."""
    one = "privacy/assessments/<uuid:pk>/"
    return [
        path("privacy/assessments/", ScreeningList.as_view(), name="privacy-screenings"),
        path("privacy/assessments/draft-all/", DraftAll.as_view(), name="privacy-screenings-draft"),
        path(
            "privacy/assessments/new/<slug:activity>/<slug:kind>/", NewVersion.as_view(), name="privacy-screening-new"
        ),
        path(one, ScreeningPage.as_view(), name="privacy-screening"),
        path(f"{one}edit/", Edit.as_view(), name="privacy-screening-edit"),
        path(f"{one}approve/", Approve.as_view(), name="privacy-screening-approve"),
        path(f"{one}reject/", Reject.as_view(), name="privacy-screening-reject"),
    ]
