"""The security page: how this account is entered, from where, and how to end that."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cn_portal.accounts import actions, queries
from cn_portal.accounts.forms import LanguageForm, NewPasswordForm

from .fresh import fresh_required


@login_required
@require_safe
def security(request):
    """Address, password, second factor, sessions and history on one page."""
    context = queries.security_of(request.user, session_key=request.session.session_key)
    return render(request, "accounts/security.html", {**context, "language_form": LanguageForm(instance=request.user)})


@sensitive_post_parameters("password")
@login_required
@fresh_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request):
    """A new password; also the end of a forgotten one, after signing in with a mailed code."""
    form = NewPasswordForm(request.POST or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/password.html", {"form": form})
    actions.change_password(
        request.user, password=form.cleaned_data["password"], by=request.user, keep=request.session.session_key
    )
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Your password is changed. All other sessions are signed out; a mail tells you so."))
    return redirect("accounts:security")


@login_required
@require_POST
def end_session(request):
    """End one session of one's own."""
    if actions.end_session(request.user, handle=request.POST.get("session", ""), by=request.user):
        messages.success(request, _("That session is ended."))
    else:
        messages.info(request, _("That session had already ended. Nothing was changed."))
    return redirect("accounts:security")


@login_required
@require_POST
def sign_out_everywhere(request):
    """End every session but this one."""
    ended = actions.sign_out_everywhere(request.user, by=request.user, keep=request.session.session_key)
    messages.success(
        request,
        ngettext("%(count)d other session is signed out.", "%(count)d other sessions are signed out.", ended)
        % {"count": ended},
    )
    return redirect("accounts:security")


@login_required
@require_POST
def language(request):
    """The language of mails and of these pages."""
    form = LanguageForm(request.POST, instance=request.user)
    if form.is_valid():
        actions.change_language(request.user, language=form.cleaned_data["language"], by=request.user)
        messages.success(request, _("The language is saved."))
    return redirect("accounts:security")
