"""Sign-in by password or mailed code, and sign-out. What is shown never depends on whether an account exists (T05)."""

from django.conf import settings
from django.contrib.auth import authenticate
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cn_portal.accounts import actions, browser_cookie, next_page
from cn_portal.accounts.browser import client_ip
from cn_portal.accounts.forms import MailedCodeForm, SignInForm
from cn_portal.accounts.models import SignInEvent

How = SignInEvent.How


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request):
    """One page: address, then the password or «send me a code»."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(next_page.after_sign_in(request, request.user))
        return _sign_in_page(request, SignInForm())
    if request.POST.get("way") == "code":
        return _send_code(request)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form)
    user = authenticate(request, email=form.cleaned_data["email"], password=form.cleaned_data["password"])
    if user is None:
        actions.note_failure(request, email=form.cleaned_data["email"], how=How.PASSWORD)
        form.add_error(None, _("Address and password do not belong together. Try again, or have a code sent to you."))
        return _sign_in_page(request, form)
    return _go_on(request, user, how=How.PASSWORD)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request):
    """The page where the mailed code is typed. Opening it, from a mail or otherwise, does nothing (T10)."""
    if request.method != "POST":
        return _code_page(request, MailedCodeForm())
    form = MailedCodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form)
    user = authenticate(request, email=form.cleaned_data["email"], code=form.cleaned_data["code"])
    if user is None:
        actions.note_failure(request, email=form.cleaned_data["email"], how=How.CODE)
        form.add_error(
            "code",
            _("This code does not work: mistyped, older than ten minutes, used, or asked for in another browser."),
        )
        return _code_page(request, form)
    return _go_on(request, user, how=How.CODE)


@require_POST
def sign_out(request):
    """End the session, and tell the browser to forget what it kept."""
    actions.sign_out(request, by=request.user)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _send_code(request):
    form = SignInForm(request.POST)
    # Who asks for a code needs no password.
    form.errors.pop("password", None)
    if form.errors:
        return _sign_in_page(request, form)
    browser = browser_cookie.read(request) or browser_cookie.new()
    email = form.cleaned_data["email"]
    actions.request_code(email, purpose="sign_in", browser=browser, ip=client_ip(request), language=get_language()[:2])
    response = _code_page(request, MailedCodeForm(initial={"email": email}), sent=True)
    browser_cookie.write(response, browser)
    return response


def _go_on(request, user, *, how):
    target = next_page.after_sign_in(request, user)
    if actions.begin_sign_in(request, user, how=how):
        return redirect(target)
    return redirect(f"{reverse('accounts:second-factor')}?{urlencode({'next': target})}")


def _sign_in_page(request, form):
    return render(request, "accounts/sign_in.html", {"form": form, "next": next_page.wished(request)})


def _code_page(request, form, *, sent=False):
    context = {"form": form, "next": next_page.wished(request), "sent": sent}
    return render(request, "accounts/sign_in_code.html", context)
