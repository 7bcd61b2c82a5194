"""What every answer carries, and whose address a request really came from."""

from django.conf import settings
from django.http import HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.template.loader import get_template
from django.utils import translation
from django.utils.cache import patch_vary_headers

from cn_portal.backup import door

# Pages about one person: never kept by a browser or anything between.
PRIVATE_PREFIXES = ("/account/", "/my-data/", "/applications/", "/privacy/", "/admin/", "/demo/")


def client_address(request):
    """Address of the visitor, after `TrustedProxies` has settled it."""
    return request.META.get("REMOTE_ADDR", "")


class TrustedProxies:
    """With n trusted proxies the n-th address from the right of X-Forwarded-For is the visitor's; whatever stands left
    of it was written by the visitor and is ignored. Without trusted proxies the whole header is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        count = settings.PROXY_COUNT
        if 0 < count <= len(chain):
            request.META["REMOTE_ADDR"] = chain[-count]
        return self.get_response(request)


class HouseHeaders:
    """Headers that neither Django nor django-csp sets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class Door:
    """While a restore runs nobody comes in: 503 in both languages, with when to come back. Only the two addresses that
    say how the site is are answered; nothing here asks a database."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info in ("/healthz", "/readyz") or not door.is_shut():
            return self.get_response(request)
        page = get_template("being_restored.html").render()
        headers = {"Retry-After": str(door.RETRY_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(page, status=503, headers=headers)


class AdminContentPolicy:
    """Gives the editor its own content policy (see docs/operations.md); the rest of the site keeps the strict one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_config = settings.ADMIN_CONTENT_POLICY
            # A preview went through all of this once already, as the public page it shows: its strict header would
            # forbid the frame it is shown in.
            response.headers.pop("Content-Security-Policy", None)
        return response


class Languages(LocaleMiddleware):
    """Sends an address without a language to the same page with one, unless one of our views answered: when it says
    «not found» it means it, and Wagtail's catch-all under /nb/ would hide that behind a redirect."""

    def process_response(self, request, response):
        if response.status_code == 404 and request.resolver_match is not None:
            patch_vary_headers(response, ("Accept-Language",))
            response.headers.setdefault("Content-Language", translation.get_language())
            return response
        return super().process_response(request, response)


class PrivatePages:
    """A page about one person, or shown to somebody signed in, is not stored anywhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if self._is_private(request) and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ("Cookie",))
        return response

    def _is_private(self, request):
        if request.path_info.startswith(PRIVATE_PREFIXES):
            return True
        # The cookie is looked at first, so that a visitor without one costs no query.
        return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
