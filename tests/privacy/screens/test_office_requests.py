"""The office's list of requests and the page of one case: late first, found by number and by fingerprint."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from privacy import actions
from privacy.models import StaffRead, SubjectRequest
from privacy.queries.office_cases import case_numbers, cases, cases_of_address

URL = "/admin/privacy/requests/"


@pytest.fixture
def office(officer, enter):
    return enter(officer)


@pytest.fixture
def asked(today):
    """Opens a request of a person, some days ago."""

    def ask(user, right="access", *, days=0, **more):
        return actions.open_request(
            user.subject, right=right, received_on=today - timedelta(days=days), by=None, **more
        )

    return ask


def numbers_in(page):
    return re.findall(r">(SR-\d{4}-\d{6})</a>", page)


def test_late_cases_come_first_and_are_marked(office, kari, ola, make_person, asked):
    fresh = asked(kari)
    late = asked(ola, days=70)
    soon = asked(make_person("Sivkanari"), days=27)
    page = office.get(URL).text
    assert numbers_in(page) == [late.number, soon.number, fresh.number]
    assert page.count("days late") == 1 and 'class="cn-late"' in page
    assert "1 late" in page and "1 due within a week" in page and "3 open in all" in page
    assert "arikanari" not in page and "lakanari" not in page


def test_filters_by_state_right_and_number(office, kari, ola, asked, officer):
    copy, wrong = asked(kari), asked(ola, "correction")
    actions.take_back(wrong, by=officer)
    assert numbers_in(office.get(URL).text) == [copy.number]
    assert numbers_in(office.get(URL, {"state": "all"}).text) == [copy.number, wrong.number]
    assert numbers_in(office.get(URL, {"state": "over"}).text) == [wrong.number]
    assert numbers_in(office.get(URL, {"state": "closed", "right": "correction"}).text) == [wrong.number]
    assert numbers_in(office.get(URL, {"state": "all", "right": "access"}).text) == [copy.number]
    assert numbers_in(office.get(URL, {"number": copy.number[-3:].lower()}).text) == [copy.number]
    assert "No request fits." in office.get(URL, {"number": "SR-1999"}).text
    assert numbers_in(office.get(URL, {"state": "made-up"}).text) == [copy.number]


def test_an_address_finds_its_requests_by_its_fingerprint_alone(office, kari, ola, asked):
    mine, other = asked(kari), asked(ola)
    page = office.post(URL, {"email": f"  {kari.email.upper()} "})
    assert numbers_in(page.text) == [mine.number] and other.number not in page.text
    assert "Nobody known by this address" in office.post(URL, {"email": kari.email[1:]}).text
    assert "Enter a valid email address." in office.post(URL, {"email": "kari"}).text
    assert numbers_in(office.get(URL, {"email": kari.email, "state": "all"}).text) == [mine.number, other.number]


def test_records_that_are_one_person_are_found_by_either_address(kari, asked, officer):
    asked(kari)
    letter = actions.register_letter(
        right="erasure",
        channel="letter",
        received_on=timezone.localdate(),
        text="Slett meg.",
        contact={"email": "kari.hjemme@kunde.example"},
        by=officer,
    )
    assert list(cases_of_address(kari.email)) == [SubjectRequest.objects.get(right="access")]
    letter.subject.proved_as = kari.subject
    letter.subject.save()
    found = {each.right for each in cases_of_address("kari.hjemme@kunde.example")}
    assert found == {each.right for each in cases_of_address(kari.email)} == {"access", "erasure"}


def test_an_empty_list_says_what_will_stand_there(office):
    assert "No request is open." in office.get(URL).text


def test_the_list_has_pages(office, make_person, asked, monkeypatch):
    monkeypatch.setattr("privacy.screens.office_requests.ON_A_PAGE", 1)
    first = asked(make_person("Forstkanari"), days=3)
    second = asked(make_person("Annenkanari"), days=2)
    page = office.get(URL, {"state": "all"}).text
    assert numbers_in(page) == [first.number] and "?state=all&amp;p=2" in page and "Page 1 of 2" in page
    page = office.get(URL, {"state": "all", "p": 2}).text
    assert numbers_in(page) == [second.number] and "?state=all&amp;p=1" in page


def test_thirty_cases_cost_as_many_queries_as_one(office, officer, kari, asked, make_person):
    def count(url):
        with CaptureQueriesContext(connection) as seen:
            assert office.get(url).status_code == 200
        return len(seen)

    pages = (URL, "/admin/privacy/", "/admin/")
    asked(kari)
    one = {url: count(url) for url in pages if office.get(url).status_code == 200}
    subjects = [actions.register_subject(role="guest", by=None) for _number in range(29)]
    for subject in subjects:
        actions.open_request(subject, right="access", by=None)
    assert SubjectRequest.objects.count() == 30
    assert {url: count(url) for url in pages} == one


def test_the_numbers_of_the_day_on_both_sides_of_each_cut_off(kari, ola, make_person, asked, officer):
    late, soon = asked(kari), asked(ola)
    waits = asked(make_person("Ventkanari"))
    actions.ask(waits, what="identity", text="Hvem er du?", by=officer)
    unclear = asked(make_person("Uklarkanari"), "correction")
    actions.ask(unclear, what="clarification", text="Hva mener du?", by=officer)
    silent = actions.open_request(actions.register_subject(role="guest", by=None), right="access", by=None)
    assert silent.state == "received"
    day = late.due_on
    SubjectRequest.objects.exclude(pk=late.pk).update(due_on=day + timedelta(days=8))
    SubjectRequest.objects.filter(pk=soon.pk).update(due_on=day + timedelta(days=7))
    seen = case_numbers(day=day)
    assert (seen.open, seen.late, seen.soon, seen.identity, seen.clarification, seen.new) == (5, 0, 2, 1, 1, 1)
    assert case_numbers(day=day + timedelta(days=1)).late == 1
    assert [case.pk for case in seen.first][:2] == [late.pk, soon.pk]


def test_an_extended_case_counts_by_its_later_date(kari, asked, officer):
    case = asked(kari)
    first = case.due_on
    actions.extend(case, reason_code="complexity", text="Det er mye.", by=officer)
    assert case_numbers(day=first + timedelta(days=1)).late == 0
    assert cases().get().acting == case.extended_due_on > first


def test_the_page_of_a_case_says_everything_and_notes_the_look(office, officer, kari, asked, today):
    case = asked(
        kari,
        "correction",
        days=3,
        text="Navnet er feil.",
        about=kari,
        fields=["first_name"],
        contact={"name": "Kari Prøve", "email": "kari@hjemme.example", "postal_address": "Kaigata 1, 8310 Kabelvåg"},
    )
    actions.ask(case, what="identity", text="Er det deg?", by=officer, on=today)
    page = office.get(f"{URL}{case.pk}/").text
    for words in (case.number, "Correction (Art 16)", "Navnet er feil.", "Er det deg?", "Kari Prøve", "Kaigata 1"):
        assert words in page
    assert "waiting: who is it?" in page and "Answer by" in page and "A question was sent" in page
    assert "first name" in page.lower() and "Vernkanari" in page
    assert StaffRead.objects.filter(actor=officer.pk, model="privacy.SubjectRequest").count() == 1
    office.head(f"{URL}{case.pk}/")
    assert StaffRead.objects.count() == 1


def test_both_dates_are_shown_and_the_alarm_is_on_the_unpaused_one(office, officer, kari, asked, today):
    case = asked(kari, days=70)
    actions.ask(case, what="clarification", text="Hva mener du?", by=officer, on=today - timedelta(days=69))
    actions.receive_reply(case, text="Alt.", by=officer, on=today)
    page = office.get(f"{URL}{case.pk}/").text
    assert case.paused_due_on > today > case.due_on
    assert "With the days of waiting" in page and "The answer was due on" in page and "days late" in page


def test_a_case_due_today_and_one_that_is_over(office, officer, kari, asked, today):
    case = asked(kari)
    SubjectRequest.objects.filter(pk=case.pk).update(due_on=today)
    assert "The answer is due today." in office.get(f"{URL}{case.pk}/").text
    actions.answer(case, outcome="fulfilled", text="Her er alt.", by=officer)
    page = office.get(f"{URL}{case.pk}/").text
    assert "The answer is due today." not in page and "Her er alt." in page and "Answered: done" in page
    assert f"answered {today.day} " in office.get(URL, {"state": "all"}).text


def test_no_such_case(office):
    assert office.get(f"{URL}00000000-0000-4000-8000-000000000000/").status_code == 404
