"""Which version of the notice stands behind an answer: for receipts and copies (N37, N64)."""

from wagtail.models import Locale

from cn_portal.website.controller import controller
from cn_portal.website.models.privacy import NoticePage
from privacy import queries


def notice_in_force(language: str) -> dict[str, str]:
    """{"version", "published", "sha256", "url"} of the version in force: number, ISO date, digest, permanent address.

    Before the first version is published there is only an address: that of the page.
    """
    found = queries.notice_reference(language)
    return found if found["version"] else {**found, "url": _page_url(language)}


def _page_url(language: str) -> str:
    page = NoticePage.objects.live().filter(locale__in=Locale.objects.filter(language_code=language)).first()
    return controller()["url"] + (page.url if page else "")
