"""Saying yes and taking it back on one's own page: never more presses to take back than to give (N38, L19, L20)."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from privacy import actions, queries, registry, words
from privacy.consent_documents import consent_receipt
from privacy.models import ConsentEvent
from privacy.rules.deadlines import oslo_date
from privacy.screens.consent_cards import consent_page
from privacy.screens.step_up import own_page
from privacy.templatetags.privacy_words import day

METHOD = "my-data"


@own_page("GET", "HEAD")
def consents(request):
    """Every question, where it stands, and what was answered before; looking changes nothing."""
    page = consent_page(queries.subject_of(request.user), day=oslo_date(timezone.now()), language=_language())
    return render(request, "privacy/my_data/consents.html", {"page": page})


@own_page("POST")
def give(request, purpose):
    """A yes to the one question that was shown, ticked by the person; or a renewal, or an old yes made good."""
    declared = registry.purpose_of(purpose)
    if declared is None or not declared.on_page:
        raise Http404
    try:
        text = actions.text_for(purpose, _language())
    except actions.NoWording:
        raise Http404 from None
    if (complaint := _not_quite(request.POST, text)) is not None:
        messages.error(request, complaint)
    else:
        _give(request, text)
    return redirect("privacy:consents")


def _not_quite(posted, text) -> str | None:
    if posted.get("wording") != text.sha256:
        return _("The question has been reworded since you opened the page. Nothing was stored: read it again here.")
    if posted.get("yes") != "1":
        return _("Nothing was stored, because the box was not ticked. Tick it if you want to say yes.")
    return None


def _give(request, text) -> None:
    stated = request.POST.get("from_age", "")
    try:
        event = actions.give_consent(
            queries.subject_of(request.user),
            text=text,
            method=METHOD,
            by=request.user,
            evidence={"form": "my-data"},
            from_age=int(stated) if stated.isdecimal() else 0,
        )
    except actions.ConsentRefused as refusal:
        messages.error(request, str(refusal))
        return
    title, until = words.purpose_title(text.purpose), event.valid_until
    messages.success(
        request,
        _("Thank you. We have stored your yes: %(title)s. It counts until %(day)s, and you can take it back here.")
        % {"title": title, "day": day(until)},
    )


@own_page("POST")
def withdraw(request, purpose):
    """Withdraw every standing consent of this person to one purpose, or to what one answer was about (`about`)."""
    subject = queries.subject_of(request.user)
    about = request.POST.get("about")
    mine = [state for state in queries.consents_of(subject) if state.purpose == purpose]
    if not [state for state in mine if about is None or state.about == about]:
        raise Http404
    try:
        done = actions.withdraw_on_page(subject, purpose=purpose, about=about, by=request.user)
    except actions.IllegalMove as nothing:
        messages.info(request, str(nothing))
    else:
        messages.success(request, done.sentence)
    return redirect("privacy:consents")


@own_page("GET", "HEAD")
def receipt(request, key):
    """The receipt of one answer as a file: ISO/IEC TS 27560, signed; the same bytes each time."""
    subject = queries.subject_of(request.user)
    event = get_object_or_404(
        ConsentEvent.objects.select_related("text", "subject"), pk=key, subject__in=subject.group()
    )
    answer: HttpResponse = JsonResponse(
        consent_receipt(event), json_dumps_params={"ensure_ascii": False, "indent": 1, "sort_keys": True}
    )
    answer["Content-Disposition"] = f'attachment; filename="consent-{str(event.pk)[:8]}.json"'
    return answer


def _language() -> str:
    return (get_language() or "nb")[:2]
