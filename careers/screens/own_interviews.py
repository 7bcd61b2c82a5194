"""Interviews as the applicant meets them: choose a time, say that none fits, call off, put it into the calendar."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers import actions, queries
from careers.interview_links import to_interview
from careers.invitations import FILE_NAME, PUBLISH, calendar_text
from careers.models import Interview
from careers.rules.interviews import can_call_off, can_choose
from careers.screens.application_panels import Panel
from privacy.screens.scoping import unlock


class AnswerForm(forms.Form):
    """One answer: a time, none of them, or that one cannot come."""

    choice = forms.CharField(max_length=40)
    answer = forms.CharField(max_length=500, required=False, widget=forms.Textarea({"rows": 2}))


def own_panel(request, row) -> Panel | None:
    """The interviews of one's own application, each with what can be answered."""
    rows = unlock(row.interviews.prefetch_related("slots"))
    if not rows:
        return None
    shown = [
        described(
            each,
            action=reverse("careers:interview", args=[row.pk, each.pk]),
            calendar=reverse("careers:interview-calendar", args=[row.pk, each.pk]),
        )
        for each in rows
    ]
    return Panel(gettext_lazy("Interviews"), "careers/own/interviews.html", {"interviews": shown})


@never_cache
@require_POST
@login_required
def interview(request, pk, interview_pk):
    """Answer on one's own page."""
    row = _own(request, pk, interview_pk)
    said, is_done = _answer(request, row, by=request.user)
    (messages.success if is_done else messages.error)(request, said)
    return redirect("careers:application", pk)


@never_cache
@require_safe
@login_required
def interview_calendar(request, pk, interview_pk):
    """The agreed meeting as a file for a calendar."""
    return _as_file(_own(request, pk, interview_pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def interview_by_link(request, token):
    """Answer with the link from the mail, without signing in. GET shows, POST answers."""
    row = to_interview(token)
    if row is None:
        return render(
            request, "410.html", {"what": _("This link leads to nothing: the interview is gone.")}, status=410
        )
    if request.method == "POST":
        said, is_done = _answer(request, row, by=request.user if request.user.is_authenticated else None)
        (messages.success if is_done else messages.error)(request, said)
        return redirect("careers:interview-by-link", token)
    shown = described(
        row,
        action=reverse("careers:interview-by-link", args=[token]),
        calendar=reverse("careers:interview-calendar-by-link", args=[token]),
    )
    return render(request, "careers/own/interview.html", {"application": row.application, "interview": shown})


@never_cache
@require_safe
@sensitive_variables("token")
def interview_calendar_by_link(request, token):
    """The agreed meeting as a file, with the link from the mail."""
    row = to_interview(token)
    if row is None:
        raise Http404
    return _as_file(row)


def described(row, *, action: str, calendar: str) -> dict:
    """What a page shows of one interview, and what the person may do now."""
    now = timezone.now()
    return {
        "row": row,
        "action": action,
        "calendar": calendar,
        "slots": [slot for slot in row.slots.all() if can_choose(row.state, slot.starts_at, now)],
        "is_offered": row.state == Interview.State.OFFERED,
        "is_agreed": row.state == Interview.State.AGREED,
        "is_ahead": can_call_off(row.state, row.starts_at, now),
    }


def _answer(request, row, *, by) -> tuple[str, bool]:
    """(what happened in a sentence, whether it did)."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _("Choose one of the times, or say that none fits. Nothing was changed."), False
    choice, words = form.cleaned_data["choice"], form.cleaned_data["answer"]
    try:
        if choice == "none":
            actions.no_time_fits(row, answer=words, by=by)
            return _("Thank you. We find other times and write to you."), True
        if choice == "cannot":
            actions.cannot_come(row, answer=words, by=by)
            return _("Thank you for telling us. The interview is out of the calendar, and we write to you."), True
        actions.choose_time(row, slot=_key(choice), by=by)
    except actions.NotPossible as refusal:
        return str(refusal), False
    return _("The time is agreed. You get an invitation for your calendar by e-mail."), True


def _key(choice: str):
    try:
        return forms.UUIDField().clean(choice)
    except forms.ValidationError:
        return None


def _own(request, pk, interview_pk) -> Interview:
    application = get_object_or_404(queries.own_applications(request.user), pk=pk)
    rows = application.interviews.select_related("application__subject", "application__vacancy")
    return get_object_or_404(rows, pk=interview_pk)


def _as_file(row) -> HttpResponse:
    if row.state != Interview.State.AGREED:
        raise Http404
    response = HttpResponse(calendar_text(row, method=PUBLISH), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, FILE_NAME)
    return response
