"""An applicant's own applications. Every row is looked up through the person signed in; all else is 404 (T01)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from careers import actions, kept, queries
from careers.models import ApplicationDraft, Hiring
from careers.rules.adverts import closing_moment
from careers.screens import own_panels, pool_pages
from careers.screens.confirm import withdrawal
from careers.screens.own_forms import WithdrawForm
from careers.screens.words import chip_of, kept_longer, public_state, what_next, why_deleted
from privacy import actions as engine
from privacy.screens.scoping import unlock


@never_cache
@require_safe
@login_required
def applications(request):
    """What one has begun and sent, and the talent pool."""
    rows = list(queries.own_applications(request.user))
    closing = _closing_days(rows)
    drafts = ApplicationDraft.objects.filter(subject__in=request.user.subject.group(), ended_at__isnull=True)
    context = {
        "rows": [_described(row, closing) for row in rows],
        "drafts": [(draft, kept.gone_on(draft)) for draft in drafts.select_related("vacancy").order_by("-edited_at")],
        "pool": [pool_pages.card(entry) for entry in queries.own_pool_entries(request.user)],
    }
    return render(request, "careers/own/list.html", context)


@never_cache
@require_safe
@login_required
def application(request, pk):
    """One own application: where it stands, what happens next, until when it is kept and why, what was sent."""
    row = _own(request, pk)
    today = timezone.localdate()
    steps = [stage for stage in unlock(row.stages.all()) if stage.before != stage.after]
    context = {
        **_described(row, _closing_days([row])),
        "why": why_deleted(row, day=today),
        "kept_longer": kept_longer(row, day=today),
        "files": row.files.select_related("file"),
        "panels": own_panels.panels(request, row),
        "steps": [(stage, public_state(stage.after)) for stage in steps],
        "offer": pool_pages.offer(row),
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
    """Ask once, then withdraw and erase: this application, or everything of the search."""
    row = _own(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    context = withdrawal(row, form, signed_in=True, cancel_url=reverse("careers:application", args=[row.pk]))
    if request.method == "POST" and form.is_valid():
        if form.everything:
            actions.withdraw_everything(row, by=request.user)
            return redirect("careers:withdrawn")
        actions.withdraw_application(row, by=request.user)
        messages.success(request, _("Your application is withdrawn, and everything you sent with it is being erased."))
        return redirect("careers:applications")
    return render(request, "careers/withdraw.html", context, status=422 if form.errors else 200)


def as_download(stored) -> StreamingHttpResponse:
    """The opened file, always as an attachment that no browser shows or runs (T18, T21)."""
    response = StreamingHttpResponse(engine.open_file(stored), content_type=stored.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, stored.display_name)
    response.headers["Content-Length"] = str(stored.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _own(request, pk):
    return get_object_or_404(queries.own_applications(request.user), pk=pk)


def _described(row, closing) -> dict:
    return {
        "application": row,
        "state": public_state(row.state),
        "chip": chip_of(row.state),
        "next": what_next(row, closes_on=closing.get(row.pk), day=timezone.localdate()),
        "deleted_on": kept.gone_on(row),
    }


def _closing_days(rows) -> dict:
    """{key of the application: last day one can apply for its vacancy}, with one query however many there are."""
    hirings = {
        each.reference: each for each in Hiring.objects.filter(reference__in={r.vacancy_reference for r in rows})
    }
    return {
        row.pk: timezone.localdate(closing_moment(row.vacancy, hirings.get(row.vacancy_reference)))
        for row in rows
        if row.vacancy is not None
    }
