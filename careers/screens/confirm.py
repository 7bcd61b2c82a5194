"""The pages behind mailed links: confirm the address, withdraw without signing in. Only a button changes anything."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from careers import actions, links
from careers.models import State
from careers.screens.own_forms import WithdrawForm


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
    return render(request, "careers/confirm.html", {"application": application})


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
    if request.method == "POST" and form.is_valid():
        actions.withdraw_application(application, by=_signed_in(request), leave_pool=form.cleaned_data["leave_pool"])
        return redirect(reverse("careers:withdraw-by-link", args=[token]))
    return render(
        request, "careers/withdraw.html", withdrawal(application, form, cancel_url=application_page(application))
    )


def withdrawal(application, form, *, cancel_url) -> dict:
    """What the page before a withdrawal says."""
    in_pool = application.subject.talent_pool.exists()
    if not in_pool:
        del form.fields["leave_pool"]
    return {
        "application": application,
        "form": form if in_pool else None,
        "heading": _("Withdraw the application?"),
        "lead": application.vacancy_title,
        "confirm_label": _("Withdraw and erase"),
        "cancel_url": cancel_url,
        "danger": True,
        "file_count": application.files.count(),
    }


def application_page(application) -> str:
    """Where one goes on from here without signing in: the vacancy if it is still there."""
    return (application.vacancy.url if application.vacancy else None) or "/"


def _signed_in(request):
    return request.user if request.user.is_authenticated else None


def _gone(request, what):
    return render(request, "410.html", {"what": what}, status=410)
