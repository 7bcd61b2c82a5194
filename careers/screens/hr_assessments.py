"""Criteria of a vacancy, and what each reader thinks of an application by them; others' stay hidden at first."""

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from careers import actions, blindness, queries_assessment
from careers.models import Criterion, Judgement
from careers.screens.application_panels import Panel
from careers.screens.hr_notes import COVER_LEAD, CoverForm
from careers.screens.vacancy_scope import SEES, Tab, VacancyPageMixin
from careers.withholding import is_withheld
from privacy.screens.scoping import ScopedRowView, unlock

WRITES = "careers.write_assessment"
BUILDS = "careers.change_criterion"


class CriterionForm(forms.ModelForm):
    """What is asked for, how it shows, and whether one can do without."""

    class Meta:
        model = Criterion
        fields = ["title", "meaning", "need"]
        widgets = {"meaning": forms.Textarea({"rows": 3})}
        help_texts = {
            "meaning": gettext_lazy("What somebody must have done or shown, so that two readers mean the same."),
        }


class Criteria(VacancyPageMixin, TemplateView):
    """All criteria; HR writes them, everybody who reads applications sees them."""

    page_title = gettext_lazy("Criteria")
    template_name = "careers/admin/criteria.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", CriterionForm())
        reference, user = self.vacancy.reference, self.request.user
        rows = queries_assessment.all_criteria(reference)
        return super().get_context_data(
            criteria=[each for each in rows if each.ended_at is None],
            ended=[each for each in rows if each.ended_at is not None],
            may_build=user.has_perm(BUILDS),
            may_assess=user.has_perm(WRITES),
            may_begin_blind=not blindness.has_closed(reference),
            abstains=blindness.abstains(user, reference),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not request.user.has_perm(BUILDS):
            return self.render_to_response(self.get_context_data(), status=403)
        form = CriterionForm(request.POST)
        if form.is_valid():
            try:
                actions.add_criterion(self.hiring, **form.cleaned_data, by=request.user)
            except actions.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The criterion is added."))
                return HttpResponseRedirect(criteria_url(self.vacancy))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ChangeCriterion(VacancyPageMixin, TemplateView):
    """One criterion in other words; what somebody was judged by stays beside it."""

    rights = (SEES, BUILDS)
    page_title = gettext_lazy("Change the criterion")
    template_name = "careers/admin/criteria_change.html"

    def criterion(self) -> Criterion:
        return _criterion(self)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", CriterionForm(instance=self.criterion()))
        used = actions.is_used(self.criterion())
        return super().get_context_data(is_used=used, list_url=criteria_url(self.vacancy), **kwargs)

    def post(self, request, *args, **kwargs):
        form = CriterionForm(request.POST, instance=self.criterion())
        if form.is_valid():
            try:
                actions.change_criterion(self.criterion(), **form.cleaned_data, by=request.user)
            except actions.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The criterion is changed."))
                return HttpResponseRedirect(criteria_url(self.vacancy))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ActOnCriterion(VacancyPageMixin, View):
    """Up, down or away: one press."""

    rights = (SEES, BUILDS)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        criterion, do = _criterion(self), request.POST.get("do")
        try:
            if do == "end":
                actions.end_criterion(criterion, by=request.user)
                messages.success(request, _("The criterion counts no longer."))
            else:
                actions.move_criterion(criterion, up=do == "up", by=request.user)
        except actions.NotPossible as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(criteria_url(self.vacancy))


class Review(VacancyPageMixin, View):
    """How applications are read first: with or without names. HR decides, before the vacancy closes."""

    rights = (SEES, BUILDS)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            actions.set_blind(self.hiring, blind=request.POST.get("do") == "begin", by=request.user)
        except actions.NotPossible as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(criteria_url(self.vacancy))


class Abstain(VacancyPageMixin, View):
    """A reader says that they do not assess in this hiring."""

    rights = (SEES, WRITES)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            actions.abstain(self.hiring, by=request.user)
        except actions.NotPossible as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("You do not assess in this hiring. You see what others think once the vacancy has closed.")
            )
        return HttpResponseRedirect(criteria_url(self.vacancy))


class AssessmentForm(forms.Form):
    """One level and one reason per criterion; a draft may be half empty."""

    def __init__(self, *args, criteria, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            self.fields[f"level-{each.pk}"] = forms.ChoiceField(
                label=each.title,
                choices=[("", _("Choose")), *Judgement.Level.choices],
                required=False,
                help_text=each.meaning,
            )
            self.fields[f"reason-{each.pk}"] = forms.CharField(
                label=_("Reason: %(criterion)s") % {"criterion": each.title},
                max_length=1000,
                required=False,
                help_text=_("What in the application shows it. The applicant can read it."),
                widget=forms.Textarea({"rows": 2}),
            )

    def judgements(self) -> dict:
        said = self.cleaned_data
        return {str(each.pk): (said[f"level-{each.pk}"], said[f"reason-{each.pk}"]) for each in self.criteria}


class Assess(ScopedRowView):
    """One's own assessment: saved as a draft, or handed in."""

    also = (WRITES,)
    page_title = gettext_lazy("My assessment")
    template_name = "careers/admin/assess.html"

    def get_initial(self):
        own = actions.own_assessment(self.row, by=self.request.user)
        found = {}
        for each in unlock(own.judgements.select_related("assessment__application")) if own else ():
            words = each.reason_in_full or each.reason
            found |= {f"level-{each.criterion_id}": each.level, f"reason-{each.criterion_id}": words}
        return found

    def get_form(self):
        hiring = queries_assessment.hiring_of(self.row)
        data = self.request.POST if self.request.method == "POST" else None
        return AssessmentForm(data, initial=self.get_initial(), criteria=actions.criteria_of(hiring) if hiring else [])

    def get_context_data(self, **kwargs):
        shown = queries_assessment.shown_assessments(self.row, self.request.user)
        # What is closed off as sensitive is no more to be judged by than to be read.
        letter = "" if is_withheld(self.row) else blindness.blinded(self.row.message, self.row, self.request.user)
        return super().get_context_data(in_force=shown.own, letter=letter, **kwargs)

    def act(self, form):
        submit = self.request.POST.get("do") == "submit"
        actions.save_assessment(self.row, judgements=form.judgements(), by=self.request.user, submit=submit)
        return _("Your assessment is handed in.") if submit else _("The draft is saved. Nobody else sees it.")


class CoverReason(ScopedRowView):
    """Mark what of a reason is about somebody else: the applicant gets the rest (GDPR Art 15(4))."""

    page_title = gettext_lazy("Names others")
    confirm_label = gettext_lazy("Cover it for the applicant")
    lead = COVER_LEAD
    form_class = CoverForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        wanted = request.GET.get("reason", "")
        shown = queries_assessment.shown_assessments(self.row, request.user)
        # What of others is hidden from this reader still is not there for them.
        rows = [one for each in shown.everything for one in each.judgements.all() if str(one.pk) == wanted]
        if not rows:
            raise Http404
        self.judgement = rows[0]

    def facts(self):
        facts = [(_("Reason"), self.judgement.reason_in_full or self.judgement.reason)]
        return facts + ([(_("The applicant gets"), self.judgement.reason)] if self.judgement.reason_in_full else [])

    def act(self, form):
        actions.cover_reason(self.judgement, **form.cleaned_data, by=self.request.user)
        return _("The reason is saved.")


def panel(request, row) -> Panel | None:
    """One's own, and what others think once the reader may see it: criterion by criterion, nothing added up."""
    shown = queries_assessment.shown_assessments(row, request.user)
    hiring = queries_assessment.hiring_of(row)
    context = {
        "own": shown.own,
        "earlier": shown.earlier,
        "others": shown.others,
        "waiting": shown.waiting,
        "may_see": shown.may_see,
        "abstains": blindness.abstains(request.user, row.vacancy_reference),
        "has_criteria": bool(hiring and actions.criteria_of(hiring)),
        "may_assess": request.user.has_perm(WRITES),
        "assess_url": reverse("careers_applications:assess", args=[row.pk]),
        "cover_url": reverse("careers_applications:reason-cover", args=[row.pk]),
        "criteria_url": reverse("careers_criteria", args=[row.vacancy_reference]),
    }
    return Panel(gettext_lazy("Assessments"), "careers/admin/assess_panel.html", context)


def criteria_url(vacancy) -> str:
    """Where the criteria of a vacancy stand."""
    return reverse("careers_criteria", args=[vacancy.reference])


def _criterion(view) -> Criterion:
    rows = Criterion.objects.filter(ended_at__isnull=True, hiring__reference=view.vacancy.reference)
    return get_object_or_404(rows, pk=view.kwargs["key"])


ROW_VIEWS = {"assess": Assess, "reason-cover": CoverReason}
TABS = (Tab(gettext_lazy("Criteria"), "careers_criteria"),)


def addresses() -> list:
    own = "careers/vacancies/<str:reference>/"
    return [
        path(f"{own}criteria/", Criteria.as_view(), name="careers_criteria"),
        path(f"{own}criteria/<uuid:key>/", ChangeCriterion.as_view(), name="careers_criterion"),
        path(f"{own}criteria/<uuid:key>/act/", ActOnCriterion.as_view(), name="careers_criterion_act"),
        path(f"{own}review/", Review.as_view(), name="careers_review"),
        path(f"{own}abstain/", Abstain.as_view(), name="careers_abstain"),
    ]
