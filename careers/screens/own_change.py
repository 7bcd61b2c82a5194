"""Changing one's own application until the deadline, or in the time HR has given (features 4)."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careers import actions, queries
from careers.rules.adverts import closing_moment
from careers.rules.answers import raw_of
from careers.screens.application_panels import Panel
from careers.screens.forms import LEAVE_OUT, AnswersForm, DocumentsForm, no_numbers


class ChangeForm(DocumentsForm):
    """What may be changed beside the answers. The name is corrected elsewhere; the address is who one is."""

    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=30,
        required=False,
        validators=[no_numbers],
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )
    field_order = ["phone", "message", "cv", "letter", "links"]


def own_panel(request, row) -> Panel | None:
    """Until when it can be changed, with the way there; after that, that it stays as it is."""
    if not row.is_live:
        return None
    can = actions.may_change(row, now=timezone.now())
    context = {
        "until": _last_day(row) if can else None,
        "url": reverse("careers:change", args=[row.pk]),
        "changed_at": row.changed_at,
    }
    return Panel(gettext_lazy("Change the application"), "careers/own/change_panel.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request, pk):
    """The page with everything one may change; sent again, it takes the place of what was there."""
    row = get_object_or_404(queries.own_applications(request.user), pk=pk)
    if not actions.may_change(row, now=timezone.now()):
        return render(request, "careers/own/change_over.html", {"application": row}, status=_over(request))
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ChangeForm(*posted, initial={"phone": row.phone, "message": row.message, "links": row.links})
    asked = _answers_form(row, posted[0])
    if request.method == "POST" and form.is_valid() & asked.is_valid():
        said = {name: form.cleaned_data[name] for name in ("phone", "links", "message")}
        try:
            actions.change_application(row, changes=said, answers=asked.answers, files=form.uploads, by=request.user)
        except actions.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your application is changed. We read it as it stands now."))
            return redirect("careers:application", row.pk)
    context = {
        "application": row,
        "form": form,
        "asked": asked,
        "files": {each.kind: each.file for each in row.files.select_related("file")},
        "until": _last_day(row),
        "leave_out": LEAVE_OUT,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or asked.errors else HTTPStatus.OK
    return render(request, "careers/own/change.html", context, status=status)


def _answers_form(row, data) -> AnswersForm:
    questions = queries.questions_of(row.vacancy_reference)
    given = {each.question_id: each.text for each in row.answers.all()}
    initial = {str(each.pk): raw_of(each, given.get(each.pk, ""), row.language) for each in questions}
    return AnswersForm(data, questions=questions, language=row.language, initial=initial)


def _last_day(row):
    """The last day for changes: HR's day where it is later than the deadline."""
    closing = [timezone.localdate(closing_moment(row.vacancy, row.vacancy.hiring()))] if row.vacancy else []
    return max(each for each in (*closing, row.reopened_until) if each is not None)


def _over(request):
    return HTTPStatus.GONE if request.method == "POST" else HTTPStatus.OK
