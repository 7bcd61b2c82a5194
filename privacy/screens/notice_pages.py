"""/privacy/notice/…: every version of the notice at its own address, for everybody, without a cookie (N64, N65)."""

from datetime import datetime, time
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from privacy import queries
from privacy.queries.notice_differences import differences
from privacy.queries.notice_facts import LANGUAGES
from privacy.queries.notice_versions import published_version, published_versions
from privacy.rules.deadlines import OSLO

ENCODINGS = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}


def in_language(view):
    """The page is in the language its address names, or not found; it knows its address in the other languages."""

    @wraps(view)
    def shown(request, language, *args, **kwargs):
        if language not in LANGUAGES:
            raise Http404
        here = request.resolver_match
        rest = {name: value for name, value in here.kwargs.items() if name != "language"}
        request.language_addresses = {
            each: (url := reverse(here.view_name, kwargs={"language": each, **rest}), settings.BASE_URL + url)
            for each in LANGUAGES
        }
        with override(language):
            return view(request, language, *args, **kwargs)

    return shown


def _public(view):
    return cache_control(max_age=300)(require_safe(in_language(view)))


@_public
def versions(request, language):
    """Every version with its dates, the newest first, and what changed."""
    found = published_versions()
    rows = [
        {
            "version": version,
            "text": queries.text_of(version, language),
            "changes": version.changes(language),
            "before": before,
        }
        for version, before in zip(found, [*found[1:], None], strict=False)
    ]
    context = {"rows": rows, "in_force": queries.version_in_force(), "language": language}
    return render(request, "privacy/notice/versions.html", context)


@_public
def version(request, language, number):
    """One version, as it was published."""
    found = _version_or_404(number)
    text = queries.text_of(found, language)
    context = {
        "version": found,
        "text": text,
        "in_force": queries.version_in_force(),
        "language": language,
        "changes": found.changes(language),
        "controller": queries.controller(),
    }
    return render(request, "privacy/notice/version.html", context)


@_public
def text(request, language, number):
    """The bytes the digest of this version is of: the file that was taken in, or the frozen words."""
    words = queries.text_of(_version_or_404(number), language)
    if words.language != language:
        raise Http404
    is_file = words.original is not None
    content = bytes(words.original) if is_file else words.body.encode()
    charset = ENCODINGS.get(words.encoding, words.encoding)
    kind, ending = ("text/plain", "txt") if is_file else ("text/html", "html")
    response = HttpResponse(content, content_type=f"{kind}; charset={charset}")
    response["Content-Disposition"] = f'attachment; filename="notice-{number}-{language}.{ending}"'
    return response


@_public
def compare(request, language, old, new):
    """What differs between two versions; removed and added lines say so in words, not by colour alone."""
    before, after = _version_or_404(old), _version_or_404(new)
    texts = queries.text_of(before, language), queries.text_of(after, language)
    context = {
        "old": before,
        "new": after,
        "groups": differences(*texts),
        "same_language": texts[0].language == texts[1].language,
        "language": language,
    }
    return render(request, "privacy/notice/compare.html", context)


@_public
def feed(request, language):
    """Every version as an Atom entry."""
    made = feedgenerator.Atom1Feed(
        title=_("Versions of our privacy notice"),
        link=settings.BASE_URL + reverse("privacy:notice-versions", args=[language]),
        feed_url=settings.BASE_URL + request.path,
        description="",
        language=language,
        author_name=queries.controller()["name"],
    )
    for found in published_versions():
        link = settings.BASE_URL + queries.version_url(found, language)
        at = found.approved_at or _start_of(found.published_on)
        made.add_item(
            title=_("Version %(number)s of the privacy notice") % {"number": found.number},
            link=link,
            description=found.changes(language) or _("The whole notice."),
            unique_id=link,
            pubdate=at,
            updateddate=at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _start_of(day):
    return datetime.combine(day, time.min, tzinfo=OSLO)


def _version_or_404(number):
    found = published_version(number)
    if found is None:
        raise Http404
    return found
