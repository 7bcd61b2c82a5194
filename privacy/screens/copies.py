"""A copy of everything: asked for, put together, fetched three times within seven days, gone (L7, L15, T13)."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import actions, queries, vault
from privacy.actions.copies import KEPT_FOR, MOST_DOWNLOADS, is_readable
from privacy.models import Copy, SubjectRequest
from privacy.screens.my_data import language
from privacy.screens.step_up import own_page, requires_step_up, says_no, step_up

Right = SubjectRequest.Right
UNDER_WAY = (Copy.State.QUEUED, Copy.State.BUILDING)


@own_page("GET", "HEAD", "POST")
@says_no
@requires_step_up
def copies(request):
    """What is in a copy, the button that asks for one, and the copies there are."""
    subject = queries.subject_of(request.user)
    right = _right(request)
    if request.method == "POST":
        copy = actions.ask_for_copy(subject, right=right, language=language(), by=request.user)
        return redirect("privacy:copy", key=copy.pk)
    own = Copy.objects.filter(subject__in=subject.group()).order_by("-requested_at")
    now = timezone.now()
    here = [copy for copy in own if copy.state in UNDER_WAY or is_readable(copy, now=now)]
    context = {"copies": here, "days": KEPT_FOR.days, "most": MOST_DOWNLOADS, "right": right}
    return render(request, "privacy/my_data/copies.html", context)


def _right(request) -> str:
    """What the copy is for: to see, unless the address says that it is to be taken elsewhere."""
    asked = request.POST.get("for") or request.GET.get("for")
    return Right.PORTABILITY if asked == Right.PORTABILITY else Right.ACCESS


@own_page("GET", "HEAD", "POST")
def copy(request, key):
    """One copy: how far it has come, then the button that fetches it. Somebody else's copy is not found."""
    subject = queries.subject_of(request.user)
    own = get_object_or_404(Copy.objects.select_related("file"), pk=key, subject__in=subject.group())
    if own.state in UNDER_WAY:
        context = {"copy": own, "cases": list(own.requests.all())}
        return render(request, "privacy/my_data/copy.html", context)
    if not is_readable(own, now=timezone.now()):
        return _gone(request)
    return step_up(request) or (_download(request, own) if request.method == "POST" else _offer(request, own))


def _offer(request, own):
    context = {"copy": own, "left": MOST_DOWNLOADS - own.downloads, "cases": list(own.requests.all())}
    return render(request, "privacy/my_data/copy.html", context)


def _download(request, own):
    size = own.file.size
    try:
        stream = actions.open_copy(own, by=request.user)
    except actions.CopyGone:
        return _gone(request)
    except vault.VaultError:
        messages.error(
            request, _("This copy is damaged and cannot be opened. Ask for a new one; your data is untouched.")
        )
        return redirect("privacy:copies")
    # The name says nothing about the person: it stays behind in the folder of whatever machine this is.
    response = FileResponse(stream, as_attachment=True, filename="copy.zip", content_type="application/zip")
    response.headers["Content-Length"] = str(size)
    return response


def _gone(request):
    what = _("This copy is gone: its seven days are over, or it was downloaded three times. You can have a new one.")
    context = {"what": what, "next_url": "/my-data/copy/", "next_label": _("Ask for a new copy")}
    return render(request, "410.html", context, status=410)
