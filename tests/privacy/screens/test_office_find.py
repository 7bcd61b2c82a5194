"""Looking everywhere: a POST with purpose and case, places and counts, never the text around them (T38)."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache

from privacy.actions.roles import OFFICE
from privacy.models import TrailEntry
from tests.privacy.actions.breaching import opened

URL = "/admin/privacy/find/"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


def look(client, **said):
    return client.post(URL, {"text": "Karikanari", "purpose": "breach", **said})


def test_places_and_counts_and_no_excerpt(officer, enter, kari):
    breach = opened()
    answer = look(enter(officer), number=breach.number)
    assert "files of people" in answer.text or "privacy_storedfile.display_name" in answer.text
    assert "arikanari.txt" not in answer.text and "arikanari@kunde" not in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert TrailEntry.objects.get(action="office.searched").reason == f"breach:{breach.number}"


def test_nothing_found_says_what_is_not_seen(officer, enter):
    page = look(enter(officer), number=opened().number, text="nobody wrote this").text
    assert "Text in pictures and in scans is not seen" in page


def test_a_get_searches_nothing_and_shows_no_string(officer, enter, kari):
    page = enter(officer).get(f"{URL}?text=Karikanari").text
    assert "arikanari" not in page and not TrailEntry.objects.filter(action="office.searched").exists()


def test_what_is_missing_is_said_and_the_limit_is_429(officer, enter, monkeypatch):
    client = enter(officer)
    assert "This field is required" in look(client).text
    assert "Give the number of the case" in look(client, number="nonsense").text
    monkeypatch.setattr("privacy.actions.finding.MOST_SEARCHES", 0)
    answer = look(client, number=opened().number)
    assert answer.status_code == 429 and "Wait a little" in answer.text


def test_slow_places_are_told_on_the_page(officer, enter, monkeypatch):
    monkeypatch.setattr("privacy.queries.find.SLOW", 0.0)
    assert "tell whoever runs the portal" in look(enter(officer), number=opened().number).text


def test_only_who_may_find_enters(officer, enter, kari):
    group = Group.objects.get(name=OFFICE)
    group.permissions.remove(group.permissions.get(codename="find_staffread"))
    client = enter(officer)
    assert client.get(URL).status_code == 403
    assert look(client, number=opened().number).status_code == 403
    assert not TrailEntry.objects.filter(action="office.searched").exists()
    assert f'"{URL}"' not in client.get("/admin/").text
