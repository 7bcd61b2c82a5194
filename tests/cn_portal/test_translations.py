import gettext
import os

import pytest

from cn_portal import translations

CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Mailbox"
msgstr "Postkasse på øya"
"""


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    path = tmp_path / "crm/locale/nb/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_once(source):
    assert translations.compile_catalogues() == 1
    with source.with_suffix(".mo").open("rb") as made:
        assert gettext.GNUTranslations(made).gettext("Mailbox") == "Postkasse på øya"
    assert translations.compile_catalogues() == 0
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_newer_source_is_compiled_again(source):
    translations.compile_catalogues()
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert translations.compile_catalogues() == 1
