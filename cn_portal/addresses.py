"""Small files a site is expected to have, and pictures kept in a local folder."""

import posixpath
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.static import serve

# Only what Wagtail has scaled for the public. Originals and documents lie beside it and are never answered from here.
PUBLIC_FOLDER = "images/"
NOT_FOR_SEARCH_ENGINES = ("/account/", "/admin/", "/applications/", "/demo/", "/documents/", "/my-data/", "/privacy/")
SECURITY_TXT_LIFETIME = timedelta(days=180)


@require_safe
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_SEARCH_ENGINES)]
    return _text([*lines, f"Sitemap: {settings.BASE_URL}/sitemap.xml"])


@require_safe
def security_contact(request):
    """RFC 9116. The expiry moves with the day: a running site makes the answer, not a forgotten file."""
    expires = (timezone.now() + SECURITY_TXT_LIFETIME).strftime("%Y-%m-%dT00:00:00Z")
    return _text(
        [
            f"Contact: {settings.SECURITY_CONTACT}",
            f"Expires: {expires}",
            "Preferred-Languages: nb, en",
            f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        ]
    )


@require_safe
def picture(request, name):
    """A scaled picture. With a bucket the pages name the bucket's own address, and nothing lies in the folder."""
    if not posixpath.normpath(name).startswith(PUBLIC_FOLDER):
        raise Http404
    response = serve(request, name, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response


def _text(lines):
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
