"""The questions of one vacancy in the staff pages: add, change, move, remove; read only once somebody has applied."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from careers import actions
from careers.models import Question
from careers.screens.vacancy_scope import SEES, Tab, VacancyPageMixin

RIGHT = "careers.change_question"


class QuestionForm(forms.ModelForm):
    """One question in both languages."""

    class Meta:
        model = Question
        fields = ["kind", "text_nb", "text_en", "required", "choices_nb", "choices_en"]
        widgets = {
            "text_nb": forms.TextInput({"lang": "nb"}),
            "text_en": forms.TextInput({"lang": "en"}),
            "choices_nb": forms.Textarea({"rows": 3, "lang": "nb"}),
            "choices_en": forms.Textarea({"rows": 3, "lang": "en"}),
        }
        help_texts = {
            "required": gettext_lazy("Ask for as little as you need: an optional question gets honest answers."),
            "choices_nb": gettext_lazy("Only for one of several. One choice per line."),
            "choices_en": gettext_lazy("As many lines, in the same order."),
        }


class Questions(VacancyPageMixin, TemplateView):
    """All questions in their order, and a form for one more."""

    rights = (SEES, RIGHT)
    page_title = gettext_lazy("Questions")
    template_name = "careers/admin/questions.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", QuestionForm())
        rows = list(self.hiring.questions.all()) if not self.hiring._state.adding else []
        reference = self.vacancy.reference
        return super().get_context_data(
            questions=[
                {
                    "row": row,
                    "choices": list(zip(row.choices("nb"), row.choices("en"), strict=False)),
                    "change_url": reverse("careers_question", args=[reference, row.pk]),
                    "act_url": reverse("careers_question_act", args=[reference, row.pk]),
                }
                for row in rows
            ],
            is_locked=actions.questions_are_locked(self.hiring),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = QuestionForm(request.POST)
        if form.is_valid():
            try:
                actions.add_question(self.hiring, **form.cleaned_data, by=request.user)
            except actions.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The question is added."))
                return HttpResponseRedirect(list_url(self.vacancy))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ChangeQuestion(VacancyPageMixin, TemplateView):
    """One question in a form of its own."""

    rights = (SEES, RIGHT)
    page_title = gettext_lazy("Change the question")
    template_name = "careers/admin/questions_change.html"

    def question(self):
        return get_object_or_404(Question, pk=self.kwargs["key"], hiring__reference=self.vacancy.reference)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", QuestionForm(instance=self.question()))
        locked = actions.questions_are_locked(self.hiring)
        return super().get_context_data(is_locked=locked, list_url=list_url(self.vacancy), **kwargs)

    def post(self, request, *args, **kwargs):
        # The form gets a row of its own: what was refused must not stay in the one that is asked.
        form = QuestionForm(request.POST, instance=self.question())
        if form.is_valid():
            try:
                actions.change_question(self.question(), **form.cleaned_data, by=request.user)
            except actions.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The question is changed."))
                return HttpResponseRedirect(list_url(self.vacancy))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ActOnQuestion(VacancyPageMixin, View):
    """Up, down or away: one press."""

    rights = (SEES, RIGHT)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        question = get_object_or_404(Question, pk=kwargs["key"], hiring__reference=self.vacancy.reference)
        try:
            if request.POST.get("do") == "remove":
                actions.remove_question(question, by=request.user)
                messages.success(request, _("The question is removed."))
            else:
                actions.move_question(question, up=request.POST.get("do") == "up", by=request.user)
        except actions.NotPossible as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(list_url(self.vacancy))


def list_url(vacancy) -> str:
    """Where the questions of a vacancy stand."""
    return reverse("careers_questions", args=[vacancy.reference])


TABS = (Tab(gettext_lazy("Questions"), "careers_questions", RIGHT),)


def addresses() -> list:
    return [
        path("careers/vacancies/<str:reference>/questions/", Questions.as_view(), name="careers_questions"),
        path(
            "careers/vacancies/<str:reference>/questions/<uuid:key>/", ChangeQuestion.as_view(), name="careers_question"
        ),
        path(
            "careers/vacancies/<str:reference>/questions/<uuid:key>/act/",
            ActOnQuestion.as_view(),
            name="careers_question_act",
        ),
    ]
