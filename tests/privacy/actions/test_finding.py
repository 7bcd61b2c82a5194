"""Looking everywhere asks what for and in which case, notes both, never what was looked for, and has a limit (T38)."""

import pytest
from django.core.cache import cache
from django.utils.translation import override

from privacy.actions.finding import FindRefused, TooManySearches, find_for
from privacy.models import TrailEntry
from tests.privacy.actions.breaching import opened


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_purpose_and_case_are_noted_and_the_string_is_not(kari, siv):
    breach = opened()
    found = find_for("Kari Gjest", purpose="breach", number=breach.number.lower(), by=siv)
    assert {hit.place for hit in found.hits} >= {"default:toy_guest.name"}
    entry = TrailEntry.objects.get(action="office.searched")
    assert (entry.actor, entry.reason, entry.subject) == (siv.pk, f"breach:{breach.number}", None)
    assert "Kari" not in str(list(TrailEntry.objects.values()))


@pytest.mark.parametrize(
    "said",
    [
        {"text": " ab "},
        {"purpose": "curiosity"},
        {"purpose": ""},
        {"number": "BR-2020-000001"},
        {"number": "SR-2020-000001"},
        {"number": "my case"},
    ],
)
def test_without_a_reason_nothing_is_searched(kari, siv, said):
    whole = {"text": "Kari", "purpose": "authority", "number": "AC-2026-000001"}
    find_for(**whole, by=siv)
    with pytest.raises(FindRefused, match="Nothing was searched"):
        find_for(**whole | said, by=siv)
    assert TrailEntry.objects.filter(action="office.searched").count() == 1


def test_the_eleventh_search_in_ten_minutes_is_refused_and_a_colleagues_first_is_not(db, siv, per, monkeypatch):
    monkeypatch.setattr("privacy.actions.finding.find_everywhere", lambda text, now: "found")
    whole = {"text": "Kari", "purpose": "authority", "number": "AC-2026-000001"}
    assert [find_for(**whole, by=siv) for _ in range(10)] == ["found"] * 10
    with pytest.raises(TooManySearches):
        find_for(**whole, by=siv)
    assert find_for(**whole, by=per) == "found"
    assert TrailEntry.objects.filter(action="office.searched").count() == 11
