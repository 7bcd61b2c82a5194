"""Which draft this browser is writing, and the page behind the mailed link. Nobody else meets a draft (T01)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from careers import actions, draft_links
from careers.models import Application
from careers.rules.drafts import draft_kept_until

SESSION_KEY = "application_drafts"


def current(request, page):
    """The draft for this vacancy that this browser started or opened, or the one of the person signed in; else None."""
    kept = draft_links.kept_drafts().filter(vacancy_reference=page.reference).select_related("subject")
    found = kept.filter(pk=_key(request, page)).first()
    if found is None and request.user.is_authenticated:
        found = kept.filter(subject__in=request.user.subject.group()).order_by("-edited_at").first()
    return found


def was_sent(request, page) -> bool:
    """Whether the draft this browser was writing has become an application."""
    return Application.objects.filter(form_token=_key(request, page)).exists()


def remember(request, draft) -> None:
    """Tie a draft to this browser."""
    request.session[SESSION_KEY] = {
        **request.session.get(SESSION_KEY, {}),
        draft.vacancy_reference: str(draft.pk),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def draft(request, token):
    """The way back from the mail: a page with a button, which ties the draft to this browser."""
    found = draft_links.to_draft(token)
    if found is None:
        return _gone(request)
    if request.method == "POST":
        remember(request, found)
        return redirect(f"{found.vacancy.url}apply/" if found.vacancy else request.path)
    context = {
        "draft": found,
        "kept_until": kept_until(found),
        "delete_url": reverse("careers:draft-delete", args=[token]),
    }
    return render(request, "careers/draft.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def delete(request, token):
    """Delete the draft from the mailed link: asked once, then gone."""
    found = draft_links.to_draft(token)
    if found is None:
        return _gone(request)
    return deletion(request, found, cancel_url=reverse("careers:draft", args=[token]))


def deletion(request, found, *, cancel_url):
    """The page that asks, and what happens when the button is pressed."""
    if request.method == "POST":
        actions.discard_draft(found, by=request.user if request.user.is_authenticated else None)
        messages.success(request, _("The draft is deleted, and everything in it is being erased."))
        return redirect((found.vacancy.url if found.vacancy else None) or "/")
    context = {
        "draft": found,
        "heading": _("Delete the draft?"),
        "lead": found.vacancy_title,
        "confirm_label": _("Delete the draft"),
        "cancel_url": cancel_url,
        "danger": True,
    }
    return render(request, "careers/draft_delete.html", context)


def kept_until(found):
    """The last day a draft is kept."""
    return draft_kept_until(timezone.localdate(found.edited_at))


def _key(request, page):
    return request.session.get(SESSION_KEY, {}).get(page.reference)


def _gone(request):
    what = _(
        "This link leads to nothing: the draft is sent, deleted or older than 30 days, or the link is not complete."
    )
    return render(request, "410.html", {"what": what}, status=410)
