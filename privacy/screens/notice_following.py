"""Signing up to hear of new versions of the notice, with a code to the mailbox, and leaving with one press (N65)."""

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from privacy import actions, queries, throttle
from privacy.actions.mailbox_codes import LIVES, WrongCode
from privacy.models import NoticeFollower
from privacy.screens.notice_pages import in_language


class FollowForm(forms.Form):
    """Where to write."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("We send a code there first, so that nobody can sign you up."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Write your e-mail address; the code is sent there.")},
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
    posts = require_http_methods(["GET", "HEAD", "POST"])(sensitive_post_parameters()(view))
    return cache_control(private=True, no_store=True)(posts)


@_guarded
@in_language
def follow(request, language):
    """The form. What follows is the same page for every address, known or not, and above every limit."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        proof = actions.start_following(
            email=form.cleaned_data["email"], language=language, visitor=throttle.visitor(request)
        )
        return redirect("privacy:notice-follow-code", language, proof)
    context = {"form": form, "controller": queries.controller(), "language": language}
    return render(request, "privacy/notice/follow.html", context, status=422 if form.errors else 200)


@_guarded
@in_language
def code(request, language, proof):
    """Where the code is typed. Opening it, from the mail or by a scanner, does nothing."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish_following(proof, code=form.cleaned_data["code"])
            return redirect("privacy:notice-follow-done", language)
        except WrongCode:
            form.add_error(
                "code",
                _(
                    "This code does not work: mistyped, older than ten minutes, tried too often, or used. Try again, "
                    "or ask for a new one."
                ),
            )
    minutes = int(LIVES.total_seconds() // 60)
    context = {"form": form, "minutes": minutes, "proof": proof, "language": language}
    return render(request, "privacy/notice/follow_code.html", context, status=422 if form.errors else 200)


@cache_control(private=True, no_store=True)
@require_safe
@in_language
def done(request, language):
    """What happens from now on, and how to leave."""
    return render(request, "privacy/notice/follow_done.html", {"language": language})


@_guarded
def leave(request, key):
    """GET shows one button; pressing it leaves. Somebody who has left gets the same page."""
    languages = NoticeFollower.objects.filter(pk=key).values_list("language", flat=True)
    with override(languages.first() or get_language()):
        left = request.method == "POST"
        if left:
            actions.leave_notice(key)
        return render(request, "privacy/notice/leave.html", {"left": left})
