"""Refusing many at once: the form, the dry run with every mail, and how far it has come. Only the last button sends."""

import uuid

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from careers import actions, queries, queries_board
from careers.models import BulkRefusal
from careers.rules.stages import REFUSED_AT_ONCE
from careers.screens.hr_board import MOVES, list_url
from careers.screens.hr_files import is_hidden
from careers.screens.hr_forms import RefuseForm
from careers.screens.vacancy_scope import SEES, VacancyPageMixin

WHY_LEFT_OUT = {
    "withdrawn": gettext_lazy("has withdrawn"),
    "paused": gettext_lazy("has asked for a pause, or is being erased"),
    "decided": gettext_lazy("is decided already"),
    "offer": gettext_lazy("has an offer: refuse them on their own page"),
    "in_line": gettext_lazy("is in line to be told already"),
    "no_address": gettext_lazy("has no e-mail address: tell them by letter"),
}


class RefuseMany(VacancyPageMixin, TemplateView):
    """First whom and with which words, then the dry run; the digest of the dry run has to come back to send it."""

    rights = (SEES, MOVES)
    page_title = gettext_lazy("Refuse several applicants")
    template_name = "careers/admin/refuse.html"

    def post(self, request, *args, **kwargs):
        if "reason_nb" not in request.POST:
            # Straight from the list, with the boxes that were ticked there.
            return self._shown(self._form(None))
        form = self._form(request.POST)
        if not form.is_valid() or "edit" in request.POST or not self._has_every_language(form):
            return self._shown(form)
        try:
            if "shown" in request.POST:
                return self._order(form)
            return self._dry_run(form)
        except actions.NotPossible as refusal:
            form.add_error(None, str(refusal))
            return self._shown(form)

    def get_context_data(self, **kwargs):
        orders = BulkRefusal.objects.filter(hiring__reference=self.vacancy.reference).select_related("ordered_by")
        form = kwargs.pop("form", None) or self._form(None)
        return super().get_context_data(form=form, orders=orders[:10], list_url=self._list_url(), **kwargs)

    def _form(self, data) -> RefuseForm:
        counts = queries_board.step_counts(self.request.user, self.vacancy.reference)
        return RefuseForm(data, steps={step: counts[step] for step in REFUSED_AT_ONCE}, picked=self._picked())

    def _picked(self) -> list[str]:
        return [str(key) for key in map(_as_key, self.request.POST.getlist("pick")) if key]

    def _chosen(self, form) -> dict:
        said = form.cleaned_data
        return {"steps": said.get("steps", ()), "picked": said.get("pick", ())}

    def _has_every_language(self, form) -> bool:
        for language, number in actions.languages_of(self.vacancy.reference, **self._chosen(form)).items():
            if not form.cleaned_data[f"reason_{language}"]:
                said = _("%(number)s of them applied in this language. Write the reason in it as well.")
                form.add_error(f"reason_{language}", said % {"number": number})
        return not form.errors

    def _dry_run(self, form, status=200):
        user = self.request.user
        plan = actions.plan_refusal(self.vacancy.reference, texts=form.texts(), by=user, **self._chosen(form))
        context = self.get_context_data(
            form=form,
            told=[
                (each, queries.shown_name(each.application, user), is_hidden(each.application, user))
                for each in plan.told
            ],
            left_out=[
                (queries_board.called(each.application, user, is_hidden=each.is_hidden), WHY_LEFT_OUT[each.why])
                for each in plan.left_out
            ],
            digest=plan.digest,
        )
        return self.response_class(
            self.request, "careers/admin/refuse_list.html", context, status=status, using=self.template_engine
        )

    def _order(self, form):
        try:
            order = actions.order_refusal(
                self.hiring,
                texts=form.texts(),
                shown=self.request.POST["shown"],
                by=self.request.user,
                **self._chosen(form),
            )
        except actions.NotAsShown as refusal:
            messages.error(self.request, str(refusal))
            return self._dry_run(form, status=409)
        messages.success(self.request, _("%(number)s mails are in line.") % {"number": order.shown})
        return HttpResponseRedirect(reverse("careers_refusal", args=[self.vacancy.reference, order.pk]))

    def _shown(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def _list_url(self) -> str:
        return list_url(self.vacancy.reference)


class RefusalProgress(VacancyPageMixin, TemplateView):
    """How far a refusal to many has come, person by person; whoever was left out stands there with the reason."""

    rights = (SEES, MOVES)
    page_title = gettext_lazy("Refusal to several applicants")
    template_name = "careers/admin/refusal.html"

    def get_context_data(self, **kwargs):
        orders = BulkRefusal.objects.select_related("ordered_by").filter(hiring__reference=self.vacancy.reference)
        order = get_object_or_404(orders, pk=self.kwargs["pk"])
        lines = queries_board.lines_of(order, self.request.user)
        return super().get_context_data(
            order=order,
            waiting=[(line, name) for line, name in lines if line.outcome == line.Outcome.WAITING],
            told=[(line, name) for line, name in lines if line.outcome == line.Outcome.TOLD],
            left_out=[(line, name) for line, name in lines if line.outcome == line.Outcome.LEFT_OUT],
            gone=order.shown - len(lines),
            **kwargs,
        )


def _as_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


TABS = ()


def addresses() -> list:
    own = "careers/vacancies/<str:reference>/"
    return [
        path(f"{own}refuse/", RefuseMany.as_view(), name="careers_refuse"),
        path(f"{own}refusals/<uuid:pk>/", RefusalProgress.as_view(), name="careers_refusal"),
    ]
