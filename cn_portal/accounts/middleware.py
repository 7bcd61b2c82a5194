"""Three guards of every request: how long a session lives, who may enter the staff pages, and the person's language."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import urlencode

from cn_portal.accounts import sessions
from cn_portal.accounts.actions.entry import stamp_session

IDLE_SECONDS = 30 * 60
HARD_SECONDS = 12 * 60 * 60
# The last use is written at most this often, so that reading pages does not mean writing rows.
SEEN_EVERY_SECONDS = 60

ADMIN = "/admin/"
SIGN_IN = "/account/sign-in/"
SIGN_OUT = "/account/sign-out/"
SECOND_FACTOR = "/account/second-factor/"


class SessionLimits:
    """Ends a session 30 minutes after its last use and 12 hours after sign-in (T12). Stands after SessionMiddleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Without the cookie there is nothing to look at, and the answer need not vary by it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self._limit(request)
        return self.get_response(request)

    def _limit(self, request):
        now = int(time.time())
        since, seen = request.session.get(sessions.SINCE), request.session.get(sessions.SEEN)
        if since is None or seen is None:
            stamp_session(request)
        elif now - seen > IDLE_SECONDS or now - since > HARD_SECONDS:
            request.session.flush()
        elif now - seen > SEEN_EVERY_SECONDS:
            request.session[sessions.SEEN] = now


class StaffSecondFactor:
    """Nothing below /admin/ answers anybody who is not staff with a second factor shown in this session (T06, N63).

    Wagtail's own sign-in, sign-out and password pages lead to ours. Stands after django-otp's middleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == ADMIN.rstrip("/") or request.path_info.startswith(ADMIN):
            return self._refusal(request) or self.get_response(request)
        return self.get_response(request)

    def _refusal(self, request):
        user = request.user
        if request.path_info == f"{ADMIN}logout/" and request.method == "POST":
            # 307 repeats the POST, so the sign-out page checks its token and ends the session.
            return redirect(SIGN_OUT, preserve_request=True)
        if not user.is_authenticated:
            return self._elsewhere(request, SIGN_IN)
        if not (user.may_enter_admin or user.has_perm("wagtailadmin.access_admin")):
            raise PermissionDenied
        if not user.is_verified():
            return self._elsewhere(request, SECOND_FACTOR)
        if request.path_info.startswith((f"{ADMIN}login/", f"{ADMIN}password_reset/")):
            return redirect(ADMIN)
        return None

    def _elsewhere(self, request, page):
        if _wants_data(request):
            return JsonResponse({"error": "sign in with a second factor"}, status=403)
        # A form that was filled in cannot be carried over; after signing in they start at its page.
        target = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
        if target.startswith((f"{ADMIN}login/", f"{ADMIN}logout/", f"{ADMIN}password_reset/")):
            target = request.GET.get("next", ADMIN)
        return redirect(f"{page}?{urlencode({'next': target})}")


class AccountLanguage:
    """Pages without a language in their address follow the account, unless this browser has chosen one itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._may_follow(request) and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)

    def _may_follow(self, request):
        return (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
            and translation.get_language_from_path(request.path_info) is None
        )


def _wants_data(request):
    accepts = request.headers.get("Accept", "")
    return request.headers.get("X-Requested-With") == "XMLHttpRequest" or (
        "application/json" in accepts and "text/html" not in accepts
    )
