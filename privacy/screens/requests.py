"""One's own requests: the list, one case with its dates and words, a reply to a question, taking it back (N61, L46)."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy import actions, queries, words
from privacy.actions.request_case import RequestRefused
from privacy.bag_documents import AUTHORITY
from privacy.models import SubjectRequest
from privacy.rules.requests import PENDING, IllegalMove
from privacy.screens.rights import all_rights
from privacy.screens.step_up import own_page
from privacy.screens.stops import MOST_TEXT


class ReplyForm(forms.Form):
    """The answer to a question of the office."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write your answer first. Nothing has been sent.")},
    )


@own_page("GET", "HEAD")
def own_requests(request):
    """Every case of this person, the newest first."""
    rows = queries.requests_of(queries.subject_of(request.user))
    context = {"requests": rows, "rights": all_rights(), "authority": AUTHORITY}
    return render(request, "privacy/my_data/requests.html", context)


def own_case(request, number) -> SubjectRequest:
    """The person's own case with this number; anybody else's is not found."""
    ids = queries.subject_of(request.user).group()
    case = SubjectRequest.objects.select_related("copy").filter(number=number, subject__in=ids).first()
    if case is None:
        raise Http404
    return case


@own_page("GET", "HEAD")
def own_request(request, number):
    """One case: where it stands, its dates, what was written, what can be done now."""
    return _page(request, own_case(request, number), ReplyForm())


def _page(request, case, form):
    page = queries.request_page(case)
    context = {
        "case": case,
        "letters": page.letters,
        "steps": page.events,
        "is_asked": case.state in PENDING,
        "form": form,
        "about": words.model_title(case.about_model) if case.about_model else "",
        "about_fields": [words.field_title(name, case.about_model) for name in case.about_fields],
        "authority": AUTHORITY,
    }
    return render(request, "privacy/my_data/request.html", context)


@own_page("POST")
def reply(request, number):
    """Answer a question of the office; the clock runs on from today."""
    case = own_case(request, number)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, case, form)
    try:
        actions.receive_reply(case, text=form.cleaned_data["text"], by=request.user)
    except (RequestRefused, IllegalMove) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, case, form)
    messages.success(request, _("Your answer has come to us."))
    return redirect("privacy:request", number=case.number)


@own_page("POST")
def take_back(request, number):
    """Take an open request back. What was stopped meanwhile stays stopped until it is opened again."""
    case = own_case(request, number)
    try:
        actions.take_back(case, by=request.user)
        messages.success(request, _("The request is taken back. You can make a new one at any time."))
    except (RequestRefused, IllegalMove) as refusal:
        messages.info(request, str(refusal))
    return redirect("privacy:request", number=case.number)
