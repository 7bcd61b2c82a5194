"""Any future day over HTTP: what goes, what is held and why, row by row, without a name (N54)."""

from datetime import date

import pytest
from django.urls import reverse

from privacy import actions
from privacy.models import LegalHold
from tests.privacy.actions.test_consent import noon
from tests.toy.factories import booking, guest, person
from tests.toy.models import Guest

URL = "/admin/privacy/retention/rehearsal/"


@pytest.fixture
def office(officer, enter, frozen_day):
    frozen_day("2026-03-10")
    return enter(officer)


@pytest.fixture
def guests(office):
    """One that goes on 1 March 2027, one that is held, one whose time is not up."""
    free = guest(person("fri@gjest.example"), name="Ruth Fri", visited_on=date(2025, 2, 27))
    held = guest(person("holdt@gjest.example"), name="Ruth Holdt", visited_on=date(2025, 2, 28))
    booking(held, open=True)
    late = guest(person("sen@gjest.example"), name="Ruth Sen", visited_on=date(2025, 3, 1))
    return free, held, late


def test_before_a_day_is_chosen_nothing_is_walked(office):
    page = office.get(URL).text
    assert 'value="2026-03-10"' in page and "Nothing is due" not in page


def test_what_goes_on_a_day_and_what_stays(office, guests):
    page = office.get(URL, {"day": "2027-03-01"}).text
    assert "On 1 March 2027" in page and "1 stays" in page and "Guests" in page and "Ruth" not in page
    rows = office.get(f"{URL}toy.Guest/", {"day": "2027-03-01"}).text
    free, held, late = guests
    assert str(free.pk)[:8] in rows and str(held.pk)[:8] in rows and str(late.pk)[:8] not in rows
    assert "is deleted" in rows and "the stay is still to come" in rows and "GDPR Art 6(1)(b)" in rows
    assert "Ruth" not in rows and "gjest.example" not in rows
    assert Guest.objects.count() == 3


def test_the_day_before_and_the_day_after(office, guests):
    free, held, late = guests
    for day, there in (("2027-02-27", 0), ("2027-02-28", 1), ("2027-03-01", 2), ("2027-03-02", 3)):
        rows = office.get(f"{URL}toy.Guest/", {"day": day}).text
        assert sum(str(each.pk)[:8] in rows for each in guests) == there, day


def test_a_filter_shows_only_what_goes_or_only_what_stays(office, guests):
    free, held, _late = guests
    goes = office.get(f"{URL}toy.Guest/", {"day": "2027-03-01", "what": "goes"}).text
    stays = office.get(f"{URL}toy.Guest/", {"day": "2027-03-01", "what": "stays"}).text
    assert str(free.pk)[:8] in goes and str(held.pk)[:8] not in goes
    assert str(free.pk)[:8] not in stays and str(held.pk)[:8] in stays
    odd = office.get(f"{URL}toy.Guest/", {"day": "2027-03-01", "what": "odd"}).text
    assert str(free.pk)[:8] in odd and str(held.pk)[:8] in odd
    assert "No row fits." in office.get(f"{URL}toy.Guest/", {"day": "2026-03-10"}).text


def test_a_hold_with_papers_is_named_with_its_law(office, guests, siv):
    free, *_rest = guests
    hold = LegalHold.objects.create(
        subject=free.subject,
        model="toy.Guest",
        object_pk=str(free.pk),
        ground="claim",
        kind="claim",
        law="GDPR Art 17(3)(e)",
        reason="a dispute about the bed",
        until=date(2028, 1, 1),
    )
    rows = office.get(f"{URL}toy.Guest/", {"day": "2027-03-01", "what": "stays"}).text
    assert "a dispute about the bed" in rows and "1 January 2028" in rows
    assert f'href="{reverse("privacy-hold", args=[hold.pk])}"' in rows


def test_the_rows_have_pages(office, guests, monkeypatch):
    monkeypatch.setattr("privacy.screens.office_retention_rehearsal.ITEMS_ON_A_PAGE", 1)
    seen = []
    for number in ("1", "2"):
        page = office.get(f"{URL}toy.Guest/", {"day": "2027-03-01", "p": number}).text
        seen.append({str(each.pk)[:8] for each in guests if str(each.pk)[:8] in page})
        assert ("p=2" in page) == (number == "1") and ("p=1" in page) == (number == "2")
    assert [len(found) for found in seen] == [1, 1] and seen[0] != seen[1]
    assert office.get(f"{URL}toy.Guest/", {"day": "2027-03-01", "p": "odd"}).status_code == 200


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-03-09", "This day is over"),
        ("2077-01-01", "more than fifty years ahead"),
        ("01.03.2027", "This is no day."),
        ("", "This field is required."),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_a_sentence(office, day, sentence):
    assert sentence in office.get(URL, {"day": day}).text
    assert office.get(f"{URL}toy.Guest/", {"day": day}).status_code == 404


def test_a_class_without_a_clock_has_no_rows_to_rehearse(office):
    for label in ("toy.Booking", "toy.Nothing", "privacy.RetentionRun"):
        assert office.get(f"{URL}{label}/", {"day": "2027-03-01"}).status_code == 404, label


def test_what_was_rehearsed_is_what_goes_item_by_item(office, guests, frozen_day):
    rows = office.get(f"{URL}toy.Guest/", {"day": "2027-03-01", "what": "goes"}).text
    shown = {each.pk for each in guests if str(each.pk)[:8] in rows}
    frozen_day("2027-03-01")
    actions.run_retention(as_of=noon("2027-03-01"), allow_large=True)
    assert {each.pk for each in guests} - set(Guest.objects.values_list("pk", flat=True)) == shown


def test_an_unusual_day_says_that_it_would_ask(office, guests, settings):
    settings.PRIVACY_RETENTION_BRAKE = {"rows": 0, "share": 0.1}
    assert "would stop and ask first" in office.get(URL, {"day": "2027-03-01"}).text
