"""Applying below a vacancy's page, in steps. GET shows, POST keeps or sends; works without JavaScript.

Nothing is kept before the first page is filled in rightly. From then on every press of a button keeps what was typed,
also the way back.
"""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from careers import actions
from careers.kept import kept_until
from careers.rules.clocks import clock_start
from careers.screens import apply_steps as steps
from careers.screens import draft as drafts
from careers.screens.forms import LEAVE_OUT, SendForm
from privacy import actions as engine

LATER, DELETE = "later", "delete"
# Everybody behind one network counts together, and a school or a library is one: wide enough for a class.
HOUR = 60 * 60
MOST_STARTED, MOST_MAILED, MOST_SENT = 40, 20, 40
# To one mailbox, whoever asks.
MOST_TO_ONE = 3


@never_cache
def apply_for(request, page, step=steps.DETAILS):
    """One step of an application for this vacancy."""
    draft = drafts.current(request, page)
    if step == DELETE and draft is not None:
        return drafts.deletion(request, draft, cancel_url=f"{page.url}apply/")
    if not page.is_open(timezone.now()):
        return _closed(request, page, draft)
    try:
        texts = _wordings(page.locale.language_code)
    except (engine.NoWording, engine.NotActive):
        return _not_online(request, page)
    way = steps.walk(page)
    if step not in (*way.steps, LATER):
        return _elsewhere(request, way, step)
    if draft is None and step != steps.DETAILS:
        was_sent = request.method == "POST" and drafts.was_sent(request, page)
        return redirect(f"{page.url}apply/received/" if was_sent else way.address(steps.DETAILS))
    if step == LATER:
        return _shown(request, way, steps.CHECK, "later", draft, {"step_title": _("Your draft is saved")})
    if step == steps.SEND:
        return _send(request, way, draft, texts)
    if step == steps.CHECK:
        return _check(request, way, draft)
    return _fill_in(request, way, step, draft)


@never_cache
def receipt(request, page):
    """What happens next; it says nothing about who applied, so that it can be opened by anybody."""
    return _page(request, page, "careers/received.html", {})


def _fill_in(request, way, step, draft):
    user = _user(request)
    if request.method != "POST":
        if draft is None and user is not None and actions.has_live_application(user, way.page):
            return _shown(request, way, step, "already", None, {})
        return _shown(request, way, step, step, draft, {"form": steps.form_for(step, way, draft, user=user)})
    form = steps.form_for(step, way, draft, data=request.POST, files=request.FILES, user=user)
    is_back = request.POST.get("go") == "back" and draft is not None
    is_right = form.is_valid()
    if draft is None and not _within(request, "start", MOST_STARTED):
        return _too_many(request, way, step, form)
    try:
        draft = steps.keep(step, way, draft, form, user=user)
    except actions.NotPossible as refusal:
        form.add_error(None, str(refusal))
        is_right = is_back = False
    else:
        if draft is not None:
            drafts.remember(request, draft)
    if is_right or (is_back and _only_gaps(form)):
        return _onward(request, way, step, draft)
    return _shown(request, way, step, step, draft, {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _only_gaps(form) -> bool:
    """Whether nothing is wrong but what is not filled in yet; then one may go back."""
    return all(each.code == "required" for errors in form.errors.as_data().values() for each in errors)


def _onward(request, way, step, draft):
    go = request.POST.get("go")
    if go == "later":
        return _mail_link(request, way, draft)
    if go == "back" and step != steps.DETAILS:
        return redirect(way.address(way.before(step)))
    return redirect(way.address(way.after(step)))


def _check(request, way, draft):
    found = steps.summary(way, draft)
    is_whole = not (found["lacks_answers"] or found["lacks_cv"])
    if request.method == "POST" and (is_whole or request.POST.get("go") != "next"):
        return _onward(request, way, steps.CHECK, draft)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return _shown(request, way, steps.CHECK, "check", draft, found, status=status)


def _send(request, way, draft, texts):
    if request.method == "POST" and request.POST.get("go") == "back":
        return redirect(way.address(steps.CHECK))
    form = SendForm(request.POST if request.method == "POST" else None, consent=texts[0], pool=texts[1])
    if request.method != "POST":
        return _shown(request, way, steps.SEND, "send", draft, {"form": form})
    if not _within(request, "send", MOST_SENT):
        return _too_many(request, way, steps.SEND, form)
    if form.is_valid():
        try:
            _submit(request, way, draft, form.cleaned_data, texts)
        except actions.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{way.page.url}apply/received/")
    return _shown(request, way, steps.SEND, "send", draft, {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _submit(request, way, draft, said, texts) -> None:
    user = _user(request)
    actions.submit_draft(
        draft,
        vacancy=way.page,
        consent_text=texts[0],
        talent_pool_text=texts[1] if said.get("talent_pool") else None,
        minor=said["minor"],
        user=user,
        by=user,
    )


def _mail_link(request, way, draft):
    # The same page whatever the address and whether a mail goes out: it says nothing about who has applied (T05).
    if _within(request, "draft-mail", MOST_MAILED) and engine.allows(
        "draft-mail-to", who=draft.email.casefold(), most=MOST_TO_ONE, seconds=HOUR
    ):
        actions.mail_draft_link(draft, by=_user(request))
    return redirect(way.address(LATER))


def _wordings(language: str) -> tuple:
    """(the question about this vacancy, the one about the talent pool or None). Raises NoWording without the first.

    Raises NotActive while the office has not cleared recruitment, or the keeping of drafts (L36).
    """
    engine.require_active(actions.RECRUITMENT)
    engine.require_active(actions.DRAFTS)
    consent = engine.text_for(actions.RECRUITMENT, language)
    try:
        return consent, engine.text_for(actions.POOL, language)
    except engine.NoWording:
        return consent, None


def _within(request, what: str, most: int) -> bool:
    """Whether this visitor may do it once more in this hour; who is signed in is known and not counted."""
    who = engine.visitor(request)
    return request.user.is_authenticated or not who or engine.allows(what, who=who, most=most, seconds=HOUR)


def _user(request):
    return request.user if request.user.is_authenticated else None


def _too_many(request, way, step, form):
    form.add_error(
        None,
        _(
            "There have been very many applications from your network in the last hour. What you typed is still here: "
            "try again in a little while, or apply in the other way below."
        ),
    )
    return _shown(request, way, step, step, None, {"form": form}, status=HTTPStatus.TOO_MANY_REQUESTS)


def _elsewhere(request, way, step):
    """Questions that are asked no longer are skipped; anything else is no step."""
    if step == steps.QUESTIONS:
        return redirect(way.address(steps.DOCUMENTS))
    if step == DELETE:
        return redirect(way.page.url)
    raise Http404


def _closed(request, page, draft):
    # What was typed is given back to be copied; a draft can still be deleted.
    typed = request.POST.get("message", "") or (draft.message if draft is not None else "")
    status = HTTPStatus.GONE if page.has_closed(timezone.now()) else HTTPStatus.NOT_FOUND
    more = {"typed": typed, "draft": draft, "draft_kept_until": draft and drafts.kept_until(draft)}
    return _page(request, page, "careers/closed.html", more, status=status)


def _not_online(request, page):
    return _page(request, page, "careers/not_online.html", {}, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _shown(request, way, step, template, draft, more, status=HTTPStatus.OK):
    context = {
        "draft": draft,
        "draft_kept_until": drafts.kept_until(draft) if draft is not None else None,
        "files": steps.files_of(draft),
        "steps": way.bar(step),
        "step_title": steps.NAMES[step],
        "number": way.steps.index(step) + 1,
        "addresses": {each: way.address(each) for each in (*way.steps, DELETE)},
        "has_questions": bool(way.questions),
        "is_first": step == steps.DETAILS,
        "leave_out": LEAVE_OUT,
        **more,
    }
    return _page(request, way.page, f"careers/apply_{template}.html", context, status=status)


def _page(request, page, template, more, status=HTTPStatus.OK):
    start = clock_start(closing_day=timezone.localdate(page.closes_at), submitted_on=timezone.localdate())
    context = {**page.get_context(request), "kept_until": kept_until(start), **more}
    return TemplateResponse(request, template, context, status=status)
