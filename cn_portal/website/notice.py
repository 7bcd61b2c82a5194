"""What the notice says, read from the register of processing, so that it cannot disagree with the system (N3, T10)."""

from dataclasses import dataclass

from django.utils.translation import override

from cn_portal.website.controller import controller
from privacy import queries, registry
from privacy.declare import Field, KeepWith

FIXED_TEXT = {"nb": "website/notice/nb.html", "en": "website/notice/en.html"}
ONLY_COLLEAGUES = ("staff",)


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


def notice_context(language: str) -> dict:
    """What the notice page shows in `language`.

    fixed_text (a template), controller, purposes, colleague_purposes, recipients (names).
    """
    with override(language):
        purposes = [_purpose(row) for row in queries.register()["activities"]]
        return {
            "fixed_text": FIXED_TEXT.get(language, FIXED_TEXT["en"]),
            "controller": controller(),
            "purposes": [purpose for purpose in purposes if not purpose.about_colleagues],
            "colleague_purposes": [purpose for purpose in purposes if purpose.about_colleagues],
            "recipients": sorted({name for purpose in purposes for name in purpose.recipients}),
        }


def purpose_of(code: str) -> Purpose:
    """One purpose in the active language, for the short text at a form (L24)."""
    return next(_purpose(row) for row in queries.register()["activities"] if row["code"] == code)


def _purpose(row) -> Purpose:
    activity = registry.activity_of(row["code"])
    own = queries.declarations_under(activity)
    return Purpose(
        code=row["code"],
        title=row["title"],
        plainly=row["plainly"],
        article=row["article"],
        ground=row["interest"] or row["law"],
        categories=_categories(own),
        recipients=row["recipients"],
        keep=[f"{each.title}: {queries.rule_text(each)}" for each in own if not isinstance(each.keep, KeepWith)],
        about_colleagues=activity.subjects == ONLY_COLLEAGUES,
    )


def _categories(declarations) -> list[str]:
    """The kinds of facts, each once, in alphabetical order of the language."""
    found = {what.category for each in declarations for what in each.fields_of(Field).values()}
    return sorted(str(category.title) for category in found)
