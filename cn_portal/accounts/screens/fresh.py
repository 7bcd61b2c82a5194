"""For acts that need somebody to have shown just now that it is them."""

from functools import wraps

from django.conf import settings
from django.shortcuts import redirect
from django.utils.http import urlencode

from privacy.actions import is_confirmed


def fresh_required(view):
    """Send whoever has not confirmed within five minutes to the confirming page, and from there back here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        return redirect(f"{settings.PRIVACY_STEP_UP_URL}?{urlencode({'next': request.get_full_path()})}")

    return guarded
