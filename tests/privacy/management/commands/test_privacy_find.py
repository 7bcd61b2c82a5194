from datetime import date

import pytest

from privacy.actions import place_hold
from privacy.models import TrailEntry
from tests.toy.models import Bill
from tests.toy.personal_data import LAW


def test_the_document_names_each_place_once_with_a_count(run, kari, ola):
    ended = run("privacy_find", "kari whispers", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert ended.document == {"hits": [{"place": "default:toy_bill.whisper (sealed)", "count": 1, "kept_because": ""}]}
    places = [hit["place"] for hit in run("privacy_find", "gjest", "--format", "json").document["hits"]]
    assert "default:toy_guest.email" in places and len(places) == len(set(places))


def test_what_is_held_says_why_and_until_when_as_long_as_all_of_it_is(run, kari, ola):
    law = {"ground": "statutory", "law": LAW, "reason": "the law", "until": date(2031, 12, 31), "by": None}
    place_hold(kari.bill, subject=kari.subject, **law)
    (hit,) = run("privacy_find", "Kari AS", "--format", "json").document["hits"]
    assert hit["kept_because"] == f"{LAW}: 2031-12-31"
    assert f"{hit['place']}: 1 (kept: {LAW}: 2031-12-31)\n" == run("privacy_find", "Kari AS").out
    Bill.objects.filter(pk=ola.bill.pk).update(note="Kari noted")
    assert run("privacy_find", "Kari noted").out == "default:toy_bill.note: 2\n"


def test_nothing_found_is_no_failure(run, kari):
    assert run("privacy_find", "zebra", "--format", "json").document == {"hits": []}
    ended = run("privacy_find", "zebra")
    assert (ended.code, ended.out, ended.err) == (0, "No place holds it.\n", "")


def test_an_empty_database_holds_nothing(run, db):
    assert run("privacy_find", "kari@gjest.example", "--format", "json").document == {"hits": []}


def test_a_search_is_noted_without_what_was_looked_for(run, kari):
    before = run("privacy_find", "whispers", "--format", "json").document
    entry = TrailEntry.objects.get(action="office.searched")
    assert (entry.reason, entry.subject, entry.actor) == ("privacy_find", None, None)
    # Had the first search left its words anywhere, the second one would find them.
    assert run("privacy_find", "whispers", "--format", "json").document == before and before["hits"]


@pytest.mark.parametrize("text", ["", "ab", " a ", "   "])
def test_less_than_three_characters_is_a_mistake_of_use(run, kari, everything, text):
    before = everything()
    ended = run("privacy_find", text, "--format", "json")
    assert ended.is_refused(2) and "three" in ended.err and ended.out == "" and everything() == before


def test_three_characters_are_enough(run, kari):
    assert run("privacy_find", " Kar ", "--format", "json").document["hits"]
