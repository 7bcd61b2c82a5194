"""Papers of the office, the cache and log files are searched too; slow places are told."""

import io
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import timezone

from privacy.actions.documents import file_document
from privacy.models import TrailEntry
from privacy.models.keys import ServiceKey
from privacy.queries import find, find_outside
from privacy.queries.find import find_everywhere


def places(text):
    return {hit.place: hit.count for hit in find_everywhere(text, now=timezone.now()).hits}


def test_papers_are_found_by_name_and_content_and_opening_them_is_noted(db):
    for name, content in (("Kariorder.pdf", b"x"), ("b.pdf", b"about Kariorder"), ("c.pdf", b"about Ola")):
        file_document(io.BytesIO(content), kind="order", display_name=name, media_type="application/pdf", by=None)
    assert places("kariorder") == {"papers of the office (opened)": 2}
    assert TrailEntry.objects.filter(action="paper.opened").count() == 2
    ServiceKey.objects.filter(name__startswith="paper/").delete()
    assert places("kariorder") == {}


def test_the_cache_is_found_by_key_and_value(db):
    cache.set("kari-of-the-cache", 1)
    cache.set("other", {"name": "Kari-of-the-cache"})
    cache.set("neighbour", "Ola")
    try:
        assert places("kari-of-the-cache") == {"cache": 2}
    finally:
        cache.clear()
    assert places("kari-of-the-cache") == {}


def test_a_cache_behind_a_client_is_walked_key_by_key(db, monkeypatch):
    held = {b"session:1": b"Kari", b"kari:2": None, b"3": "Ola"}
    client = SimpleNamespace(scan_iter=lambda count: iter(held), get=held.get)
    redis = SimpleNamespace(_cache=SimpleNamespace(get_client=lambda: client))
    monkeypatch.setattr(find_outside, "caches", {"default": redis})
    assert find_outside.in_cache("kari") == 2


def test_lines_of_log_files_below_var_are_counted(db, settings, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "web.log").write_text("Kari came\nOla came\nKari went\n", encoding="utf-8")
    (tmp_path / "logs" / "web.log.1").write_bytes(b"\xff Kari \n")
    (tmp_path / "notes.txt").write_text("Kari", encoding="utf-8")
    assert places("kari") == {"log files": 3}


def test_slow_places_are_told(db, monkeypatch):
    # However busy the machine is that runs this.
    monkeypatch.setattr(find, "SLOW", 3600.0)
    assert find_everywhere("nothing", now=timezone.now()).slow == []
    monkeypatch.setattr(find, "SLOW", 0.0)
    assert "tables" in find_everywhere("nothing", now=timezone.now()).slow


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_is_looked_for_without_a_text(db, text):
    assert find_everywhere(text, now=timezone.now()) == find.Found([], {})
