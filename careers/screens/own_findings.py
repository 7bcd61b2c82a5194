"""What was closed off in one's own application: remove it, or insist that it stays (N16, T7)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from careers import actions, queries
from careers.models import Finding
from careers.screens.application_panels import Panel
from privacy import actions as engine


def own_panel(request, row) -> Panel | None:
    """What is closed off or stays at one's own wish; what is settled needs no words."""
    rows = list(row.findings.filter(state__in=(Finding.State.OPEN, Finding.State.KEPT)))
    if not rows:
        return None
    files = {each.pk: each.file.display_name for each in row.files.select_related("file")}
    answers = {each.pk: each.question_text for each in row.answers.all()}
    shown = [
        {
            "row": each,
            "what": files.get(each.target) or answers.get(each.target) or each.get_kind_display(),
            # What we wrote ourselves is not the applicant's to insist on.
            "may_keep": each.kind != Finding.Kind.NOTE,
        }
        for each in rows
    ]
    context = {"findings": shown, "application": row, "text": _wording(row)}
    return Panel(gettext_lazy("Closed off in your application"), "careers/own/findings.html", context)


@never_cache
@require_POST
@login_required
def finding(request, pk, finding_pk):
    """Remove, insist, or take the yes back."""
    application = get_object_or_404(queries.own_applications(request.user), pk=pk)
    row = get_object_or_404(application.findings.select_related("application__subject"), pk=finding_pk)
    try:
        messages.success(request, _carried_out(request, row))
    except (actions.NotPossible, engine.ConsentRefused, engine.IllegalMove) as refusal:
        messages.error(request, str(refusal))
    return redirect("careers:application", pk)


def _carried_out(request, row) -> str:
    act = request.POST.get("act")
    if act == "keep":
        text = _wording(row.application)
        ticked = text is not None and request.POST.get("wording") == text.sha256 and request.POST.get("consent")
        actions.keep_content(row, text=text if ticked else None, by=request.user)
        return _("It stays, and the hiring team can read it again. You can take that back here.")
    if act == "take-back":
        actions.take_back_item(row, by=request.user)
    else:
        actions.remove_content(row, by=request.user)
    return _("It is removed. The rest of your application counts as before.")


def _wording(row):
    try:
        engine.require_active(actions.SPECIAL_ITEM)
        return engine.text_for(actions.SPECIAL_ITEM, row.language)
    except (engine.NoWording, engine.NotActive):
        return None
