"""The frame of a page: menu, footer, languages, a coming change of the notice. A few queries, whatever the page."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from wagtail.models import Page

from cn_portal.website.controller import controller
from privacy import queries

# Pages with a part to play are found by kind, not by address: an editor may move or rename them.
HOME, CONTACT, NOTICE, COOKIES, CAREERS = "homepage", "contactpage", "noticepage", "cookiepage", "careersindexpage"
KINDS = Q(content_type__app_label="website", content_type__model__in=(HOME, CONTACT, NOTICE, COOKIES)) | Q(
    content_type__app_label="careers", content_type__model=CAREERS
)
HOME_DEPTH = 2
# Each language calls itself by its own name, short enough for the header of a phone.
OWN_NAMES = {"nb": "Norsk", "en": "English"}


@dataclass(frozen=True)
class Link:
    """One entry of a menu; `current` is the value of aria-current, or empty."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class LanguageLink:
    """Another language: `url` leads to this page in it, or is empty where the language is chosen by a form."""

    code: str
    name: str
    url: str = ""
    full_url: str = ""


@dataclass(frozen=True)
class Frame:
    """All that base.html shows around a page."""

    home_url: str = "/"
    menu: list[Link] = field(default_factory=list)
    company_links: list[Link] = field(default_factory=list)
    privacy_links: list[Link] = field(default_factory=list)
    languages: list[LanguageLink] = field(default_factory=list)
    alternates: list[LanguageLink] = field(default_factory=list)
    notice_url: str = ""
    cookies_url: str = ""
    sign_in_url: str = ""
    set_language_url: str = ""
    controller: dict = field(default_factory=dict)
    notice_change: "NoticeChange | None" = None


@dataclass(frozen=True)
class NoticeChange:
    """A version of the notice that is being told: what every page says until it applies (N66)."""

    url: str
    day: date


def frame_for(request, *, page=None) -> Frame:
    """The frame for this request; the same object when asked again while answering it."""
    kept = getattr(request, "_site_frame", None)
    if kept is None:
        kept = _build(request, page)
        if request is not None:
            request._site_frame = kept
    return kept


def _build(request, page) -> Frame:
    page = page if isinstance(page, Page) and page.pk else None
    linked = _linked_pages(request, page)
    by_kind = {kind: link for kind, link, _ in reversed(linked)}
    languages = _languages(request, page)
    return Frame(
        home_url=by_kind[HOME].url if HOME in by_kind else "/",
        menu=[link for _, link, in_menu in linked if in_menu],
        company_links=_company_links(linked, by_kind),
        privacy_links=[by_kind[kind] for kind in (NOTICE, COOKIES) if kind in by_kind],
        languages=[language for language in languages if language.code != get_language()],
        alternates=[language for language in languages if language.full_url],
        notice_url=by_kind[NOTICE].url if NOTICE in by_kind else "",
        cookies_url=by_kind[COOKIES].url if COOKIES in by_kind else "",
        sign_in_url=resolve_url(settings.LOGIN_URL),
        set_language_url=_address("website:set_language"),
        controller=_controller_block(),
        notice_change=_notice_change(),
    )


def _notice_change() -> NoticeChange | None:
    version = queries.pending_version()
    if version is None:
        return None
    return NoticeChange(queries.version_url(version, get_language()[:2]), version.effective_from or version.wanted_from)


def _company_links(linked, by_kind) -> list[Link]:
    """The menu again, and careers and contact even where an editor took them out of it."""
    menu = [link for _, link, in_menu in linked if in_menu]
    return menu + [by_kind[kind] for kind in (CAREERS, CONTACT) if kind in by_kind and by_kind[kind] not in menu]


def _linked_pages(request, page) -> list[tuple[str, Link, bool]]:
    pages = (
        Page.objects.live()
        .filter(locale__language_code=get_language())
        .filter(KINDS | Q(depth=HOME_DEPTH + 1, show_in_menus=True))
        .select_related("content_type", "locale")
        .order_by("path")
    )
    rows = ((each.content_type.model, _link(each, request, page), _in_menu(each)) for each in pages)
    return [row for row in rows if row[1].url]


def _in_menu(page) -> bool:
    return page.show_in_menus and page.depth == HOME_DEPTH + 1


def _link(target, request, page) -> Link:
    current = ""
    if page is not None and page.path.startswith(target.path):
        current = "page" if page.pk == target.pk else "true"
    return Link(title=target.title, url=target.get_url(request) or "", current=current)


def _languages(request, page) -> list[LanguageLink]:
    translated = _translations(request, page)
    return [LanguageLink(code, OWN_NAMES[code], *translated.get(code, ())) for code, _ in settings.LANGUAGES]


def _translations(request, page) -> dict[str, tuple[str, str]]:
    if page is None:
        # A page that is none of Wagtail's may say where it is in each language.
        return getattr(request, "language_addresses", {})
    versions = page.get_translations(inclusive=True).live().select_related("locale")
    return {
        each.locale.language_code: (each.get_url(request) or "", each.get_full_url(request) or "") for each in versions
    }


def _controller_block() -> dict:
    block = controller()
    return {**block, "phone_link": block["phone"].replace(" ", "")}


def _address(name) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
