"""The application form below a vacancy's page. GET shows, POST sends; works without JavaScript."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from careers import actions
from careers.rules.stages import KEEP_MONTHS, clock_start, kept_until
from careers.screens.forms import ApplyForm
from privacy import actions as engine


@never_cache
def apply_for(request, page):
    """Show or take in the form of one vacancy."""
    if not page.is_open(timezone.now()):
        return _closed(request, page)
    try:
        texts = _wordings(page.locale.language_code)
    except (engine.NoWording, engine.NotActive):
        return _not_online(request, page)
    form = _form(request, page, texts)
    if request.method == "POST" and form.is_valid():
        try:
            _submit(request, page, form.cleaned_data, texts)
        except actions.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(page.get_url(request) + page.reverse_subpage("received"))
    return _shown(request, page, "careers/apply.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def receipt(request, page):
    """What happens next; it says nothing about who applied, so that it can be opened by anybody."""
    return _shown(request, page, "careers/received.html", {})


def _form(request, page, texts) -> ApplyForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {"email": request.user.email} if request.user.is_authenticated else {}
    return ApplyForm(*sent, cv_required=page.cv_required, consent=texts[0], pool=texts[1], initial=initial)


def _wordings(language: str) -> tuple:
    """(the question about this vacancy, the one about the talent pool or None). Raises NoWording without the first.

    Raises NotActive while the office has not cleared recruitment (L36).
    """
    engine.require_active(actions.RECRUITMENT)
    consent = engine.text_for(actions.RECRUITMENT, language)
    try:
        return consent, engine.text_for(actions.POOL, language)
    except engine.NoWording:
        return consent, None


def _submit(request, page, said, texts) -> None:
    user = request.user if request.user.is_authenticated else None
    actions.submit_application(
        page,
        token=said["token"],
        name=said["name"],
        email=said["email"],
        phone=said["phone"],
        message=said["message"],
        cv=said["cv"],
        consent_text=texts[0],
        talent_pool_text=texts[1] if said.get("talent_pool") else None,
        language=page.locale.language_code,
        user=user,
        by=user,
    )


def _closed(request, page):
    # What was typed is given back to be copied: nothing of it is kept here.
    status = 410 if page.has_closed(timezone.now()) else 404
    return _shown(request, page, "careers/closed.html", {"typed": request.POST.get("message", "")}, status=status)


def _not_online(request, page):
    return _shown(request, page, "careers/not_online.html", {}, status=503)


def _shown(request, page, template, more, status=200):
    start = clock_start(closing_day=timezone.localdate(page.closes_at), submitted_on=timezone.localdate())
    context = {**page.get_context(request), "kept_until": kept_until(start), "keep_months": KEEP_MONTHS, **more}
    return TemplateResponse(request, template, context, status=status)
