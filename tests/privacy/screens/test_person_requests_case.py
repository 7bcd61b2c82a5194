"""The page of one case: its number, both dates, the words, a reply, taking it back, the way to complain (L46, N62)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privacy import actions
from privacy.models import RequestMessage, SubjectRequest


@pytest.fixture
def case(kari, frozen_day):
    frozen_day("2026-03-02")
    said = "Hvorfor har dere dette?"
    return actions.open_request(kari.subject, right="objection", activity="accounts", text=said, by=kari)


def address(case, more=""):
    return f"/my-data/requests/{case.number}/{more}"


def test_a_case_shows_number_dates_words_and_the_complaint(case, kari, sign_in):
    page = sign_in(kari, language="en").get(address(case)).content.decode()
    for text in (
        case.number,
        "2 March 2026",
        "7 April 2026",
        "Hvorfor har dere dette?",
        "Your account",
        "Postboks 458 Sentrum, 0105 Oslo",
        "Take the request back",
    ):
        assert text in page, text
    assert "With the days we waited for you" not in page
    assert "Answer us" not in page


def test_the_list_shows_every_case_with_its_date_and_state(case, kari, ola, sign_in):
    actions.have_it_in_writing(kari.subject, by=kari)
    page = sign_in(kari, language="en").get("/my-data/requests/").content.decode()
    assert page.count('href="/my-data/requests/SR-') == 2
    assert "by 7 April 2026" in page and "done" in page
    other = sign_in(ola, language="en").get("/my-data/requests/").content.decode()
    assert "No requests yet" in other and case.number not in other


def test_the_newest_five_stand_on_the_page_itself(kari, sign_in):
    client = sign_in(kari, language="en")
    assert "You have not asked us for anything yet." in client.get("/my-data/").content.decode()
    numbers = [actions.have_it_in_writing(kari.subject, by=kari).number for _each in range(6)]
    page = client.get("/my-data/").content.decode()
    assert [number in page for number in numbers] == [False, True, True, True, True, True]
    assert "All your requests" in page


def test_a_question_is_answered_and_both_dates_are_shown(case, kari, sign_in, frozen_day):
    frozen_day("2026-03-10")
    actions.ask(case, what="clarification", text="Mener du kontoen?", by=None)
    client = sign_in(kari, language="en")
    page = client.get(address(case)).content.decode()
    assert "Mener du kontoen?" in page and "Answer us" in page
    assert "waiting for your answer" in page
    frozen_day("2026-03-20")
    client = sign_in(kari, language="en")
    done = client.post(address(case, "reply/"), {"text": "Ja, kontoen."}, follow=True).content.decode()
    assert "Your answer has come to us." in done and "Ja, kontoen." in done
    case.refresh_from_db()
    assert (case.due_on, case.paused_due_on) == (date(2026, 4, 7), date(2026, 4, 17))
    assert "With the days we waited for you" in done and "17 April 2026" in done and "7 April 2026" in done


def test_an_empty_answer_is_not_sent(case, kari, sign_in):
    actions.ask(case, what="clarification", text="Mener du kontoen?", by=None)
    page = sign_in(kari, language="en").post(address(case, "reply/"), {"text": "  "}).content.decode()
    assert "Write your answer first. Nothing has been sent." in page
    assert not RequestMessage.objects.filter(kind="reply").exists()


def test_an_answer_to_a_case_that_is_over_is_refused_and_the_text_kept(case, kari, sign_in):
    actions.take_back(case, by=kari)
    page = sign_in(kari, language="en").post(address(case, "reply/"), {"text": "Forresten"}).content.decode()
    assert "Forresten" in page and "This request is answered." in page
    assert not RequestMessage.objects.filter(kind="reply").exists()


def test_a_request_is_taken_back_and_once_is_enough(case, kari, sign_in):
    client = sign_in(kari, language="en")
    assert "The request is taken back." in client.post(address(case, "take-back/"), follow=True).content.decode()
    case.refresh_from_db()
    assert case.outcome == "withdrawn_by_subject" and not case.is_open
    again = client.post(address(case, "take-back/"), follow=True).content.decode()
    assert "The request is taken back." not in again and "cannot" in again
    assert "Take the request back" not in client.get(address(case)).content.decode()


def test_a_refusal_shows_its_reasons_and_notes_of_staff_stay_inside(case, kari, sign_in):
    actions.answer(case, outcome="refused", reason_code="compelling", text="Kontoen må vernes.", by=None)
    RequestMessage.objects.create(
        request=case,
        subject=kari.subject,
        direction="internal",
        kind="note",
        channel="web",
        text="Internt.",
        on="2026-03-02",
    )
    page = sign_in(kari, language="en").get(address(case)).content.decode()
    assert "turned down" in page and "Kontoen må vernes." in page and "Datatilsynet" in page
    assert "Internt." not in page


def test_somebody_elses_case_is_not_found(case, ola, sign_in):
    client = sign_in(ola)
    for answer in (
        client.get(address(case)),
        client.post(address(case, "reply/"), {"text": "x"}),
        client.post(address(case, "take-back/")),
        client.get("/my-data/requests/SR-1999-000001/"),
    ):
        assert answer.status_code == 404
    case.refresh_from_db()
    assert case.is_open


def test_replying_and_taking_back_are_never_done_by_looking(case, kari, sign_in):
    client = sign_in(kari)
    for what in ("reply/", "take-back/"):
        assert client.get(address(case, what)).status_code == 405
    assert sign_in(kari, enforce_csrf_checks=True).post(address(case, "take-back/")).status_code == 403
    assert SubjectRequest.objects.get().is_open


def test_a_long_case_costs_no_more_queries_than_a_short_one(case, kari, sign_in):
    client = sign_in(kari)
    client.get(address(case))
    with CaptureQueriesContext(connection) as short:
        client.get(address(case))
    for number in range(10):
        actions.open_request(kari.subject, right="objection", activity="accounts", text=f"Mer {number}", by=kari)
    with CaptureQueriesContext(connection) as long:
        page = client.get(address(case)).content.decode()
    assert "Mer 9" in page and len(long) == len(short)
