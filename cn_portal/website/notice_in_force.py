"""Which notice stands behind an answer: its address and its date, for receipts (N37, N64)."""

from wagtail.models import Locale

from cn_portal.website.controller import controller
from cn_portal.website.models.privacy import NoticePage


def notice_in_force(language: str) -> dict[str, str]:
    """{"url", "version"}: full address and ISO date of the published notice in this language; no page, no version."""
    page = NoticePage.objects.live().filter(locale__in=Locale.objects.filter(language_code=language)).first()
    if page is None:
        return {"url": controller()["url"], "version": ""}
    return {"url": controller()["url"] + page.url, "version": page.revised_on.isoformat()}
