"""«Confirm that it is you»: the step before anything that cannot be undone. Named by PRIVACY_STEP_UP_URL."""

from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cn_portal.accounts import actions, browser_cookie, next_page
from cn_portal.accounts.browser import client_ip
from cn_portal.accounts.forms import ConfirmCodeForm, FactorForm, PasswordOnlyForm
from cn_portal.accounts.models import SignInEvent, TotpDevice

FORMS = {"password": PasswordOnlyForm, "app": FactorForm, "code": ConfirmCodeForm}


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request):
    """Password, app or mailed code, whichever the person has; then back to where they were."""
    ways = _ways(request.user)
    way = request.POST.get("way")
    if request.method == "POST" and way == "send":
        return _send_code(request, ways)
    if request.method != "POST" or way not in ways:
        return _page(request, ways)
    form = FORMS[way](request.POST)
    if form.is_valid() and _proves(request, way, form.cleaned_data):
        actions.confirm_again(request, by=request.user)
        return redirect(next_page.wished(request) or next_page.after_sign_in(request, request.user))
    if not form.errors:
        actions.note_failure(request, email=request.user.email, how=SignInEvent.How.STEP_UP)
        form.add_error(None, _("That was not right. Nothing has been changed; try again, or choose another way."))
    return _page(request, ways, **{way: form})


def _ways(user):
    has_app = TotpDevice.objects.filter(user=user, confirmed=True).exists()
    return [way for way, there in (("password", user.has_usable_password()), ("app", has_app), ("code", True)) if there]


def _proves(request, way, data):
    user = request.user
    if way == "app":
        return actions.verify_factor(user, token=data["token"]) is not None
    if way == "code":
        return authenticate(request, email=user.email, code=data["code"], purpose="confirm") == user
    return authenticate(request, email=user.email, password=data["password"]) == user


def _send_code(request, ways):
    browser = browser_cookie.read(request) or browser_cookie.new()
    actions.request_code(
        request.user.email,
        purpose="confirm",
        browser=browser,
        ip=client_ip(request),
        language=get_language()[:2],
        by=request.user,
    )
    response = _page(request, ways, sent=True)
    browser_cookie.write(response, browser)
    return response


def _page(request, ways, *, sent=False, **filled):
    forms = {way: filled.get(way) or FORMS[way]() for way in ways}
    wrong = next(iter(filled.values()), None)
    context = {"forms": forms, "wrong": wrong, "sent": sent, "next": next_page.wished(request)}
    return render(request, "accounts/confirm.html", context)
