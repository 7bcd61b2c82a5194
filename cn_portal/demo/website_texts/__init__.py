"""What the public site says, written in both languages: one list of pages each, in the same order, joined by `key`."""

from dataclasses import dataclass, field

from cn_portal.demo.website_texts import en, nb


@dataclass(frozen=True)
class PageText:
    """One page: its kind (a page model of the website), parent and words. `body` and `specs` are lists of blocks."""

    key: str
    kind: str
    slug: str
    title: str
    lead: str
    parent: str = "home"
    in_menu: bool = False
    values: dict = field(default_factory=dict)
    specs: tuple = ()
    body: tuple = ()


TEXTS = {
    "nb": [PageText(**page) for page in nb.PAGES],
    "en": [PageText(**page) for page in en.PAGES],
}
