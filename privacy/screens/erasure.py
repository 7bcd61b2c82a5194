"""Deleting one's data: the plan first, then one tick and one button, then what happens next (N56, L12, L14, T30)."""

import re

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from privacy import actions, queries
from privacy.screens.my_data import today
from privacy.screens.step_up import own_page, requires_step_up

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ConfirmForm(forms.Form):
    """The tick that says the plan was read; nothing else is asked."""

    confirm = forms.BooleanField(
        label=gettext_lazy("I have read what goes and what stays. Delete my data."),
        error_messages={"required": gettext_lazy("Tick the box if you want us to delete your data.")},
    )


@own_page("GET", "HEAD", "POST")
@requires_step_up
def erase(request):
    """What goes now, what stays until when because of which law, who will be told; POST orders it and signs out."""
    subject = queries.subject_of(request.user)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _order(request, subject)
    plan = actions.plan_erasure(subject, day=today())
    context = {"plan": plan, "kept": [item for item in plan.staying if item.action == "keep"], "form": form}
    return render(request, "privacy/my_data/erase.html", context)


def _order(request, subject):
    erasure = actions.order_erasure(subject, by=request.user)
    if erasure is None:
        messages.info(request, _("Everything that can go is gone already. Nothing was changed."))
        return redirect("privacy:my-data")
    logout(request)
    return redirect(f"{reverse('privacy:erased')}?{urlencode({'erasure': str(erasure.pk)})}")


@cache_control(private=True, no_store=True)
@require_safe
def erased(request):
    """What happens now, for somebody who is signed out, with the way to the certificate if the key looks like ours."""
    key = request.GET.get("erasure", "")
    context = {"key": key, "number": key[:8]} if KEY.fullmatch(key) else {}
    return render(request, "privacy/my_data/erased.html", context)
