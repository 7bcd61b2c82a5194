"""The second factor: showing it while signing in, setting it up, new recovery codes, removing it."""

from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_otp import login as verify_session

from cn_portal.accounts import actions, next_page
from cn_portal.accounts.actions.entry import pending_user
from cn_portal.accounts.forms import FactorForm, RecoveryForm
from cn_portal.accounts.models import SignInEvent, TotpDevice

from .fresh import fresh_required

How = SignInEvent.How


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request):
    """Asks for the app's code, or a recovery code, before the session starts or goes on."""
    user = _who_is_asked(request)
    if user is None:
        return _nobody_is_asked(request)
    is_recovery = "recovery" in (request.POST or request.GET)
    if request.method != "POST":
        return _factor_page(request, RecoveryForm() if is_recovery else FactorForm(), is_recovery)
    form = RecoveryForm(request.POST) if is_recovery else FactorForm(request.POST)
    device = _shown(user, form)
    if device is None:
        actions.note_failure(request, email=user.email, how=How.RECOVERY if is_recovery else How.FACTOR)
        return _factor_page(request, form, is_recovery)
    actions.complete_sign_in(request, user, device=device, how=How.RECOVERY if is_recovery else How.FACTOR)
    return redirect(next_page.after_sign_in(request, user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request):
    """Three steps on one page: start, scan and type the first code, keep the recovery codes."""
    waiting = TotpDevice.objects.filter(user=request.user, confirmed=False).first()
    in_use = TotpDevice.objects.filter(user=request.user, confirmed=True).exists()
    if in_use and not request.user.is_verified():
        return redirect("accounts:second-factor")
    return _set_up(request, waiting=waiting)


@fresh_required
def _set_up(request, *, waiting):
    if request.method != "POST":
        return _set_up_page(request, waiting, FactorForm())
    if waiting is None or "start" in request.POST:
        return _set_up_page(request, actions.begin_factor(request.user, by=request.user), FactorForm())
    form = FactorForm(request.POST)
    codes = form.is_valid() and actions.confirm_factor(
        request.user, token=form.cleaned_data["token"], by=request.user, keep=request.session.session_key
    )
    if not codes:
        form.add_error("token", _wrong_code(waiting))
        return _set_up_page(request, waiting, form)
    _mark_verified(request)
    return _codes_page(request, codes)


@login_required
@fresh_required
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request):
    """Ten new recovery codes, shown once."""
    if not TotpDevice.objects.filter(user=request.user, confirmed=True).exists():
        return redirect("accounts:second-factor-set-up")
    if request.method != "POST":
        return render(request, "accounts/recovery_codes_confirm.html", _confirm(_("New recovery codes")))
    return _codes_page(request, actions.new_recovery_codes(request.user, by=request.user))


@login_required
@fresh_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request):
    """Take the second factor away; staff are asked to set up a new one at once."""
    if request.method != "POST":
        return render(request, "accounts/factor_remove.html", _confirm(_("Remove the authenticator app")))
    actions.remove_factor(request.user, by=request.user, keep=request.session.session_key)
    request.session.cycle_key()
    messages.success(request, _("The authenticator app and its recovery codes are removed."))
    return redirect("accounts:security")


def _who_is_asked(request):
    """Somebody between the two factors, or somebody signed in whose session has not shown the second."""
    user = request.user if request.user.is_authenticated else pending_user(request)
    if user is None or (request.user.is_authenticated and request.user.is_verified()):
        return None
    return user if TotpDevice.objects.filter(user=user, confirmed=True).exists() else None


def _nobody_is_asked(request):
    if not request.user.is_authenticated:
        return redirect("accounts:sign-in")
    if request.user.is_verified():
        return redirect(next_page.after_sign_in(request, request.user))
    return redirect("accounts:second-factor-set-up")


def _shown(user, form):
    """The device, if the form holds a right code; otherwise the form says what is wrong."""
    if not form.is_valid():
        return None
    if isinstance(form, RecoveryForm):
        device = actions.use_recovery_code(user, code=form.cleaned_data["recovery"])
    else:
        device = actions.verify_factor(user, token=form.cleaned_data["token"])
    if device is None:
        form.add_error(None, _wrong_code(TotpDevice.objects.filter(user=user, confirmed=True).first()))
    return device


def _wrong_code(device):
    if device is not None and not device.verify_is_allowed()[0]:
        return _("This code does not work. Wait a little before you try again; each wrong code makes the wait longer.")
    return _("This code does not work. Type the one the app shows now; each code works once.")


def _mark_verified(request):
    device = TotpDevice.objects.get(user=request.user, confirmed=True)
    request.session.cycle_key()
    verify_session(request, device)


def _factor_page(request, form, is_recovery):
    context = {"form": form, "next": next_page.wished(request), "is_recovery": is_recovery}
    return render(request, "accounts/second_factor.html", context)


def _set_up_page(request, waiting, form):
    context = {"form": form, "waiting": waiting, "qr": "", "seed": ""}
    if waiting is not None:
        context |= {"qr": _qr(request.user, waiting), "seed": _in_fours(waiting.seed)}
    return render(request, "accounts/second_factor_set_up.html", context)


def _codes_page(request, codes):
    context = {"codes": codes, "next": next_page.after_sign_in(request, request.user)}
    return render(request, "accounts/recovery_codes.html", context)


def _confirm(heading):
    return {"heading": heading, "confirm_label": heading, "cancel_url": "/account/security/"}


def _qr(user, device):
    """The key as a picture for the app, drawn on our own server: nobody else sees it."""
    issuer = settings.WAGTAIL_SITE_NAME
    query = urlencode({"secret": device.seed, "issuer": issuer})
    address = f"otpauth://totp/{quote(f'{issuer}:{user.email}')}?{query}"
    drawn = segno.make(address, error="m").svg_inline(scale=4, light="#fff", svgclass=None, lineclass=None)
    # segno writes a path and a view box from the modules alone; no text of anybody's gets into the markup.
    return mark_safe(drawn)  # noqa: S308


def _in_fours(seed):
    return " ".join(seed[at : at + 4] for at in range(0, len(seed), 4))
