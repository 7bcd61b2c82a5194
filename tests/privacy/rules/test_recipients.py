from datetime import date, timedelta

import pytest
from django.utils.translation import override

from privacy.rules import recipients as rules

DAY = date(2028, 3, 1)
GOOD = {
    "name": "Bring",
    "role": "dpv:ThirdParty",
    "country": "NO",
    "transfer_tool": "",
    "agreement": None,
    "agreement_expires_on": None,
}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    "name", ["etc.", "Bring, TNT etc", "Bring osv.", "Bring m.fl.", "Bring og andre", "Bring and others", "…", " ", ""]
)
def test_a_list_that_goes_on_is_no_name(name):
    assert not rules.names_one_party(name)


@pytest.mark.parametrize("name", ["Bring", "Fetch AS", "Etcetera Media AS", "Sketchers AS", "Solvo AS", "Osvald AS"])
def test_one_party_is_a_name(name):
    assert rules.names_one_party(name)


def test_nothing_is_missing_of_a_partner_here():
    assert rules.missing(GOOD, day=DAY) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": "Bring etc."}, "Name one party"),
        ({"country": "Norge"}, "two letters"),
        ({"country": "no"}, "two letters"),
        ({"country": "US"}, "outside the EEA"),
        ({"country": "GB", "transfer_tool": "  "}, "outside the EEA"),
        ({"role": rules.PROCESSOR}, "processor needs"),
        ({"agreement_expires_on": DAY - timedelta(days=1)}, "has run out"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(change, word):
    (sentence,) = rules.missing(GOOD | change, day=DAY)
    assert word in sentence


@pytest.mark.parametrize(
    "change",
    [
        {"country": "US", "transfer_tool": "SCC 2021/914"},
        {"country": "IS"},
        {"country": "LI"},
        {"role": rules.PROCESSOR, "agreement": "a paper"},
        {"agreement_expires_on": DAY},
    ],
)
def test_with_tool_or_paper_or_on_the_last_day_nothing_is_missing(change):
    assert rules.missing(GOOD | change, day=DAY) == []


def test_the_eea_has_thirty_countries_and_not_the_neighbours():
    assert len(rules.EEA) == 30 and rules.is_eea("se") and rules.is_eea("NO")
    assert not any(rules.is_eea(code) for code in ("GB", "CH", "US", "UA"))


def test_an_agreement_holds_through_its_last_day():
    assert not rules.is_expired(DAY, DAY) and rules.is_expired(DAY, DAY + timedelta(days=1))
    assert not rules.is_expired(None, DAY)


@pytest.mark.parametrize(
    ("days", "which"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0)]
)
def test_the_office_is_reminded_60_30_and_7_days_before(days, which):
    assert rules.reminder(DAY + timedelta(days=days), DAY) == which
    assert rules.reminder(None, DAY) is None


def test_an_ended_recipient_goes_nowhere():
    assert not any(rules.may_move("ended", to) for to in rules.MOVES)
    assert rules.may_move("suspended", "active") and not rules.may_move("proposed", "suspended")
