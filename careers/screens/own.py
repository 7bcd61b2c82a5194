"""An applicant's own applications. Every row is looked up through the person signed in; all else is 404 (T01)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers import actions, queries
from careers.rules.stages import kept_until
from careers.screens import own_panels
from careers.screens.confirm import withdrawal
from careers.screens.own_forms import WithdrawForm
from careers.screens.words import chip_of, public_state, what_next
from privacy import actions as engine
from privacy.screens.scoping import unlock


@never_cache
@require_safe
@login_required
def applications(request):
    """All own applications and the talent pool."""
    rows = [_described(row) for row in queries.own_applications(request.user)]
    return render(request, "careers/own/list.html", {"rows": rows, "pool": queries.own_pool_entries(request.user)})


@never_cache
@require_safe
@login_required
def application(request, pk):
    """One own application: where it stands, what happens next, until when it is kept, what was sent."""
    row = _own(request, pk)
    context = {
        **_described(row),
        "files": row.files.select_related("file"),
        "panels": own_panels.panels(request, row),
        "steps": [(stage, public_state(stage.after)) for stage in unlock(row.stages.all())],
    }
    return render(request, "careers/own/detail.html", context)


@never_cache
@require_safe
@login_required
def own_file(request, pk, file_pk):
    """One own file, as a download; that somebody has read what is their own is nobody's to note."""
    row = get_object_or_404(_own(request, pk).files.select_related("file"), pk=file_pk)
    return as_download(row.file)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request, pk):
    """Ask once, then withdraw and erase."""
    row = _own(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_application(row, by=request.user, leave_pool=form.cleaned_data["leave_pool"])
        messages.success(request, _("Your application is withdrawn, and everything you sent with it is being erased."))
        return redirect("careers:applications")
    context = withdrawal(row, form, cancel_url=reverse("careers:application", args=[row.pk]))
    return render(request, "careers/withdraw.html", context)


@never_cache
@require_POST
@login_required
def leave_pool(request, pk):
    """Leave the talent pool: one press, as joining was one tick."""
    actions.leave_talent_pool(get_object_or_404(queries.own_pool_entries(request.user), pk=pk), by=request.user)
    messages.success(request, _("You are out of the talent pool. Your name and address there are being erased."))
    return redirect("careers:applications")


def as_download(stored) -> StreamingHttpResponse:
    """The opened file, always as an attachment that no browser shows or runs (T18, T21)."""
    response = StreamingHttpResponse(engine.open_file(stored), content_type=stored.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, stored.display_name)
    response.headers["Content-Length"] = str(stored.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _own(request, pk):
    return get_object_or_404(queries.own_applications(request.user), pk=pk)


def _described(row) -> dict:
    return {
        "application": row,
        "state": public_state(row.state),
        "chip": chip_of(row.state),
        "next": what_next(row.state),
        "kept_until": kept_until(row.clock_from),
    }
