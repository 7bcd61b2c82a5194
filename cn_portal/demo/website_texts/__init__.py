"""What the public site says: one list of pages for each language, in the same order, joined by `key`.

A page of the list names its kind (a page model of the website), its parent's key, its words, and the blocks of its body
as pairs of kind and content. Both languages are written for their readers, not translated word by word.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("nb", "en")


@dataclass(frozen=True)
class PageText:
    """One page in one language; `values` are further fields of its model, `*_page` among them keys of other pages."""

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


def _read(language) -> list[PageText]:
    pages = json.loads((HERE / f"{language}.json").read_text(encoding="utf-8"))
    return [PageText(**page) for page in pages]


TEXTS = {language: _read(language) for language in LANGUAGES}
