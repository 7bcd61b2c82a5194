"""The guards of a person's own pages: signed in, never cached, and freshly confirmed before what cannot be undone."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from privacy import actions
from privacy.actions.request_case import RequestRefused


def own_page(*methods):
    """Decorator: only for the signed-in person, only by these methods, kept by no browser and no proxy (T30)."""

    def guard(view):
        return cache_control(private=True, no_store=True)(login_required(require_http_methods(methods)(view)))

    return guard


def step_up(request):
    """The way to prove again who one is and back to this address, or None when the last proof is fresh (T13, L4)."""
    if actions.is_confirmed(request):
        return None
    return redirect(f"{settings.PRIVACY_STEP_UP_URL}?{urlencode({'next': request.get_full_path()})}")


def says_no(view):
    """Decorator: what an act refuses (RequestRefused) is said on the person's page; nothing was changed."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except RequestRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("privacy:my-data")

    return guarded


def requires_step_up(view):
    """Decorator: the page, and what its button does, wait until the person has proved again who they are.

    The page with the button asks too, so that its POST is one press. Nothing of a POST that comes too late is kept.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        return step_up(request) or view(request, *args, **kwargs)

    return guarded
