"""What the notice says, read from the register of processing, so that it cannot disagree with the system (N3, T10)."""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.models import Locale

from cn_portal.website.controller import controller
from privacy import queries, registry
from privacy.declare import Field, KeepFor, KeepWith
from privacy.periods import keep_of

FIXED_TEXT = {"nb": "website/notice/nb.html", "en": "website/notice/en.html"}
TITLES = {"nb": "Personvernerklæring", "en": "Privacy notice"}
ONLY_COLLEAGUES = ("staff",)
# Nobody receives anything before somebody else has approved them.
PROPOSED = "proposed"


@dataclass(frozen=True)
class Purpose:
    """One purpose of the notice: what for, on which ground, which facts, who gets them, how long (Art 13).

    `ground` is the interest weighed or the law that obliges; `keep` has a line per kind of record with its own clock.
    """

    code: str
    title: str
    plainly: str
    article: str
    ground: str
    categories: list[str]
    recipients: list[str]
    keep: list[str]
    about_colleagues: bool

    @property
    def basis_text(self) -> str:
        """Article and ground in one line."""
        return f"{self.article}. {self.ground}" if self.ground else self.article

    @property
    def period_text(self) -> str:
        """All periods in one line."""
        return " · ".join(self.keep)


def notice_text(language: str, *, day: date | None = None, page=None) -> tuple[str, str]:
    """(title, body) of the notice as it would be published now: fixed text, register, the page's own additions.

    `day` is a day to come on which it is to apply: periods that are approved to rule then are in it. `page` is another
    state of the page than the published one, for a preview.
    """
    page = page or _page(language)
    with override(language):
        body = render_to_string(FIXED_TEXT[language], {**notice_context(language, day=day), "page": page})
    return (page.title if page else TITLES[language]), body.strip() + "\n"


def notice_page_context(page, *, live: bool) -> dict:
    """What the public page shows: title, body and dates of the version in force; `live`: the words as they are now."""
    language = page.locale.language_code
    version = None if live else queries.version_in_force()
    text = queries.text_of(version, language) if version else None
    body = text.body if text else notice_text(language, page=page)[1]
    return {
        "version": version,
        "text": text,
        "body": body,
        "controller": controller(),
        "pending": queries.pending_version(),
        "has_body_language": text is None or text.language == language,
    }


def _page(language: str):
    from cn_portal.website.models.privacy import NoticePage

    return NoticePage.objects.live().filter(locale__in=Locale.objects.filter(language_code=language)).first()


def notice_context(language: str, *, day: date | None = None) -> dict:
    """What the fixed text is filled with in `language`, with the periods that rule on `day`.

    fixed_text (a template), controller, purposes, colleague_purposes, recipients (names), transfers (those of them
    outside the EEA), consents (what may be asked for, with how long a yes lasts).
    """
    with override(language):
        purposes = [_purpose(row, day) for row in queries.register()["activities"]]
        return {
            "fixed_text": FIXED_TEXT.get(language, FIXED_TEXT["en"]),
            "controller": controller(),
            "purposes": [purpose for purpose in purposes if not purpose.about_colleagues],
            "colleague_purposes": [purpose for purpose in purposes if purpose.about_colleagues],
            "recipients": (names := sorted({name for purpose in purposes for name in purpose.recipients})),
            "transfers": queries.transfers_of(names),
            "consents": sorted(registry.purposes(), key=lambda each: each.code),
        }


def purpose_of(code: str) -> Purpose:
    """One purpose in the active language, for the short text at a form (L24)."""
    return next(_purpose(row) for row in queries.register()["activities"] if row["code"] == code)


def _purpose(row, day: date | None = None) -> Purpose:
    activity = registry.activity_of(row["code"])
    own = queries.declarations_under(activity)
    return Purpose(
        code=row["code"],
        title=row["title"],
        plainly=row["plainly"],
        article=row["article"],
        ground=row["interest"] or row["law"],
        categories=_categories(own),
        recipients=[each["name"] for each in row["receivers"] if each["state"] != PROPOSED],
        keep=[f"{each.title}: {_rule(each, day)}" for each in own if not isinstance(each.keep, KeepWith)],
        about_colleagues=activity.subjects == ONLY_COLLEAGUES,
    )


def _rule(declaration, day) -> str:
    keep = keep_of(declaration, day)
    return queries.rule_text(declaration, keep if isinstance(keep, KeepFor) else None)


def _categories(declarations) -> list[str]:
    """The kinds of facts, each once, in alphabetical order of the language."""
    found = {what.category for each in declarations for what in each.fields_of(Field).values()}
    return sorted(str(category.title) for category in found)
