"""The page that proves an erasure, for whoever knows its address: the person who was told it (N56, L12, L14)."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from privacy import queries


@cache_control(private=True, no_store=True)
@require_safe
def certificate(request, key):
    """What went, what stays until when, who was told; nothing on it says whose it was."""
    found = _found(key)
    answer = render(request, "privacy/my_data/certificate.html", {"certificate": found, "content": found.content})
    return _unlisted(answer)


@cache_control(private=True, no_store=True)
@require_safe
def certificate_file(request, key):
    """The same as a JSON file, with the text that was signed."""
    found = _found(key)
    answer = JsonResponse(found.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="erasure-{found.content["number"]}.json"'
    return _unlisted(answer)


def _found(key):
    found = queries.certificate_of(key, now=timezone.now())
    if found is None:
        raise Http404
    return found


def _unlisted(answer):
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
