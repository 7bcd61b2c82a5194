"""Every text a person can read exists in Bokmål: sources are read anew and compared with the catalogues."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract, extract_from_file
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override, template

from cn_portal import translations

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


def wanted(path):
    """(context, text) of every translatable string in one source file."""
    is_code = path.suffix == ".py"
    found = extract_from_file("python", path, keywords=KEYWORDS) if is_code else _from_template(path)
    for _line, message, _comments, context in found:
        text = message[0] if isinstance(message, tuple) else message
        if text:
            yield context, text


def _from_template(path):
    """Django turns a template into lines that look like calls of gettext; those are read like any other source."""
    turned = template.templatize(path.read_text(encoding="utf-8"), origin=str(path))
    flush_left = "\n".join(line.strip() for line in turned.splitlines())
    yield from extract("python", BytesIO(flush_left.encode()), keywords=KEYWORDS)


def sources(app):
    return sorted(path for kind in ("*.py", "*.html", "*.txt") for path in (ROOT / app).rglob(kind) if _counts(path))


def _counts(path):
    return not {"migrations", "locale", "static", "__pycache__"} & set(path.parts) and "requirements" not in path.name


def translated():
    """Everything our catalogues answer in Bokmål, without what is marked fuzzy or left empty."""
    known = {}
    for path in translations.catalogues():
        if "nb" in path.parts:
            with path.open("rb") as source:
                known |= {_key(message): message for message in read_po(source) if message.id and _is_done(message)}
    return known


def _key(message):
    return message.context, message.id[0] if isinstance(message.id, tuple) else message.id


def _is_done(message):
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings) and not message.fuzzy


def from_frameworks(text):
    """Whether Django or Wagtail bring the Norwegian for it; it then needs none of ours."""
    with override("nb"):
        return gettext(text) != text


@pytest.mark.parametrize("app", translations.APPS)
def test_every_text_has_its_norwegian(app):
    known = translated()
    missing = {
        f"{path.relative_to(ROOT)}: {text}"
        for path in sources(app)
        for context, text in wanted(path)
        if (context, text) not in known and not from_frameworks(text)
    }
    assert sorted(missing) == []


def test_places_for_values_are_the_same_in_both_languages():
    """A value that is missing from the translation, or misspelt in it, is an error only a reader would meet."""
    wrong = {}
    for (_context, text), message in translated().items():
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        target = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = {frozenset(PLACE.findall(part)) for part in source}
        if not {frozenset(PLACE.findall(part)) for part in target} <= allowed:
            wrong[text] = target
    assert wrong == {}


def test_the_reader_of_sources_sees_texts(tmp_path):
    page, module = tmp_path / "page.html", tmp_path / "module.py"
    page.write_text(
        '{% load i18n %}{% translate "One" %}{% blocktranslate trimmed %}\n Two {{ x }}\n{% endblocktranslate %}'
    )
    module.write_text('from x import gettext_lazy as _\ntitle = _("Three")\nother = pgettext("kind", "Four")\n')
    assert list(wanted(page)) == [(None, "One"), (None, "Two %(x)s")]
    assert list(wanted(module)) == [(None, "Three"), ("kind", "Four")]


def test_no_compiled_catalogue_is_committed():
    listed = subprocess.run(["git", "ls-files", "*.mo"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert listed.stdout == ""
