"""Requests and erasures: one case for the order, the others answered by it, and the end that answers it."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from privacy.actions import (
    RequestRefused,
    answer,
    ask,
    close,
    close_moot,
    erase_rows,
    log_disclosure,
    open_account,
    place_hold,
    record_done,
    release_hold,
    request_erasure,
    resume_waiting,
    run_retention,
    settle_notice,
    verify,
)
from privacy.actions.erasure import carry_out, erase_now
from privacy.actions.request_erasures import answer_by_erasure
from privacy.actions.retention import forget_empty_persons
from privacy.models import (
    DataSubject,
    Erasure,
    Recipient,
    RecipientNotice,
    RequestEvent,
    RequestMessage,
    StoredFile,
    SubjectRequest,
)
from privacy.queries import held_about, request_page
from tests.privacy.actions.requesting import kinds, opened, requester, written
from tests.toy.models import Guest


@pytest.fixture(autouse=True)
def march(frozen_day):
    """Monday 2 March 2026."""
    frozen_day("2026-03-02")


def ordered(person):
    """The person has everything deleted on their own page: the order, and its case."""
    erasure = request_erasure(person.subject, cause="request", by=None)
    return erasure, record_done(person.subject, right="erasure", answer="Bestilt.", erasure=erasure, by=None)


def fresh(request):
    request.refresh_from_db()
    return request


def hold(row, person, **more):
    facts = {
        "ground": "claim",
        "law": "tvisteloven",
        "until": date(2027, 3, 1),
        "by": None,
        "reason": "Striden om regningen",
    }
    return place_hold(row, subject=person.subject, **{**facts, **more})


def test_the_case_of_an_erasure_is_answered_when_it_is_done(kari, ola, drain):
    hold(kari.bill, kari)
    erasure, request = ordered(kari)
    assert (request.state, request.erasure) == ("in_progress", erasure)
    assert kinds(request) == ["received", "acknowledged", "in_progress"]
    other = opened(ola, right="erasure")
    drain()
    assert fresh(request).state == "closed" and request.outcome == "partly_fulfilled"
    assert kinds(request)[-2:] == ["partly_fulfilled", "closed"] and request.reason_code == "held"
    assert [item["model"] for item in request_page(request).kept] and not RequestMessage.objects.exists()
    assert fresh(other).state == "received" and verify() == []


def test_nothing_held_is_done_in_full(kari, drain):
    _erasure, request = ordered(kari)
    drain()
    assert (fresh(request).state, request.outcome, request.reason_code) == ("closed", "fulfilled", "erased")
    assert DataSubject.objects.get(pk=kari.subject.pk).state == "erased"
    assert request_page(request).kept == [] and request_page(request).messages == []


def test_it_is_not_closed_before_every_recipient_is_told(kari, siv, ferry, drain):
    log_disclosure(kari.subject, recipient=ferry, payload={"name": "x"}, activity="toy-stays", by=None)
    _erasure, request = ordered(kari)
    drain()
    assert fresh(request).state == "fulfilled" and request_page(request).tasks == 1
    settle_notice(RecipientNotice.objects.get(), told=False, reason="Konkurs", by=siv)
    assert fresh(request).state == "closed" and request_page(request).tasks == 0


def test_a_hold_that_ends_changes_no_answer(kari, drain):
    placed = hold(kari.remark, kari)
    erasure, request = ordered(kari)
    drain()
    assert fresh(request).outcome == "partly_fulfilled" and Erasure.objects.get().state == "waiting"
    release_hold(placed, by=None)
    resume_waiting(as_of=timezone.now())
    drain()
    erasure.refresh_from_db()
    assert erasure.state == "done" and fresh(request).outcome == "partly_fulfilled"
    assert kinds(request).count("closed") == 1


def test_open_cases_are_answered_by_the_order(kari, ola):
    access, correction = opened(kari), opened(kari, right="correction")
    wish, neighbour = opened(kari, right="erasure"), opened(ola)
    erasure, request = ordered(kari)
    assert request == wish and fresh(wish).erasure == erasure and wish.state == "in_progress"
    assert (fresh(access).state, access.outcome, access.reason_code) == ("closed", "withdrawn_by_subject", "erased")
    assert (fresh(correction).state, correction.outcome) == ("closed", "fulfilled")
    assert fresh(neighbour).state == "received"
    assert close_moot(kari.subject, by=None) == 1 and kinds(wish).count("in_progress") == 1


def test_who_did_not_ask_to_be_erased_is_answered_in_part(kari, siv):
    access = opened(kari)
    request_erasure(kari.subject, cause="staff", by=siv)
    assert (fresh(access).outcome, access.reason_code) == ("partly_fulfilled", "erased")


def test_without_an_order_everything_open_is_answered(kari):
    wish = opened(kari, right="erasure")
    assert close_moot(kari.subject, by=None) == 1
    assert (fresh(wish).state, wish.outcome, wish.erasure) == ("closed", "fulfilled", None)


def test_a_wish_that_waits_for_an_answer_goes_on_as_the_order(kari, siv):
    wish = opened(kari, right="erasure")
    ask(wish, what="identity", text="Hvem?", by=siv)
    _erasure, request = ordered(kari)
    assert request == wish and fresh(wish).state == "in_progress"


def test_an_erasure_that_runs_answers_nothing_yet(kari):
    erasure, request = ordered(kari)
    answer_by_erasure(erasure)
    assert fresh(request).is_open


def test_done_at_once_with_an_erasure_that_is_through(kari):
    erasure = erase_now(kari.subject, cause="request", by=None)
    with pytest.raises(RequestRefused):
        opened(kari)
    request = record_done(kari.subject, right="erasure", answer="Slettet.", erasure=erasure, by=None)
    assert (request.state, request.outcome, written(request)) == ("closed", "fulfilled", [])


def test_one_record_erased_is_answered_with_what_stays(kari, siv, drain):
    open_account(kari.subject, email="kari@gjest.example", by=None)
    request = opened(kari, right="erasure", language="en")
    hold(kari.booking, kari)
    erasure = erase_rows(Guest, subject=kari.subject, pks=[kari.guest.pk], cause="request", by=siv)
    record_done(kari.subject, right="erasure", answer="Vi sletter det.", erasure=erasure, by=siv)
    drain()
    assert (fresh(request).state, request.outcome) == ("closed", "partly_fulfilled")
    text = written(request)[-1][2]
    assert text.startswith("What you asked to have deleted is deleted.") and "until 1 March 2027" in text
    assert "tvisteloven" in text and "Striden" not in text
    assert any(sent.subject == f"Your request {request.number} is answered" for sent in mail.outbox)


def test_one_record_of_somebody_without_a_page_is_answered_on_paper(kari, siv, drain):
    request = opened(kari, right="erasure", channel="letter", language="nb")
    hold(kari.booking, kari, until=None)
    erasure = erase_rows(Guest, subject=kari.subject, pks=[kari.guest.pk], cause="request", by=siv)
    record_done(kari.subject, right="erasure", answer="Vi sletter det.", erasure=erasure, by=siv)
    drain()
    assert (fresh(request).state, request.messages.last().channel) == ("partly_fulfilled", "letter")
    assert "grunnen faller bort" in written(request)[-1][2]


def test_one_record_erased_in_full(kari, siv, drain):
    request = opened(kari, right="erasure")
    erasure = erase_rows(Guest, subject=kari.subject, pks=[kari.guest.pk], cause="request", by=siv)
    record_done(kari.subject, right="erasure", answer="Vi sletter det.", erasure=erasure, by=siv)
    drain()
    assert fresh(request).outcome == "fulfilled" and written(request)[-1][2].count("\n") == 0


def test_after_a_restore_the_cases_are_answered_again(kari):
    access = opened(kari)
    erasure = Erasure.objects.create(subject=kari.subject, cause="replay", ledger="0" * 32)
    carry_out(erasure)
    assert erasure.state == "done" and fresh(access).state == "closed"


def test_an_answer_to_somebody_erased_keeps_its_code_and_no_words(kari, siv):
    request = opened(kari)
    DataSubject.objects.filter(pk=kari.subject.pk).update(state="erased")
    request.subject.refresh_from_db()
    answer(request, outcome="fulfilled", text="Vi har ikke noe mer.", by=siv)
    assert (request.state, written(request)) == ("closed", [])


# Three years


def answered(person, **more):
    request = opened(person, channel="letter", text="Hva har dere?", **more)
    answer(request, outcome="fulfilled", text="Dette.", by=None)
    request.messages.filter(kind="answer").update(sent_at=timezone.now())
    return close(request, by=None)


@pytest.mark.parametrize(("day", "gone"), [(date(2029, 3, 2), False), (date(2029, 3, 3), True)])
def test_a_closed_case_goes_with_its_events_and_words_after_36_months(kari, ola, day, gone):
    request, still_open = answered(kari), opened(ola, text="Min")
    RecipientNotice.objects.create(
        subject=kari.subject, request=request, recipient=_recipient(), state="told", about="correction"
    )
    moment = timezone.make_aware(timezone.datetime.combine(day, timezone.datetime.min.time()))
    run_retention(as_of=moment, allow_large=True)
    assert SubjectRequest.objects.filter(pk=request.pk).exists() is not gone
    assert RequestEvent.objects.filter(request=request.pk).exists() is not gone
    assert RequestMessage.objects.filter(request=request.pk).exists() is not gone
    assert RecipientNotice.objects.exists() is not gone
    assert still_open.events.count() == 1 and still_open.messages.count() == 1, "an open case protects its evidence"


def _recipient():
    return Recipient.objects.create(code="r", name="R AS", state="active")


def test_scans_go_with_the_case(kari):
    request = answered(kari)
    request.messages.filter(kind="request").update(scan=kari.file.file)
    kari.file.delete()
    run_retention(as_of=timezone.now() + timedelta(days=3 * 366), allow_large=True)
    assert not StoredFile.objects.filter(pk=kari.file.file.pk).exists()


def test_who_asked_keeps_the_answer_as_long_as_the_case(db, frozen_day):
    request = requester()
    empty = DataSubject.objects.create(roles=["requester"])
    frozen_day("2026-06-02")
    assert forget_empty_persons(as_of=timezone.now()) == 1
    assert Erasure.objects.get().subject == empty and fresh(request).is_open


def test_a_case_is_on_the_persons_page_and_in_their_copy(kari, ola):
    request = opened(kari, text="Hva har dere?", contact={"name": "Kari"})
    groups = {group.label: group for group in held_about(kari.subject, day=date(2026, 3, 2)).groups}
    (case,) = groups["privacy.subjectrequest"].records
    assert case.heading == request.number and case.until is None
    values = {value.name: value.value for value in groups["privacy.requestmessage"].records[0].values}
    assert (values["text"], values["name"]) == ("Hva har dere?", "Kari")
    assert len(groups["privacy.requestevent"].records) == 1
    assert "privacy.subjectrequest" not in {
        group.label for group in held_about(ola.subject, day=date(2026, 3, 2)).groups
    }
