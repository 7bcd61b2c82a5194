"""/privacy/request/: using a right without an account, proved by a code to the mailbox (N61, N68, L4, T05, T10)."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from privacy import actions, periods, queries, registry, throttle
from privacy.actions.mailbox_codes import LIVES, WrongCode
from privacy.bag_documents import AUTHORITY
from privacy.models import SubjectRequest

COOKIE = "request-proof"
SALT = "privacy.request_without_account"
# A little longer than a code lives, so that the cookie is never what fails first.
COOKIE_SECONDS = int(LIVES.total_seconds()) + 5 * 60
# Whoever asks for a second code may still type the first.
MOST_AT_ONCE = 3

Right = SubjectRequest.Right
PLAINLY = {
    Right.ACCESS: (
        gettext_lazy("See what you hold about me"),
        gettext_lazy("All of it, where it came from, who has received it and how long it is kept."),
    ),
    Right.PORTABILITY: (
        gettext_lazy("Take it somewhere else"),
        gettext_lazy("A copy that other systems can read."),
    ),
    Right.CORRECTION: (
        gettext_lazy("Have something corrected"),
        gettext_lazy("Say what is wrong, and what is right."),
    ),
    Right.ERASURE: (
        gettext_lazy("Have something deleted"),
        gettext_lazy("All of it, or one thing. If a law makes us keep something, we say which law and until when."),
    ),
    Right.RESTRICTION: (
        gettext_lazy("Pause the use"),
        gettext_lazy("We keep it and leave it untouched, for instance while something is being checked."),
    ),
    Right.OBJECTION: (
        gettext_lazy("Object to a use"),
        gettext_lazy("A no to marketing always counts, at once. For other uses we weigh what you write."),
    ),
    Right.WITHDRAWAL: (
        gettext_lazy("Take back a consent"),
        gettext_lazy("As easy as giving it. What was done before was still lawful."),
    ),
    Right.NO_AUTOMATED_DECISION: (
        gettext_lazy("Have a person decide"),
        gettext_lazy("If you think a machine alone has decided something about you, a person looks at it."),
    ),
}
_two_lines = lazy(lambda title, line: format_html("<span><strong>{}</strong><br>{}</span>", title, line), SafeString)


class RequestForm(forms.Form):
    """Which right, where to send the code, and what we should know."""

    right = forms.ChoiceField(
        label=gettext_lazy("What do you want us to do?"),
        choices=[(right, _two_lines(*PLAINLY[right])) for right in Right],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one. You can send another request afterwards.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy(
            "We send a code there, so that nobody can ask in your name. Use the address we may know you by."
        ),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Write your e-mail address; the code is sent there.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("It helps us find what is yours."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    text = forms.CharField(
        label=gettext_lazy("What should we know?"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("What it is about, in your own words. Leave out your national identity number."),
        widget=forms.Textarea({"rows": 5}),
    )


class CodeForm(forms.Form):
    """The digits from the mail; blanks do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Code from the e-mail"),
        max_length=20,
        help_text=gettext_lazy("Six digits."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


def _guarded(view):
    return cache_control(private=True, no_store=True)(
        require_http_methods(["GET", "HEAD", "POST"])(sensitive_post_parameters()(view))
    )


@_guarded
def ask(request):
    """The form. What follows is the same page for every address, known or not, and above every limit (T05)."""
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        proof = actions.start_proof(**form.cleaned_data, language=get_language()[:2], visitor=throttle.visitor(request))
        response = redirect("privacy:request-code")
        _remember(response, proofs=[str(proof), *_remembered(request)["proofs"]])
        return response
    return render(
        request,
        "privacy/request/ask.html",
        {
            "form": form,
            "activity": registry.activity_of("rights"),
            "period": queries.period_text(periods.keep_of(registry.declaration_of(SubjectRequest))),
            "controller": queries.controller(),
            "authority": AUTHORITY,
        },
        status=422 if form.errors else 200,
    )


@_guarded
def code(request):
    """Where the code is typed. Opening it, from the mail or by a scanner, does nothing (T10)."""
    known = _remembered(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        opened = _finish(known["proofs"], form.cleaned_data["code"])
        if opened is not None:
            response = redirect("privacy:request-done")
            _remember(response, proofs=known["proofs"], done=str(opened.pk))
            return response
        form.add_error(
            "code",
            _(
                "This code does not work: mistyped, older than ten minutes, tried too often, used, or asked for in "
                "another browser. Try again, or fill in the form anew to get another one."
            ),
        )
    context = {
        "form": form,
        "asked_here": bool(known["proofs"]),
        "minutes": int(LIVES.total_seconds() // 60),
        "controller": queries.controller(),
    }
    return render(request, "privacy/request/code.html", context, status=422 if form.errors else 200)


@cache_control(private=True, no_store=True)
@require_safe
def done(request):
    """The number, the legal date and what happens now, in the browser that typed the code."""
    opened = SubjectRequest.objects.filter(pk=_remembered(request)["done"]).first()
    if opened is None:
        return redirect("privacy:request-without-account")
    context = {"opened": opened, "what": PLAINLY[opened.right][0], "controller": queries.controller()}
    return render(request, "privacy/request/done.html", context)


def _finish(proofs, typed):
    for proof in proofs:
        try:
            return actions.finish_proof(UUID(proof), code=typed)
        except WrongCode:
            continue
    return None


def cookie_name() -> str:
    """What the cookie is called here; the page about cookies names it."""
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def _remembered(request) -> dict:
    """The proofs this browser asked for and the case it opened, as nobody else can write them."""
    nothing = {"proofs": [], "done": None}
    try:
        return nothing | signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=COOKIE_SECONDS)
    except signing.BadSignature:
        return nothing


def _remember(response, *, proofs, done=None) -> None:
    response.set_cookie(
        cookie_name(),
        signing.dumps({"proofs": proofs[:MOST_AT_ONCE], "done": done}, salt=SALT),
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
