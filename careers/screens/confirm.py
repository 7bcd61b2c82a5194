"""The pages behind mailed links: confirm the address, withdraw without signing in. Only a button changes anything."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from careers import actions, links
from careers.models import State
from careers.screens.own_forms import WithdrawForm
from careers.screens.own_holdings import holdings


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def confirm(request, token):
    """Confirm the mailbox: a page with a button, and what comes after it."""
    try:
        application = links.to_confirm(token)
    except links.LinkTooOld:
        return _gone(
            request,
            _("This link is more than 14 days old. Your application is kept as it is, and HR can read it."),
        )
    if application is None or application.state == State.WITHDRAWN:
        return _gone(request, _("This link leads to nothing: the application is erased, or the link is not complete."))
    if request.method == "POST":
        actions.confirm_application(application, by=_signed_in(request))
        return redirect(reverse("careers:confirm", args=[token]))
    return _in_their_language(request, "careers/confirm.html", {"application": application})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def withdraw_by_link(request, token):
    """Withdraw with the link from the mail."""
    is_ours, application = links.to_withdraw(token)
    if not is_ours:
        return _gone(request, _("This link is not complete. Copy the whole address from the e-mail and open it again."))
    if application is None or application.state == State.WITHDRAWN:
        return render(request, "careers/withdrawn.html")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    with override(application.language):
        context = withdrawal(application, form, signed_in=False, cancel_url=application_page(application))
    if request.method == "POST" and form.is_valid():
        act = actions.withdraw_everything if form.everything else actions.withdraw_application
        act(application, by=_signed_in(request))
        return redirect(reverse("careers:withdraw-by-link", args=[token]))
    return _in_their_language(request, "careers/withdraw.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def withdrawn(request):
    """Everything is withdrawn; it says nothing about whom, so that it can be opened by anybody."""
    return render(request, "careers/withdrawn.html", {"everything": True})


def withdrawal(application, form, *, signed_in: bool, cancel_url) -> dict:
    """What the page before a withdrawal says: what goes with either answer, what stays, and why.

    Where there is nothing but this application the question is left out, and the one button means it.
    """
    found = holdings(application, signed_in=signed_in, day=timezone.localdate())
    if not found.has_more:
        form.fields["what"].required = False
    return {
        "application": application,
        "form": form,
        "heading": _("Withdraw the application?") if application.is_live else _("Delete the application?"),
        "lead": application.vacancy_title,
        "confirm_label": _("Withdraw and delete") if application.is_live else _("Delete"),
        "cancel_url": cancel_url,
        "danger": True,
        "holdings": found,
        "signed_in": signed_in,
    }


def application_page(application) -> str:
    """Where one goes on from here without signing in: the vacancy if it is still there."""
    return (application.vacancy.url if application.vacancy else None) or "/"


def _in_their_language(request, template: str, context: dict, *, status: int = 200):
    """The page in the language somebody applied in, as the mail was that the link stood in."""
    language = context["application"].language
    with override(language):
        page = render(request, template, context, status=status)
    page.headers["Content-Language"] = language
    return page


def _signed_in(request):
    return request.user if request.user.is_authenticated else None


def _gone(request, what):
    return render(request, "410.html", {"what": what}, status=410)
